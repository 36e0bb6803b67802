"""Activity over some days: pushing through and crashing, and pacing."""

from articles.demonstration.drawings import kit


def figure() -> kit.Figure:
    return kit.Figure(
        "Pacing instead of push and crash",
        _crash() + _pace(),
        "Both parts show how much somebody does over six days, as a bar for each day. First part, push and crash: "
        "on good days the bars rise far above what the body can take at present; the days after them are almost "
        "empty, with a flare of pain. Over the days the bars become lower. Second part, pacing: every day has "
        "about the same, with breaks, a little below what the body can take. The bars grow slowly, and the limit "
        "grows with them.",
    )


def _axes(limit: str) -> str:
    return (
        kit.path("lead", "M20 30V320H390", 1.5)
        + kit.path("dura", limit, 3, ' stroke-dasharray="8 7"')
        + kit.words(20, 22, "", "How much you do")
        + kit.words(390, 342, "", "Days", anchor="end")
    )


def _crash() -> str:
    bars = "".join(
        kit.rect("drop" if high > 150 else "flesh", 36 + 59 * n, 318 - high, 44, high, 4)
        for n, high in enumerate((250, 40, 30, 214, 26, 180))
    )
    return kit.panel(
        "Push and crash: a day of too much, then days of almost nothing",
        bars,
        _axes("M22 190L390 226"),
        kit.words(92, 60, "Too much", "on a good day"),
        kit.words(96, 246, "Flare", "and rest"),
        kit.words(20, 372, "Push and crash", "What you can do shrinks."),
    )


def _pace() -> str:
    bars = "".join(
        kit.rect("cord", 36 + 59 * n, y - size, 44, size - 5, 4)
        for n, size in enumerate((34, 35, 37, 39, 41, 43))
        for y in (318, 318 - size, 318 - 2 * size)
    )
    return kit.panel(
        "Pacing: about the same every day, with breaks, growing slowly",
        bars,
        _axes("M22 202L390 168"),
        kit.words(120, 146, "Your limit now"),
        kit.words(20, 372, "Pacing", "In parts, with breaks. It grows slowly."),
    )

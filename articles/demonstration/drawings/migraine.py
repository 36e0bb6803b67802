"""A migraine attack as a curve through its four phases."""

from articles.demonstration.drawings import kit

_PHASES = (
    (10, "1 Before the pain", "Hours to two days: tired, yawning,", "stiff neck, craving food"),
    (106, "2 Aura, in some people", "Each sign 5 to 60 minutes: zigzag", "lines, tingling, words that fail"),
    (202, "3 Headache", "4 to 72 hours untreated: throbbing,", "sick, light and sound hurt"),
    (298, "4 After the pain", "Up to two days: drained, foggy,", "or unusually bright"),
)


def figure() -> kit.Figure:
    return kit.Figure(
        "The four phases of a migraine attack",
        _curve(),
        "A curve from the top to the bottom shows how strong an attack is over time, in four phases. One, before "
        "the pain, for hours to two days: people are tired, yawn, crave food or have a stiff neck. Two, the aura, "
        "which only some people have; each sign lasts 5 to 60 minutes: zigzag lines, tingling, words that fail. "
        "Three, the headache, 4 to 72 hours if it is not treated: throbbing pain, nausea, and light and sound "
        "hurt. Four, after the pain, for up to two days: drained, foggy, or unusually bright. Not everyone has "
        "every phase, and phases can overlap.",
    )


def _curve() -> str:
    bands = "".join(kit.rect("ground" if n % 2 else "skin", 0, 8 + 96 * n, 112, 96) for n in range(4))
    curve = "M14 0C14 30 28 60 28 96C30 122 52 132 52 156C52 180 40 186 62 204C92 226 98 250 92 272C84 296 40 300 34 "
    "330C30 356 14 366 14 400"
    return kit.panel(
        "A curve through four phases: before the pain, aura, headache, after the pain",
        kit.clipped(
            "a", 0, 8, 112, 384,
            bands,
            kit.path("fluid", f"M0 0H14{curve[5:]}H0Z"),
            kit.path("drop", "M0 200H58C92 226 98 250 92 272C86 288 62 294 48 304H0Z", 0, ' opacity=".55"'),
            kit.path("dura", curve, 4),
            kit.path("cath", "M58 201C92 226 98 250 92 272C86 288 62 294 48 304", 5),
        ),
        *(kit.words(126, y + 24, name, *lines) for y, name, *lines in _PHASES),
        kit.path("lead", "M126 104H400M126 200H400M126 296H400", 0, ' opacity=".3"'),
    )  # fmt: skip

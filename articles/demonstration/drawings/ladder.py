"""The analgesic ladder of the World Health Organization, which was made for pain from cancer."""

from articles.demonstration.drawings import kit


def figure() -> kit.Figure:
    return kit.Figure(
        "The WHO pain ladder, made for cancer pain",
        _steps(),
        "A staircase with three steps, from the bottom left to the top right. Step 1, mild pain: a medicine that "
        "is not an opioid. Step 2, pain that lasts or grows: an opioid for mild to moderate pain, with or without "
        "the medicine of step 1. Step 3, pain that still lasts or grows: an opioid for moderate to severe pain, "
        "with or without the medicine of step 1. On every step, other medicines may be added that help with a "
        "certain kind of pain. The World Health Organization made the ladder in 1986 for pain from cancer. Since "
        "2018 it calls it a general guide: treatment begins with the step that fits the pain. It was not made for "
        "long-lasting pain of other kinds.",
    )


def _steps() -> str:
    return kit.panel(
        "A staircase of three steps, each with the medicines for stronger pain",
        kit.path("skin", "M0 290H134V350H0Z"),
        kit.path("flesh", "M134 184H267V350H134Z"),
        kit.path("fluid", "M267 78H400V350H267Z"),
        kit.path("cath", "M0 290H134V184H267V78H400", 5),
        kit.words(10, 314, "Step 1", "No opioid"),
        kit.words(144, 208, "Step 2", "Opioid for", "mild to", "moderate pain", "± step 1"),
        kit.words(277, 102, "Step 3", "Opioid for", "moderate to", "severe pain", "± step 1"),
        kit.words(10, 280, "", "Mild pain"),
        kit.words(144, 174, "", "Pain lasts"),
        kit.words(277, 68, "", "Still lasts"),
        kit.words(
            4, 24, "For pain from cancer", "± means with or without.", "Begin with the step", "that fits the pain."
        ),
        kit.rect("ground", 0, 356, 400, 38) + kit.words(10, 381, "", "On every step: ± other medicines that help"),
    )

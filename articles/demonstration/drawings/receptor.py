"""An opioid at its receptor, and naloxone that takes its place."""

from articles.demonstration.drawings import kit


def figure() -> kit.Figure:
    return kit.Figure(
        "How naloxone reverses an opioid overdose",
        _opioid() + _naloxone(),
        "First part: the outside of a nerve cell that helps to drive breathing. In its membrane sits a receptor, "
        "a hollow of a certain shape. An opioid fits into it and switches it on. The cell then falls quiet: with "
        "too much opioid, breathing slows or stops.\n\n"
        "Second part: the same cell after naloxone. Naloxone fits the same hollow and holds on more tightly than "
        "most opioids. It pushes the opioid out and switches nothing on. The cell is active again and breathing "
        "can return. Naloxone wears off after 30 to 90 minutes, and some opioids last longer: so call emergency "
        "services, and stay.",
    )


def _cell(inside: str, signal: str) -> str:
    dots = "".join(kit.circle("fluid", x, y, 7) for x in range(12, 260, 17) if not 76 < x < 184 for y in (206, 240))
    return (
        kit.rect("skin", 0, 0, 260, 206)
        + kit.rect("flesh", 0, 206, 260, 180)
        + dots
        + kit.path(
            "cord",
            "M78 194C78 186 98 184 104 192C108 214 116 224 130 224C144 224 152 214 156 192C162 184 182 186 182 "
            "194V250C182 262 170 266 158 262H102C90 266 78 262 78 250Z",
        )
        + inside
        + signal
    )


def _opioid() -> str:
    molecule = kit.path("drop", "M108 176C112 206 120 218 130 218C140 218 148 206 152 176C150 160 110 160 108 176Z")
    loose = "".join(kit.circle("drop", x, y, 11) for x, y in ((46, 60), (196, 44), (212, 120), (70, 126), (124, 84)))
    quiet = kit.path("cath", "M130 274V318", 4) + kit.path("cath", "M114 330H146", 5)
    return kit.panel(
        "An opioid sits in its receptor and switches it on: breathing slows",
        kit.clipped("a", 4, 6, 252, 372, _cell(molecule + loose, quiet)),
        kit.label(268, 60, (200, 50), "Opioid"),
        kit.label(268, 146, (148, 176), "It fits", "and switches", "it on"),
        kit.label(268, 236, (178, 236), "Receptor", "of a nerve cell"),
        kit.label(268, 316, (148, 330), "Signal off:", "breathing", "slows or stops"),
        kit.words(4, 396, "", "Too much opioid"),
    )


def _naloxone() -> str:
    blocker = kit.path("pump", "M106 172C110 204 120 218 130 218C140 218 150 204 154 172L142 182L130 166L118 182Z")
    loose = "".join(kit.circle("drop", x, y, 11) for x, y in ((40, 34), (204, 40), (222, 116), (36, 108)))
    away = kit.circle("drop", 82, 84, 14) + kit.path("cath", "M112 152C104 132 98 122 92 108M90 120l2-13l11 7", 3)
    wave = kit.path("dura", "M34 318h40l10-26l18 52l16-40l12 26l10-12h86", 5)
    return kit.panel(
        "Naloxone takes the opioid’s place and switches nothing on: breathing can return",
        kit.clipped("b", 4, 6, 252, 372, _cell(blocker + loose + away, wave)),
        kit.label(268, 76, (92, 80), "Opioid", "is pushed out"),
        kit.label(268, 156, (148, 184), "Naloxone", "fits, and holds", "more tightly"),
        kit.label(268, 244, (178, 240), "Receptor"),
        kit.label(268, 306, (216, 318), "Signal on:", "breathing can", "return"),
        kit.words(4, 396, "", "After naloxone. It wears off in 30 to 90 minutes."),
    )

"""A spinal cord stimulator: thin wires behind the spinal cord, and the device that sends them pulses."""

from articles.demonstration.drawings import kit

BACK = (  # of a person, from behind
    "M112 0C114 30 108 44 84 54C52 66 40 84 34 120L20 230C18 244 38 248 42 234L66 150C74 190 76 220 70 262C62 304 64 "
    "340 68 380H260C264 340 266 304 258 262C252 220 254 190 262 150L286 234C290 248 310 244 308 230L294 120C288 84 276 "
    "66 244 54C220 44 214 30 216 0Z"
)


def figure() -> kit.Figure:
    return kit.Figure(
        "How a spinal cord stimulator works",
        _back() + _leads(),
        "First part: the back of a person. Two thin wires, the leads, lie along the middle of the spine. From the "
        "lower back they run under the skin to a flat device, the pulse generator, which lies under the skin "
        "above the buttock. The upper ends of the leads carry a row of electrodes.\n\n"
        "Second part: the spine enlarged, front to the left. The electrodes lie inside the bony canal but outside "
        "the membrane, the dura, in what is called the epidural space. They touch neither the fluid nor the "
        "spinal cord. From there, small electrical pulses reach the back of the spinal cord and change how "
        "signals of pain are felt.",
    )


def _back() -> str:
    bones = "".join(
        kit.rect("bone", 164 - wide / 2, 44 + 19 * n, wide, 15, 6) + kit.rect("bone", 161, 49 + 19 * n, 6, 13, 3)
        for n, wide in enumerate(range(30, 46))
    )
    contacts = "".join(kit.rect("drop", x - 3, y, 6, 8, 2) for x in (157, 171) for y in range(160, 218, 12))
    return kit.panel(
        "The back: leads along the spine, pulse generator above the buttock",
        kit.clipped(
            "a", 0, 0, 330, 378,
            kit.path("flesh", BACK),
            bones,
            kit.path("cath", "M157 160V262C157 294 206 286 222 302M171 160V258C171 280 214 276 228 300", 3),
            contacts,
            kit.rect("pump", 208, 300, 42, 32, 9),
            kit.path("pumpline", "M222 311h14M222 320h14", 2),
            kit.circle("lens", 164, 188, 44),
        ),
        kit.label(290, 44, (174, 176), "Electrodes", "see next", "drawing"),
        kit.label(314, 196, (172, 244), "Leads", "thin wires"),
        kit.label(290, 290, (246, 310), "Pulse", "generator", "under the", "skin"),
    )  # fmt: skip


def _leads() -> str:
    contacts = "".join(kit.rect("drop", 178.5, y, 9, 17, 3) for y in range(96, 220, 28))
    pulses = "".join(
        kit.path("cath", f"M168 {y}q-9 8 0 17M156 {y - 3}q-12 11 0 23M144 {y - 6}q-14 14 0 29", 2)
        for y in (96, 152, 208)
    )
    return kit.spine_enlarged(
        "Enlarged: the electrodes lie behind the membrane that holds the spinal cord",
        kit.path("cath", "M262 322C236 322 183 316 183 280V92", 4) + contacts + pulses,
        kit.label(268, 48, (222, 52), "Bone", "of the spine"),
        kit.label(268, 110, (184, 104), "Electrode", "outside the", "membrane"),
        kit.label(268, 184, (150, 162), "Pulses", "reach the back", "of the cord"),
        kit.label(268, 256, (122, 226), "Spinal cord"),
        kit.label(268, 300, (174, 292), "Membrane", "the dura"),
        kit.label(268, 356, (232, 321), "Lead"),
    )

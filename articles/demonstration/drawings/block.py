"""A nerve block: where the needle goes, and what the local anesthetic does to the signal."""

from articles.demonstration.drawings import kit


def figure() -> kit.Figure:
    return kit.Figure(
        "Where a nerve block goes",
        _needle() + _signal(),
        "First part: a slice through skin, fat and muscle. An ultrasound probe stands on the skin and shows the "
        "nerve on a screen. A needle goes in at a slant until its tip is beside the nerve, not in it. Local "
        "anesthetic spreads around the nerve.\n\n"
        "Second part: a nerve as a line, from a painful knee at the bottom to the spinal cord at the top. Signals "
        "of pain run up along it. Where the local anesthetic surrounds the nerve, the signals stop. Above that "
        "place the line is quiet, for some hours.",
    )


def _needle() -> str:
    bundles = "".join(
        kit.circle("skin", x, y, 8) for x, y in ((124, 262), (144, 256), (134, 278), (152, 276), (118, 282), (140, 294))
    )
    return kit.panel(
        "A slice through the skin: the needle’s tip beside the nerve",
        kit.clipped(
            "a", 4, 72, 256, 306,
            kit.path("skin", "M0 70h260v50H0z"),
            kit.path("bone", "M0 96q65 10 130 0t130 2v44q-65 12-130 2t-130 2z"),
            kit.path("flesh", "M0 146q65-4 130-2t130-2v250H0z"),
            kit.path("n lead", "M0 190q70 14 130 4t130 4M0 340q70-12 130-2t130-4", 0, ' opacity=".35"'),
            kit.path("fluid", "M86 272C84 228 112 220 138 222C170 224 190 240 190 272C190 312 166 326 136 326C104 "
            "326 88 308 86 272Z"),
            kit.circle("nerve", 136, 274, 37, 5),
            kit.circle("bone", 136, 274, 34),
            bundles,
        ),
        kit.rect("pump", 84, 26, 62, 46, 10),
        kit.path("dura", "M115 26V8", 7),
        kit.path("cath", "M244 60L174 238", 4),
        kit.group("translate(244 60) rotate(21)", kit.rect("drop", -8, -42, 16, 42, 4)),
        kit.label(2, 24, (92, 40), "Probe", side="left"),
        kit.label(276, 44, (246, 40), "Needle"),
        kit.label(276, 90, (252, 84), "Skin"),
        kit.label(276, 132, (252, 122), "Fat"),
        kit.label(276, 186, (177, 230), "Tip", "beside the", "nerve, not in it"),
        kit.label(276, 262, (182, 262), "Anesthetic", "around it"),
        kit.label(276, 318, (146, 290), "Nerve"),
        kit.label(276, 362, (236, 360), "Muscle"),
    )  # fmt: skip


def _signal() -> str:
    leg = (
        "M92-6C96 60 100 110 92 160C84 214 92 250 104 300C110 330 108 356 106 390H172C176 350 190 300 186 250C184 "
        "220 190 190 196 150C204 96 206 50 206-6Z"
    )
    arrows = "".join(kit.path("cath", f"M166 {y + 12}l9-12l9 12", 3) for y in (222, 196, 170))
    return kit.panel(
        "The signal of pain stops where the anesthetic surrounds the nerve",
        kit.clipped(
            "b", 4, 6, 252, 372,
            kit.rect("ground", 0, 0, 260, 400),
            kit.path("flesh", leg),
            kit.circle("bone", 138, 262, 32),
            kit.path("bone", "M118 180q20-14 40 0l-6-190h-28zM120 318q18-12 36 0l-4 90h-28z"),
            kit.circle("fluid", 175, 122, 28),
            kit.path("nerve", "M175-6V96", 5),
            kit.path("cath", "M146 264C166 258 175 240 175 214V150", 5),
            kit.path("nerve", "M175 144V100", 5, ' stroke-dasharray="2 9"'),
            arrows,
            kit.circle("drop", 142, 266, 11),
        ),
        kit.label(268, 40, (177, 30), "Quiet", "to the spinal", "cord"),
        kit.label(268, 126, (196, 122), "Block", "signals stop", "here"),
        kit.label(268, 214, (178, 196), "Signals", "of pain run up"),
        kit.label(268, 282, (148, 268), "Knee", "where it hurts"),
    )  # fmt: skip

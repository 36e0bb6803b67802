"""A pump under the skin of the abdomen, and its catheter in the fluid around the spinal cord."""

from articles.demonstration.drawings import kit

_DROPS = (
    *((149, 92, 4), (158, 84, 3), (143, 80, 3), (152, 70, 3), (161, 64, 2.5), (145, 60, 2.5)),
    *((154, 50, 2), (160, 100, 2.5), (148, 42, 2)),
)


def figure() -> kit.Figure:
    return kit.Figure(
        "How an intrathecal pump works",
        _body() + _tip(),
        "First part: the body from the side. A round pump lies under the skin of the abdomen. A soft tube, the "
        "catheter, leads from it under the skin round the side to the lower back, enters the spine between two "
        "vertebrae, and runs upward.\n\n"
        "Second part: the spine enlarged, front to the left. Behind the bodies of the vertebrae a membrane, the "
        "dura, holds a clear fluid. In this fluid hangs the spinal cord, which ends above the place where the "
        "catheter comes in. The catheter passes through the dura and runs up in the fluid. At its tip, drops of "
        "medicine enter the fluid.",
    )


def _body() -> str:
    return kit.panel(
        "The body from the side: pump in the abdomen, catheter to the spine",
        kit.clipped(
            "a", 0, 0, 380, 378,
            kit.group(
                "translate(96 12) scale(.88)",
                kit.path("flesh", kit.TORSO),
                kit.column(kit.SPINE),
                kit.path("fluidline", kit.CANAL, 10),
                kit.path("cordline", kit.CORD, 4.5),
                kit.path(
                    "cath",
                    "M140 262C170 244 196 300 238 292C262 286 262 262 246 250C232 242 228 234 228 222C229 186 243 "
                    "152 243 118",
                    4,
                ),
                kit.circle("pump", 112, 266, 32),
                kit.circle("pumpline", 112, 266, 22, 2.5),
                kit.circle("drop", 112, 266, 6),
                kit.circle("lens", 240, 120, 40),
            ),
        ),
        kit.label(2, 98, (272, 119), "Tip of the catheter", "see next drawing", side="left"),
        kit.label(2, 214, (170, 232), "Pump", "under the skin", "of the abdomen", side="left"),
        kit.label(2, 322, (260, 255), "Catheter", "a soft tube, led", "round the side", side="left"),
        kit.words(2, 396, "", "Front"),
        kit.words(378, 396, "", "Back", anchor="end"),
        width=380,
    )  # fmt: skip


def _tip() -> str:
    catheter = kit.path("cath", "M262 346C226 342 214 322 190 314C160 304 149 296 149 268V104", 6)
    return kit.spine_enlarged(
        "Enlarged: the catheter’s tip in the fluid around the spinal cord",
        catheter + "".join(kit.circle("drop", *drop) for drop in _DROPS),
        kit.label(268, 48, (222, 52), "Bone", "of the spine"),
        kit.label(268, 116, (153, 106), "Tip", "medicine enters", "the fluid here"),
        kit.label(268, 190, (164, 186), "Fluid", "intrathecal", "space"),
        kit.label(268, 258, (122, 226), "Spinal cord"),
        kit.label(268, 306, (175, 290), "Membrane", "the dura"),
        kit.label(268, 366, (240, 344), "Catheter"),
    )

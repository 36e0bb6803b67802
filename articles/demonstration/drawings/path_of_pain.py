"""The path of a signal of pain, from a finger to the brain, and what the brain sends back."""

from articles.demonstration.drawings import kit


def figure() -> kit.Figure:
    return kit.Figure(
        "The path of pain, and the way back",
        _body() + _cord(),
        "First part: a person from the side, with a hand that touches something hot. One: endings of nerves in "
        "the finger raise an alarm. Two: a nerve in the arm carries the signal to the spinal cord. Three: in the "
        "spinal cord it is passed on, turned up or turned down, and runs up to the brain. Four: many regions of "
        "the brain together make of it what we feel as pain.\n\n"
        "Second part: a slice through the spinal cord, back at the top, shaped like a butterfly inside. The nerve "
        "comes in at the back and meets the next nerve cell. There the signal goes on to the brain, or is damped "
        "by signals that come down from the brain.",
    )


def _body() -> str:
    body = (
        "M96 396C92 330 92 262 104 214C112 186 138 178 150 168C154 158 154 152 152 146C132 140 122 118 124 92C126 56 "
        "156 "
        "38 184 42C214 46 230 72 226 102C224 124 214 138 210 150C208 166 222 176 232 198C250 250 246 330 244 396Z"
    )
    arm = (
        "M180 196C204 190 220 206 214 232C204 276 164 318 110 318C80 318 52 312 24 302C14 298 18 280 30 280C58 286 "
        "82 288 "
        "104 284C144 276 160 244 166 214C168 204 172 198 180 196Z"
    )
    return kit.panel(
        "A signal runs from the finger through the arm and the spinal cord to the brain",
        kit.clipped(
            "a", 0, 4, 270, 392,
            kit.path("flesh", body),
            kit.path("bone", "M138 92C136 66 158 52 182 54C206 56 218 76 214 98C210 114 196 116 184 114C170 124 142 "
            "118 138 92Z"),
            kit.path("cordline", "M190 112C196 150 206 170 212 206C222 260 222 330 220 396", 9),
            kit.path("skin", arm),
            kit.path("nerve", "M36 291C60 298 84 301 106 299C150 294 184 262 196 216L211 206", 4),
            kit.path("cath", "M206 192C202 166 194 146 188 110", 4),
            kit.circle("drop", 182, 82, 13),
            kit.circle("drop", 32, 290, 8),
            kit.path("cath", "M14 272q-6 8 0 16q6 8 0 16", 3),
        ),
        kit.label(254, 60, (184, 80), "4 Brain", "makes of it what", "we feel"),
        kit.label(266, 170, (212, 198), "3 Spinal cord", "passes it on,", "turns it up", "or down"),
        kit.label(266, 290, (150, 284), "2 Nerve", "carries the", "signal"),
        kit.label(2, 346, (32, 296), "1 Finger", "alarm", side="left"),
    )  # fmt: skip


def _cord() -> str:
    butterfly = (
        "M120 96C132 92 138 118 130 150C140 158 160 158 170 150C162 118 168 92 180 96C196 104 190 146 186 172C196 "
        "204 224 222 "
        "220 248C214 274 180 262 166 218C156 208 144 208 134 218C120 262 86 274 80 248C76 222 104 204 114 172C110 "
        "146 104 104 "
        "120 96Z"
    )
    return kit.panel(
        "Enlarged: a slice through the spinal cord, where the signal is passed on or damped",
        kit.clipped(
            "b", 4, 6, 262, 372,
            kit.rect("ground", 0, 0, 270, 400),
            kit.path("flesh", "M150 60C214 54 262 108 260 186C258 262 214 312 150 314C86 312 42 262 40 186C38 108 86 "
            "54 150 60Z"),
            kit.path("bone", butterfly),
            kit.path("nerve", "M0 22C40 24 62 34 84 62C98 82 108 100 120 116", 6),
            kit.circle("nerve", 46, 31, 11, 5),
            kit.circle("drop", 124, 124, 8),
            kit.path("cath", "M128 132C150 176 190 190 214 212C226 226 226 180 226 150", 4),
            kit.path("cath", "M218 160l8-12l8 12", 4),
            kit.path("dura", "M66 176C70 152 84 136 108 128", 4, ' stroke-dasharray="7 6"'),
            kit.path("dura", "M99 122l12 5l-8 11", 4),
        ),
        kit.words(4, 396, "", "Front of the body is below"),
        kit.label(278, 34, (62, 38), "Nerve", "comes in at", "the back"),
        kit.label(278, 104, (128, 122), "Meeting", "point in the", "gray matter"),
        kit.label(278, 186, (230, 170), "To the brain"),
        kit.label(278, 246, (212, 246), "Gray matter"),
        kit.label(278, 304, (220, 278), "Spinal cord"),
        kit.words(14, 344, "From the brain", "damps the signal"),
        kit.path("lead", "M40 326L67 176"),
        kit.circle("dot", 67, 176, 2.5),
    )  # fmt: skip

"""How a picture looks, in 64 bits: the difference hash. Equal after scaling, another format, another quality; a crop or
a mirror image has another one.
"""

from PIL import Image

ALIKE = 8  # bits: so far apart are two files of one picture at most; those of different ones mostly 20 to 40
FLAT = 4  # bits: a picture with fewer edges has no look to compare


def of(picture: Image.Image) -> str:
    """16 hexadecimal digits: for each of 8 x 8 fields whether it is brighter than its right neighbour."""
    ground = picture
    if picture.mode == "RGBA":
        ground = Image.new("RGB", picture.size, (250, 248, 244))
        ground.paste(picture, mask=picture.getchannel("A"))
    levels = ground.convert("L").resize((9, 8), Image.Resampling.BOX, reducing_gap=8).tobytes()
    bits = "".join(
        "1" if levels[9 * row + at] > levels[9 * row + at + 1] else "0" for row in range(8) for at in range(8)
    )
    return f"{int(bits, 2):016x}"


def distance(one: str, other: str) -> int:
    """How many of the 64 bits differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def are_alike(one: str, other: str) -> bool:
    """Whether two pictures look the same; one without edges, or without a fingerprint, looks like none."""
    if not one or not other:
        return False
    edges = int(one, 16).bit_count()
    return FLAT <= edges <= 64 - FLAT and distance(one, other) <= ALIKE

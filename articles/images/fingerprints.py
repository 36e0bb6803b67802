"""How a picture looks, in 64 bits: the difference hash. Equal after scaling, another format, another quality; a crop or
a mirror image has another one.
"""

from PIL import Image

ALIKE = 8  # bits: so far apart are two files of one picture at most; those of different ones mostly 20 to 40
EVEN = 2  # levels of 256: a smaller difference may come from the encoding
FLAT = 3  # edges: a picture with fewer has no look to compare


def of(picture: Image.Image) -> str:
    """16 hexadecimal digits: for each of 8 x 8 fields whether it is clearly brighter than its right neighbor."""
    ground = picture
    if picture.mode == "RGBA":
        ground = Image.new("RGB", picture.size, (250, 248, 244))
        ground.paste(picture, mask=picture.getchannel("A"))
    levels = ground.convert("L").resize((9, 8), Image.Resampling.BOX, reducing_gap=8).tobytes()
    pairs = ((levels[9 * row + at], levels[9 * row + at + 1]) for row in range(8) for at in range(8))
    bits = "".join("1" if here - beside > EVEN else "0" for here, beside in pairs)
    return f"{int(bits, 2):016x}"


def distance(one: str, other: str) -> int:
    """How many of the 64 bits differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def are_alike(one: str, other: str) -> bool:
    """Whether two pictures look the same. The fewer edges there are to compare, the more of them have to agree."""
    if not one or not other:
        return False
    edges = max(_edges(one), _edges(other))
    return edges >= FLAT and distance(one, other) <= min(ALIKE, edges * 2 // 3)


def _edges(look: str) -> int:
    """How many fields are unlike the rest; an even slope counts as no edge."""
    bits = int(look, 16).bit_count()
    return min(bits, 64 - bits)

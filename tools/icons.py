"""Draw the site's icon as PNG and ICO from the rectangles of `icon.svg`, for browsers that take no SVG.

`python tools/icons.py` writes them; with `--check` it writes nothing and exits 1 where one is stale.
"""

from __future__ import annotations

import re
import struct
import sys
import zlib
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[1] / "mkdocs_plugins" / "plan_archive" / "pages" / "assets"
SIDE = 32
"""The side of the drawing, in its own units."""

Colour = tuple[int, int, int]
Rectangle = tuple[int, int, int, int, Colour]


def rectangles(svg: str) -> list[Rectangle]:
    """The rectangles of a drawing that is made of nothing else, in order: left, top, width, height, colour."""
    found = []
    for fill, path in re.findall(r'<path fill="#([0-9a-f]+)" d="([^"]+)"/>', svg):
        whole = "".join(c * 2 for c in fill) if len(fill) == 3 else fill
        colour = (int(whole[:2], 16), int(whole[2:4], 16), int(whole[4:], 16))
        left = top = 0
        for move, across, down, wide, high in re.findall(r"([Mm])(-?\d+) (-?\d+)h(\d+)v(\d+)[Hh]-?\d+z", path):
            left, top = (int(across), int(down)) if move == "M" else (left + int(across), top + int(down))
            found.append((left, top, int(wide), int(high), colour))
    return found


def png(drawn: list[Rectangle], side: int) -> bytes:
    """The drawing as a PNG of so many pixels a side."""
    rows = bytearray()
    for y in range(side):
        rows.append(0)
        for x in range(side):
            at = ((2 * x + 1) * SIDE / (2 * side), (2 * y + 1) * SIDE / (2 * side))
            over = [
                c for (left, top, wide, high, c) in drawn if left <= at[0] < left + wide and top <= at[1] < top + high
            ]
            rows += bytes(over[-1])
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def ico(pictures: dict[int, bytes]) -> bytes:
    """Several sizes of a picture in one file."""
    place = 6 + 16 * len(pictures)
    heads, bodies = b"", b""
    for side, picture in pictures.items():
        heads += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 24, len(picture), place + len(bodies))
        bodies += picture
    return struct.pack("<HHH", 0, 1, len(pictures)) + heads + bodies


def icons() -> dict[str, bytes]:
    """Every picture that is made, by its file's name."""
    drawn = rectangles((ASSETS / "icon.svg").read_text(encoding="utf-8"))
    return {
        "icon-180.png": png(drawn, 180),
        "favicon.ico": ico({side: png(drawn, side) for side in (16, 32)}),
    }


def main() -> int:
    """Write the pictures, or say which are stale."""
    made = icons()
    if "--check" not in sys.argv[1:]:
        for name, content in made.items():
            (ASSETS / name).write_bytes(content)
        return 0
    stale = [name for name, content in made.items() if (ASSETS / name).read_bytes() != content]
    for name in stale:
        print(f"{name} is stale: run `python tools/icons.py`", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())

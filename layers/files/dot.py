"""The mark of a place in a KMZ: a white disc that a globe paints in the colour of its style.

The format: Portable Network Graphics (W3C, third edition), grey with opacity, eight bits each.
"""

from __future__ import annotations

import struct
import zlib
from math import hypot

NAME = "dot.png"
SIDE = 32
"""Pixels: what a globe draws an icon in at scale 1."""


def dot() -> bytes:
    """The disc as a PNG, its rim smooth."""
    rows = b"".join(b"\0" + bytes(value for x in range(SIDE) for value in (255, _opacity(x, y))) for y in range(SIDE))
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 4, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _opacity(x: int, y: int) -> int:
    """How much of a pixel the disc covers, 0 to 255."""
    beyond = hypot(x + 0.5 - SIDE / 2, y + 0.5 - SIDE / 2) - (SIDE / 2 - 1)
    return round(255 * min(max(0.5 - beyond, 0.0), 1.0))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

"""The icon, drawn at any size: three rising bars on a rounded square."""

from __future__ import annotations

import struct
import zlib

import numpy as np

SIZES = (16, 32, 64, 80, 192)
ACCENT = "#1F4E79"
_COLOURS = {"none": (0, 0, 0, 0), "ground": (0x1F, 0x4E, 0x79, 255), "bar": (255, 255, 255, 255)}
_BARS = ((0.20, 0.60), (0.42, 0.44), (0.64, 0.24))  # left and top of each, as shares of the size
_WIDTH, _FOOT, _CORNER = 0.16, 0.78, 0.18


def icon(size: int, outline: bool = False) -> bytes:
    """The icon as PNG; the outline has the bars alone, in white."""
    across = (np.arange(size) + 0.5) / size
    x, y = np.meshgrid(across, across)
    inside = (
        np.hypot(np.maximum(abs(x - 0.5) - 0.5 + _CORNER, 0), np.maximum(abs(y - 0.5) - 0.5 + _CORNER, 0)) < _CORNER
    )
    picture = np.where(inside & (not outline), 1, 0)
    for left, top in _BARS:
        picture[(x >= left) & (x < left + _WIDTH) & (y >= top) & (y < _FOOT)] = 2
    return _png(picture.astype(np.uint8))


def _png(picture: np.ndarray) -> bytes:
    """A picture of palette numbers as PNG; the same bytes by whatever library of compression."""
    height, width = picture.shape
    rows = b"".join(b"\0" + row.tobytes() for row in picture)
    colours = list(_COLOURS.values())
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", b"".join(bytes(colour[:3]) for colour in colours)),
        (b"tRNS", bytes(colour[3] for colour in colours)),
        (b"IDAT", zlib.compress(rows, 0)),
        (b"IEND", b""),
    )
    chunks = (struct.pack(">I", len(data)) + kind + data + _sum(kind + data) for kind, data in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _sum(data: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(data))

"""What every format gives, and what EXIF says of a picture's orientation."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TypeAlias

Size: TypeAlias = tuple[int, int]
"""Width and height in pixels."""

_ORIENTATION = 0x0112


class ImageError(ValueError):
    """A file that is no picture of ours; the message says why, in words that follow the file's name."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture, ready to be kept."""

    suffix: str
    """By content: `jpg`, `png`, `gif`, `webp`, `avif`."""
    width: int
    """Pixels, as it is shown: turned where its orientation says so."""
    height: int
    data: bytes
    """The file without metadata about people and places; the pixels are the same."""


def turn(size: Size, orientation: int) -> Size:
    """A size as it is shown: on its side where the orientation (1 … 8, EXIF 2.32 §4.6.4) lays it there."""
    return (size[1], size[0]) if orientation >= 5 else size


def orientation_of(tiff: bytes) -> int:
    """The orientation that EXIF data (a TIFF header and what follows) names; 1, upright, where it names none."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None or len(tiff) < 10:
        return 1
    place = struct.unpack_from(f"{order}I", tiff, 4)[0]
    if place + 2 > len(tiff):
        return 1
    count = struct.unpack_from(f"{order}H", tiff, place)[0]
    for entry in range(place + 2, min(place + 2 + 12 * count, len(tiff) - 11), 12):
        tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, entry)
        if tag == _ORIENTATION and kind == 3:
            return value if 1 <= value <= 8 else 1
    return 1


def make_exif(orientation: int) -> bytes:
    """EXIF data that holds an orientation and nothing else."""
    return struct.pack("<4sIHHHIHHI", b"II*\0", 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)

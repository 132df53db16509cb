"""A picture file: what its bytes say it is, how large it is, and its bytes without what they tell of people.

What a file is, is decided by its first bytes, never by its name. Cameras and editing programs write the place, the
owner and the serial number into a picture; every format's own room leaves those parts out, without touching a
pixel. What only turns the picture (the orientation) stays.
"""

from __future__ import annotations

import struct
from typing import Protocol

from generator.images import avif, gif, jpeg, png, webp
from generator.images.image import Image, ImageError, Size

__all__ = ["HEAD", "SUFFIXES", "Image", "ImageError", "is_image", "measure_image", "read_image"]

SUFFIXES = ("jpg", "png", "gif", "webp", "avif")
"""Of the formats that every present browser shows and that can hold no script. SVG can."""

HEAD = 64 * 1024
"""Bytes of a file's beginning in which its size stands."""


class _Room(Protocol):
    """What every format's room can do."""

    def recognises(self, data: bytes) -> bool: ...
    def measure(self, data: bytes) -> Size: ...
    def read(self, data: bytes) -> Image: ...


_ROOMS: tuple[_Room, ...] = (jpeg, png, gif, webp, avif)


def is_image(data: bytes) -> bool:
    """Whether a file begins as a picture of a known format does."""
    return any(room.recognises(data) for room in _ROOMS)


def measure_image(head: bytes) -> Size | None:
    """Width and height as they are shown, from a file's first `HEAD` bytes; None where they do not tell."""
    try:
        size = next((room.measure(head) for room in _ROOMS if room.recognises(head)), None)
    except (ImageError, IndexError, struct.error):
        return None
    return size if size and all(size) else None


def read_image(data: bytes) -> Image:
    """The picture in a file's bytes.

    Raises:
        ImageError: no format of ours, damaged, or with metadata that cannot be taken out.
    """
    room = next((room for room in _ROOMS if room.recognises(data)), None)
    if room is None:
        raise ImageError("it is no JPEG, PNG, GIF, WebP or AVIF picture")
    try:
        image = room.read(data)
    except (IndexError, struct.error) as error:
        raise ImageError("the file is damaged") from error
    if not image.width or not image.height:
        raise ImageError("the file names no size")
    return image

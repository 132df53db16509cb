"""JPEG (ITU T.81): a row of segments, each begun by a marker; comments and application data are the metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.images.image import Image, ImageError, Size, make_exif, orientation_of, turn

_END, _SCAN, _COMMENT, _ADOBE, _EXIF = 0xD9, 0xDA, 0xFE, 0xEE, 0xE1
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a frame's header, where the size stands."""
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_AFTER_DATA = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
"""The marker that ends a scan: within it 0xFF is followed by 0, or by a restart's mark."""


def recognises(data: bytes) -> bool:
    """By the marker every JPEG begins with, and that of its first segment."""
    return data.startswith(b"\xff\xd8\xff")


def measure(data: bytes) -> Size:
    """The size, from a file's beginning."""
    orientation = 1
    for marker, segment in _segments(data):
        orientation = _orientation(marker, segment) or orientation
        if marker in _FRAMES:
            return turn(_size(segment), orientation)
    raise ImageError("the file breaks off")


def read(data: bytes) -> Image:
    """Kept are the pixels, the colour profile and what decoders need (JFIF, Adobe's transform); EXIF, XMP, IPTC,
    maker's notes, comments, and whatever hangs behind the picture's end are not."""
    kept: list[bytes] = []
    size, orientation = (0, 0), 1
    for marker, segment in _segments(data):
        orientation = _orientation(marker, segment) or orientation
        if marker in _FRAMES:
            size = _size(segment)
        if not _is_metadata(marker, segment):
            kept.append(segment)
    exif = b"Exif\0\0" + make_exif(orientation)
    turned = b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif if orientation != 1 else b""
    return Image("jpg", *turn(size, orientation), b"".join((b"\xff\xd8", turned, *kept, b"\xff\xd9")))


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(marker, the segment with it) up to the picture's end; a scan's segment has its data behind it."""
    place = 2
    while (marker := data[place + 1]) != _END:
        if data[place] != 0xFF:
            raise ImageError("the file is damaged")
        if marker == 0xFF:  # fill
            place += 1
            continue
        start = place
        if marker in _STANDALONE:
            place += 2
        else:
            length = int.from_bytes(data[place + 2 : place + 4], "big")
            place += 2 + length
            if length < 2 or place >= len(data):
                raise ImageError("the file breaks off")
        if marker == _SCAN:
            found = _AFTER_DATA.search(data, place)
            if found is None:
                raise ImageError("the file breaks off")
            place = found.start()
        yield marker, data[start:place]


def _orientation(marker: int, segment: bytes) -> int:
    """What EXIF says; 0 of any other segment."""
    is_exif = marker == _EXIF and segment.startswith(b"Exif\0\0", 4)
    return orientation_of(segment[10:]) if is_exif else 0


def _size(frame: bytes) -> Size:
    return int.from_bytes(frame[7:9], "big"), int.from_bytes(frame[5:7], "big")


def _is_metadata(marker: int, segment: bytes) -> bool:
    if marker == _COMMENT:
        return True
    if not 0xE0 <= marker <= 0xEF:
        return False
    if marker == 0xE0:
        return not segment.startswith(b"JFIF\0", 4)  # JFXX is a thumbnail
    return not (marker == _ADOBE or (marker == 0xE2 and segment.startswith(b"ICC_PROFILE\0", 4)))

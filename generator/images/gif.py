"""GIF (89a): a header, then blocks of sub-blocks; comments and XMP are the metadata."""

from __future__ import annotations

from generator.images.image import Image, ImageError, Size

_EXTENSION, _PICTURE, _END = 0x21, 0x2C, 0x3B
_LOOPS = frozenset({b"NETSCAPE2.0", b"ANIMEXTS1.0"})
"""Applications whose word is how often the pictures repeat; ICC profiles, which no browser reads, go as well."""


def recognises(data: bytes) -> bool:
    """By its version."""
    return data.startswith((b"GIF87a", b"GIF89a"))


def measure(data: bytes) -> Size:
    """The size, from a file's beginning."""
    return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")


def read(data: bytes) -> Image:
    """Kept are the pictures and how they follow each other."""
    place = 13 + _table(data[10])
    kept = [data[:place]]
    while data[place] != _END:
        start = place
        if data[place] == _EXTENSION:
            label, application = data[place + 1], data[place + 3 : place + 14]
            place = _behind(data, place + 2)
            # Graphic control and plain text say how it looks; of applications only those that count the loops.
            if label in (0xF9, 0x01) or (label == 0xFF and application in _LOOPS):
                kept.append(data[start:place])
        elif data[place] == _PICTURE:
            place = _behind(data, place + 11 + _table(data[place + 9]))
            kept.append(data[start:place])
        else:
            raise ImageError("the file is damaged")
    return Image("gif", *measure(data), b"".join(kept) + bytes([_END]))


def _table(flags: int) -> int:
    """Bytes of the colour table that a packed field announces."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _behind(data: bytes, place: int) -> int:
    """The place behind a row of sub-blocks."""
    while length := data[place]:
        place += length + 1
    return place + 1

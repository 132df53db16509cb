"""PNG (W3C, third edition): a row of chunks; texts, times and EXIF are the metadata."""

from __future__ import annotations

import zlib

from generator.images.image import Image, ImageError, Size, make_exif, orientation_of, turn

_MAGIC = b"\x89PNG\r\n\x1a\n"
_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD pHYs acTL fcTL fdAT".split()
)


def recognises(data: bytes) -> bool:
    """By its eight first bytes."""
    return data.startswith(_MAGIC)


def measure(data: bytes) -> Size:
    """The size, from a file's beginning."""
    if data[12:16] != b"IHDR":
        raise ImageError("the file is damaged")
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def read(data: bytes) -> Image:
    """Kept are the chunks that say how the picture looks, up to its end."""
    size = measure(data)
    kept: list[bytes] = []
    orientation, place = 1, len(_MAGIC)
    while True:
        end = place + 12 + int.from_bytes(data[place : place + 4], "big")
        chunk, name = data[place:end], data[place + 4 : place + 8]
        if end > len(data) or len(chunk) < 12:
            raise ImageError("the file breaks off")
        if name in _KEPT:
            kept.append(chunk)
        elif name == b"eXIf":
            orientation = orientation_of(chunk[8:-4])
        place = end
        if name == b"IEND":
            break
    if orientation != 1:
        kept.insert(1, _chunk(b"eXIf", make_exif(orientation)))
    return Image("png", *turn(size, orientation), _MAGIC + b"".join(kept))


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return len(content).to_bytes(4, "big") + name + content + check.to_bytes(4, "big")

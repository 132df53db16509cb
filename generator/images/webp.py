"""WebP (RFC 9649): a RIFF file; its EXIF and XMP chunks are the metadata."""

from __future__ import annotations

from generator.images.image import Image, ImageError, Size, make_exif, orientation_of, turn

_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_HAS_EXIF, _HAS_XMP = 0x08, 0x04


def recognises(data: bytes) -> bool:
    """By RIFF's header and the form in it."""
    return data.startswith(b"RIFF") and data[8:12] == b"WEBP"


def measure(data: bytes) -> Size:
    """The size, from a file's beginning."""
    return _size(data[12:16], data[20:40])


def read(data: bytes) -> Image:
    """Kept are the picture, its transparency, its frames and its colour profile."""
    chunks: list[tuple[bytes, bytes]] = []
    orientation, place = 1, 12
    whole = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while place + 8 <= whole:
        name, length = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "little")
        content = data[place + 8 : place + 8 + length]
        if len(content) < length:
            raise ImageError("the file breaks off")
        if name == b"EXIF":
            orientation = orientation_of(content.removeprefix(b"Exif\0\0"))
        elif name in _KEPT:
            chunks.append((name, content))
        place += 8 + length + length % 2
    if not chunks:
        raise ImageError("the file holds no picture")
    size = _size(*chunks[0])
    if chunks[0][0] == b"VP8X":
        flags = chunks[0][1][0] & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if orientation != 1 else 0)
        chunks[0] = (b"VP8X", bytes([flags]) + chunks[0][1][1:])
        if orientation != 1:
            chunks.append((b"EXIF", make_exif(orientation)))
    else:
        orientation = 1  # a simple file has no place for EXIF
    body = b"WEBP" + b"".join(_chunk(name, content) for name, content in chunks)
    data = b"RIFF" + len(body).to_bytes(4, "little") + body
    return Image("webp", *turn(size, orientation), data)


def _size(name: bytes, content: bytes) -> Size:
    if name == b"VP8X":
        return 1 + int.from_bytes(content[4:7], "little"), 1 + int.from_bytes(content[7:10], "little")
    if name == b"VP8 " and content[3:6] == b"\x9d\x01\x2a":
        width, height = int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little")
        return width & 0x3FFF, height & 0x3FFF
    if name == b"VP8L" and content[:1] == b"\x2f":
        bits = int.from_bytes(content[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    raise ImageError("the file is damaged")


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)

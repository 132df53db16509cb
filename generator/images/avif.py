"""AVIF (ISO/IEC 23000-22 over HEIF): boxes within boxes; the size is a property of the picture.

Its metadata are items like the picture itself, found by offsets into the file, so that taking one out would mean
writing the file anew: a file that has any is refused. Servers that make AVIF write none.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.images.image import Image, ImageError, Size

_BRANDS = (b"avif", b"avis")


def recognises(data: bytes) -> bool:
    """By the brands in its first box."""
    return data[4:8] == b"ftyp" and any(
        brand in data[8 : int.from_bytes(data[:4], "big")] for brand in _BRANDS
    )


def measure(data: bytes) -> Size:
    """The size, from a file's beginning."""
    inner = _meta(data)
    properties = list(_boxes(dict(_boxes(inner.get(b"iprp", b""), 0)).get(b"ipco", b""), 0))
    sizes = [
        (int.from_bytes(content[4:8], "big"), int.from_bytes(content[8:12], "big"))
        for name, content in properties
        if name == b"ispe"
    ]
    # Tiles and thumbnails have a size too; the picture's own is the largest.
    width, height = max(sizes, key=lambda size: size[0] * size[1], default=(0, 0))
    turns = next((content[0] for name, content in properties if name == b"irot" and content), 0)
    return (height, width) if turns % 2 else (width, height)


def read(data: bytes) -> Image:
    """The file as it is, where nothing in it speaks of people."""
    items = _meta(data).get(b"iinf", b"\0")
    for name, entry in _boxes(items, 8 if items[0] else 6):
        kind = entry[10:14] if entry[:1] == b"\x03" else entry[8:12]
        if name == b"infe" and kind in (b"Exif", b"mime"):
            raise ImageError("it holds metadata (EXIF or XMP) that cannot be taken out")
    return Image("avif", *measure(data), data)


def _meta(data: bytes) -> dict[bytes, bytes]:
    """The boxes of the box that describes the file's items."""
    meta = next((content for name, content in _boxes(data, 0) if name == b"meta"), None)
    if meta is None:
        raise ImageError("the file is damaged")
    return dict(_boxes(meta, 4))


def _boxes(data: bytes, place: int) -> Iterator[tuple[bytes, bytes]]:
    """(kind, content) of the boxes from a place on."""
    while place + 8 <= len(data):
        size, name, head = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[place + 8 : place + 16], "big"), 16
        elif size == 0:  # to the end
            size = len(data) - place
        if size < head:
            raise ImageError("the file is damaged")
        yield name, data[place + head : place + size]
        place += size

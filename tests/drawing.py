"""Pictures for tests, drawn by code: no file of anybody else's."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

CASES = Path(__file__).parent / "cases/images"
JPEG = (CASES / "hills.jpg").read_bytes()
"""320 × 200, drawn by a script of ours in a browser, as is its sister below."""
WEBP = (CASES / "hills.webp").read_bytes()
SECRET = b"GPS 21.0278N 105.8342E, camera 4711, Le Mau"
"""What a camera might tell; it must be nowhere in what is kept."""


def chunk(name: bytes, content: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def make_png(width: int = 640, height: int = 400, seed: int = 0, extra: bytes = b"") -> bytes:
    """A gradient; another `seed` gives other bytes, `extra` are chunks behind the header."""
    rows = b"".join(
        b"\0" + bytes(((x + seed * 7) * 255 // (width + 99)) & 255 for x in range(width))
        for _ in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def make_exif(orientation: int = 1) -> bytes:
    """EXIF data as a camera writes it, big-endian, with something to hide."""
    entries = struct.pack(">HHHIHH", 1, 0x0112, 3, 1, orientation, 0)
    return b"MM\0*" + struct.pack(">I", 8) + entries + struct.pack(">I", 0) + SECRET


def with_metadata(jpeg: bytes, orientation: int = 1) -> bytes:
    """A JPEG with EXIF, XMP, IPTC, a comment, and a film behind its end."""
    parts = (
        b"\xff\xe1", b"Exif\0\0" + make_exif(orientation),
        b"\xff\xe1", b"http://ns.adobe.com/xap/1.0/\0" + SECRET,
        b"\xff\xed", b"Photoshop 3.0\0" + SECRET,
        b"\xff\xe2", b"MPF\0" + SECRET,
        b"\xff\xfe", SECRET,
    )  # fmt: skip
    segments = b"".join(
        mark + struct.pack(">H", len(content) + 2) + content
        for mark, content in zip(parts[::2], parts[1::2], strict=True)
    )
    return jpeg[:2] + segments + jpeg[2:] + b"ftypmp42" + SECRET


def make_gif(width: int = 200, height: int = 120) -> bytes:
    """Two frames of one pixel each on a canvas, with a comment and XMP between."""
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    control = b"\x21\xf9\x04\x00\x0a\x00\x00\x00"
    loop = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
    comment = b"\x21\xfe" + bytes([len(SECRET)]) + SECRET + b"\0"
    xmp = b"\x21\xff\x0bXMP DataXMP" + bytes([len(SECRET)]) + SECRET + b"\0"
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6)
    return head + loop + comment + control + frame + xmp + control + frame + b"\x3b" + SECRET


def box(name: bytes, *contents: bytes) -> bytes:
    """A box of an AVIF."""
    content = b"".join(contents)
    return struct.pack(">I", len(content) + 8) + name + content


def make_avif(
    width: int = 800, height: int = 500, *, turned: bool = False, kinds: tuple[bytes, ...] = ()
) -> bytes:
    """The boxes of an AVIF without its pixels: a tile's size, the picture's own, and items of further `kinds`."""
    items = [b"grid", b"av01", *kinds]
    infe = [box(b"infe", b"\2\0\0\0", struct.pack(">HH", n, 0), kind, b"\0") for n, kind in enumerate(items)]
    sizes = [box(b"ispe", bytes(4), struct.pack(">II", *size)) for size in ((512, 256), (width, height))]
    properties = box(b"ipco", *sizes, *([box(b"irot", b"\1")] if turned else []))
    meta = box(
        b"meta",
        bytes(4),
        box(b"iinf", bytes(4), struct.pack(">H", len(infe)), *infe),
        box(b"iprp", properties),
    )
    return box(b"ftyp", b"avif", bytes(4), b"mif1avif") + meta + box(b"mdat", bytes(9))

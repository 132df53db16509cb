"""Reads a Chromium screenshot and writes it small: few colours, one byte a pixel or less, the best of zlib.

A flat drawing or a page of type has a few grounds and the shades between them and its ink. The grounds stay exactly
what they are; the shades share what is left of the palette.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
Colour = tuple[int, int, int, int]
GROUND = 0.001
"""Share of all pixels from which a colour is a ground, which nothing may shift."""


@dataclass(frozen=True, slots=True)
class Bitmap:
    """A picture of 8 bits a channel; `pixels` holds red, green, blue, alpha of each, row by row."""

    width: int
    height: int
    pixels: bytes

    def colours(self) -> Counter[bytes]:
        """How many pixels have each colour, which is its four bytes."""
        return Counter(self.pixels[at : at + 4] for at in range(0, len(self.pixels), 4))


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def read(png: bytes) -> Bitmap:
    """The form in which Chromium writes a screenshot: 8 bits, RGB or RGBA, not interlaced (PNG, 11.2.1)."""
    parts = list(chunks(png))
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", parts[0][1])
    if depth != 8 or kind not in {2, 6} or interlaced:
        raise ValueError(
            f"depth {depth}, colour type {kind}, interlaced {interlaced}: not a screenshot's form"
        )
    step = 3 if kind == 2 else 4
    raw = zlib.decompress(b"".join(body for name, body in parts if name == b"IDAT"))
    stride = width * step
    rows = bytearray()
    above = bytearray(stride)
    for row in range(height):
        at = row * (stride + 1)
        above = unfilter(raw[at], bytearray(raw[at + 1 : at + 1 + stride]), above, step)
        rows += above
    if step == 3:
        opaque = bytearray(b"\xff" * (width * height * 4))
        for channel in range(3):
            opaque[channel::4] = rows[channel::3]
        rows = opaque
    return Bitmap(width, height, bytes(rows))


def unfilter(kind: int, line: bytearray, above: bytearray, step: int) -> bytearray:
    """The row as it was before PNG's filter (PNG, 9.2)."""
    if kind == 0:
        return line
    if kind == 2:
        return bytearray((byte + up) & 255 for byte, up in zip(line, above, strict=True))
    for at, byte in enumerate(line):
        left = line[at - step] if at >= step else 0
        if kind == 1:
            guess = left
        elif kind == 3:
            guess = (left + above[at]) >> 1
        else:
            guess = paeth(left, above[at], above[at - step] if at >= step else 0)
        line[at] = (byte + guess) & 255
    return line


def paeth(left: int, up: int, corner: int) -> int:
    to_left, to_up, to_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
    if to_left <= to_up and to_left <= to_corner:
        return left
    return up if to_up <= to_corner else corner


def palette(counts: Counter[bytes], most: int) -> list[Colour]:
    """At most `most` colours for a picture: its grounds, then the middles of the shades' boxes (median cut)."""
    total = counts.total()
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if len(ordered) <= most:
        return [as_colour(body) for body, _ in ordered]
    grounds = [as_colour(body) for body, count in ordered[: most // 4] if count >= total * GROUND]
    rest = [(as_colour(body), count) for body, count in ordered[len(grounds) :]]
    return list(dict.fromkeys(grounds + [middle(box) for box in boxes(rest, most - len(grounds))]))


Box = list[tuple[Colour, int]]


def boxes(shades: Box, number: int) -> list[Box]:
    """The shades in `number` boxes: always the box is cut that spreads most, at the middle of its longest side."""
    cut = [shades]
    while len(cut) < number:
        widest = max(range(len(cut)), key=lambda at: (spread(cut[at])[0], -at))
        length, channel = spread(cut[widest])
        if length == 0:
            break
        box = sorted(cut[widest], key=lambda item: (item[0][channel], item[0]))
        half = (box[0][0][channel] + box[-1][0][channel]) / 2
        at = next(place for place, item in enumerate(box) if item[0][channel] > half)
        cut[widest : widest + 1] = [box[:at], box[at:]]
    return cut


def spread(box: Box) -> tuple[int, int]:
    """(length, channel) of the box's longest side."""
    sides = [max(colour[at] for colour, _ in box) - min(colour[at] for colour, _ in box) for at in range(4)]
    length = max(sides)
    return length, sides.index(length)


def middle(box: Box) -> Colour:
    total = sum(count for _, count in box)
    red, green, blue, alpha = (
        round(sum(colour[at] * count for colour, count in box) / total) for at in range(4)
    )
    return red, green, blue, alpha


def as_colour(body: bytes) -> Colour:
    red, green, blue, alpha = body
    return red, green, blue, alpha


def nearest(colour: Colour, among: list[Colour]) -> int:
    red, green, blue, alpha = colour
    return min(
        range(len(among)),
        key=lambda at: (
            (among[at][0] - red) ** 2
            + (among[at][1] - green) ** 2
            + (among[at][2] - blue) ** 2
            + (among[at][3] - alpha) ** 2
        ),
    )


def small(png: bytes, most: int = 64) -> bytes:
    """The same picture with at most `most` (≤ 256) colours; transparent ones first, as their list must be short."""
    bitmap = read(png)
    counts = bitmap.colours()
    colours = sorted(palette(counts, most), key=lambda colour: (colour[3] == 255, colour))
    places = {body: nearest(as_colour(body), colours) for body in counts}
    depth = next(bits for bits in (1, 2, 4, 8) if len(colours) <= 1 << bits)
    pixels = bitmap.pixels
    indices = [places[pixels[at : at + 4]] for at in range(0, len(pixels), 4)]
    raw = bytearray()
    for row in range(bitmap.height):
        raw.append(0)  # no filter: neighbours in a palette are no neighbours in colour
        raw += packed(indices[row * bitmap.width : (row + 1) * bitmap.width], depth)
    head = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, depth, 3, 0, 0, 0)
    clear = bytes(colour[3] for colour in colours if colour[3] < 255)
    return (
        SIGNATURE
        + chunk(b"IHDR", head)
        + chunk(b"PLTE", b"".join(bytes(colour[:3]) for colour in colours))
        + (chunk(b"tRNS", clear) if clear else b"")
        + chunk(b"IDAT", zlib.compress(bytes(raw), 9))
        + chunk(b"IEND", b"")
    )


def packed(indices: list[int], depth: int) -> bytes:
    """A row of palette places, the first in the highest bits of its byte."""
    each = 8 // depth
    if each == 1:
        return bytes(indices)
    row = bytearray()
    for at in range(0, len(indices), each):
        byte = 0
        for place, index in enumerate(indices[at : at + each]):
            byte |= index << (8 - depth * (place + 1))
        row.append(byte)
    return bytes(row)


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def icon(pngs: list[bytes]) -> bytes:
    """An .ico that holds these PNGs, the form that browsers read since 2007; each at most 255 pixels wide."""
    head = struct.pack("<HHH", 0, 1, len(pngs))
    at = len(head) + 16 * len(pngs)
    entries = b""
    for png in pngs:
        width, height = struct.unpack_from(">II", png, 16)
        entries += struct.pack("<BBBBHHII", width, height, 0, 0, 1, 32, len(png), at)
        at += len(png)
    return head + entries + b"".join(pngs)

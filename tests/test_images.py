"""What a picture's bytes say, and what is left of them."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.images import HEAD, Image, ImageError, is_image, measure_image, read_image
from generator.images.image import orientation_of
from tests.drawing import JPEG, SECRET, WEBP, chunk, make_avif, make_exif, make_gif, make_png, with_metadata


def webp_with_metadata(orientation: int) -> bytes:
    exif = make_exif(orientation) + b"\0" * (len(make_exif(orientation)) % 2)
    body = bytearray(WEBP[8:])
    body[12] |= 0x0C  # VP8X: there are EXIF and XMP
    for name, content in ((b"EXIF", exif), (b"XMP ", SECRET + b"\0" * (len(SECRET) % 2))):
        body += name + len(content).to_bytes(4, "little") + content
    return b"RIFF" + len(body).to_bytes(4, "little") + bytes(body)


PLAIN = {"jpg": JPEG, "png": make_png(), "gif": make_gif(), "webp": WEBP, "avif": make_avif()}
SIZES = {"jpg": (320, 200), "png": (640, 400), "gif": (200, 120), "webp": (320, 200), "avif": (800, 500)}


@pytest.mark.parametrize("suffix", PLAIN)
def test_every_format_is_known_by_its_bytes(suffix: str) -> None:
    image = read_image(PLAIN[suffix])
    assert (image.suffix, (image.width, image.height)) == (suffix, SIZES[suffix])
    assert measure_image(PLAIN[suffix][:HEAD]) == SIZES[suffix]


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "avif"])
def test_a_picture_that_holds_nothing_else_is_kept_byte_for_byte(suffix: str) -> None:
    assert read_image(PLAIN[suffix]).data == PLAIN[suffix]


@pytest.mark.parametrize(
    "data",
    [
        with_metadata(JPEG),
        make_png(extra=chunk(b"tEXt", b"Author\0" + SECRET) + chunk(b"eXIf", make_exif())) + SECRET,
        make_gif(),
        webp_with_metadata(1),
    ],
    ids=["jpg", "png", "gif", "webp"],
)
def test_what_it_tells_of_people_and_places_is_gone(data: bytes) -> None:
    assert SECRET in data
    image = read_image(data)
    assert SECRET not in image.data
    assert read_image(image.data) == image


def test_taking_metadata_out_of_a_jpeg_leaves_the_rest_alone() -> None:
    assert read_image(with_metadata(JPEG)).data == JPEG


def test_a_gif_keeps_its_frames_and_its_loop() -> None:
    data = read_image(make_gif()).data
    assert data.count(b"\x2c") == 2
    assert b"NETSCAPE2.0" in data
    assert b"XMP" not in data


@pytest.mark.parametrize(
    ("make", "plain"),
    [
        (lambda turn: with_metadata(JPEG, turn), (320, 200)),
        (lambda turn: make_png(extra=chunk(b"eXIf", make_exif(turn))), (640, 400)),
        (webp_with_metadata, (320, 200)),
    ],
    ids=["jpg", "png", "webp"],
)
@pytest.mark.parametrize("turn", [1, 3, 6, 8])
def test_the_orientation_stays_and_turns_the_size(make, plain: tuple[int, int], turn: int) -> None:  # type: ignore[no-untyped-def]
    image = read_image(make(turn))
    assert (image.width, image.height) == (plain if turn < 5 else plain[::-1])
    assert (b"II*\0" in image.data) is (turn != 1)
    assert SECRET not in image.data
    again = read_image(image.data)
    assert again == image


def test_exif_that_names_no_orientation_is_upright() -> None:
    assert orientation_of(make_exif(6)) == 6
    assert orientation_of(make_exif(9)) == 1
    assert orientation_of(b"MM\0*\xff\xff\xff\xff" + bytes(20)) == 1
    assert orientation_of(b"") == 1


def test_an_avif_that_holds_metadata_is_refused_and_a_turned_one_measured() -> None:
    assert measure_image(make_avif(turned=True)) == (500, 800)
    for kind in (b"Exif", b"mime"):
        with pytest.raises(ImageError, match="cannot be taken out"):
            read_image(make_avif(kinds=(kind,)))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is no JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "it is no JPEG"),
        (b"BM" + bytes(80), "it is no JPEG"),
        (JPEG[:900], "breaks off"),
        (JPEG[:700] + b"\0\0" + JPEG[702:900], "breaks off|damaged"),
        (make_png()[:-20], "breaks off"),
        (make_png(0, 0), "names no size"),
        (make_gif()[:60], "damaged"),
        (WEBP[:400], "breaks off"),
        (b"RIFF\x04\0\0\0WEBP", "holds no picture"),
        (make_avif()[:30], "damaged"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_reason(data: bytes, why: str) -> None:
    with pytest.raises(ImageError, match=why):
        read_image(data)


@given(st.sampled_from(sorted(PLAIN)), st.data())
def test_a_damaged_picture_never_does_worse_than_being_refused(suffix: str, data: st.DataObject) -> None:
    broken = bytearray(PLAIN[suffix])
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(broken[: data.draw(st.integers(0, len(broken)))])
    measure_image(cut)
    is_image(cut)
    try:
        image = read_image(cut)
    except ImageError:
        return
    assert isinstance(image, Image)
    assert read_image(image.data).data == image.data


@pytest.mark.parametrize(
    "data",
    [
        JPEG[:620] + b"\xff" * 1_900_000,
        JPEG[:-2] + b"\xff\x00" * 900_000 + b"\xff\xd9",
        JPEG[:2] + b"\xff\xfe\x00\x02" * 450_000 + JPEG[2:],
        b"\x89PNG\r\n\x1a\n" + make_png()[8:33] + chunk(b"tEXt", b"") * 150_000,
        make_gif()[:19] + b"\x21\xfe\x00" * 600_000,
        b"RIFF\xff\xff\xff\x7fWEBP" + b"XMP \0\0\0\0" * 230_000,
        b"\0\0\0\x14ftypavif\0\0\0\0avif" + b"\0\0\0\x08free" * 230_000,
    ],
    ids=["fill", "stuffed", "comments", "texts", "extensions", "chunks", "boxes"],
)
def test_two_hostile_megabytes_are_read_in_a_moment(data: bytes) -> None:
    start = time.perf_counter()
    with contextlib.suppress(ImageError):
        read_image(data)
    assert time.perf_counter() - start < 2

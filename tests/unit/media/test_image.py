"""What is in an image file ends as upright pixels, or as one line that says why not."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from labeler.api import Refusal
from labeler.media import image as reading
from labeler.media.image import Picture, image_head, read_image

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)
WIDE, HIGH = 48, 32
UPRIGHT = ((RED, GREEN), (BLUE, WHITE))
"""The quarters of the picture as it is to be seen, 48 × 32."""

# EXIF 2.3, tag 0x0112: where the stored row 0 and column 0 are in the picture as seen. Written out
# as the quarters (upper left, upper right / lower left, lower right) that have to be stored.
STORED = {
    1: ((RED, GREEN), (BLUE, WHITE)),  # row 0 top, column 0 left
    2: ((GREEN, RED), (WHITE, BLUE)),  # top, right
    3: ((WHITE, BLUE), (GREEN, RED)),  # bottom, right
    4: ((BLUE, WHITE), (RED, GREEN)),  # bottom, left
    5: ((RED, BLUE), (GREEN, WHITE)),  # left, top
    6: ((GREEN, WHITE), (RED, BLUE)),  # right, top
    7: ((WHITE, GREEN), (BLUE, RED)),  # right, bottom
    8: ((BLUE, RED), (WHITE, GREEN)),  # left, bottom
}
KINDS = {
    "jpeg": {"quality": 95, "subsampling": 0},
    "png": {},
    "webp": {"lossless": True},
    "tiff": {},
}


def quarters(colours: Any, width: int, height: int) -> Image.Image:
    pixels = np.zeros((height, width, 3), np.uint8)
    for row in (0, 1):
        for column in (0, 1):
            across = slice(column * width // 2, (column + 1) * width // 2)
            pixels[row * height // 2 : (row + 1) * height // 2, across] = colours[row][column]
    return Image.fromarray(pixels)


def saved(image: Image.Image, kind: str, **more: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **more)
    return stream.getvalue()


def oriented(kind: str, orientation: int) -> bytes:
    size = (HIGH, WIDE) if orientation >= 5 else (WIDE, HIGH)
    exif = Image.Exif()
    exif[0x0112] = orientation
    return saved(quarters(STORED[orientation], *size), kind, exif=exif, **KINDS[kind])


def read(raw: bytes, **more: Any) -> Picture:
    return read_image(io.BytesIO(raw), where="a", **more)


def refused(raw: bytes, **more: Any) -> str:
    with pytest.raises(Refusal) as caught:
        read(raw, **more)
    assert caught.value.problem.where == "a"
    assert "\n" not in str(caught.value)
    return caught.value.problem.code


def codes(picture: Picture) -> list[str]:
    return [note.code for note in picture.notes]


def seen(pixels: Any) -> tuple[tuple[Any, ...], ...]:
    """The colours in the middle of the quarters, each channel all or nothing."""
    high, wide = pixels.shape[:2]
    at = ((high // 4, wide // 4), (high // 4, 3 * wide // 4))
    below = ((3 * high // 4, wide // 4), (3 * high // 4, 3 * wide // 4))
    return tuple(
        tuple(tuple(int(round(v / 255) * 255) for v in pixels[y, x, :3]) for y, x in row)
        for row in (at, below)
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("orientation", STORED)
def test_an_image_is_read_upright_and_its_head_says_so(kind, orientation):
    raw = oriented(kind, orientation)
    picture = read(raw)
    assert picture.pixels.shape == (HIGH, WIDE, 3)
    assert seen(picture.pixels) == UPRIGHT
    assert (picture.width, picture.height, picture.scale) == (WIDE, HIGH, 1)
    head = image_head(io.BytesIO(raw))
    assert head == (WIDE, HIGH, orientation, kind)
    assert head.stored == ((HIGH, WIDE) if orientation >= 5 else (WIDE, HIGH))


@pytest.mark.parametrize("orientation", STORED)
def test_a_reduced_jpeg_is_upright_too(orientation):
    picture = read(oriented("jpeg", orientation), longest=12)
    assert picture.scale == 1 / 4
    assert picture.pixels.shape == (HIGH // 4, WIDE // 4, 3)
    assert (picture.width, picture.height) == (WIDE, HIGH)
    assert seen(picture.pixels) == UPRIGHT


def test_the_orientation_behind_the_pixels_of_a_png_counts():
    raw = saved(quarters(STORED[6], HIGH, WIDE), "png")
    exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
    chunk = b"eXIf" + exif
    end = raw.rindex(b"IEND") - 4
    late = struct.pack(">I", len(exif)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    picture = read(raw[:end] + late + raw[end:])
    assert seen(picture.pixels) == UPRIGHT


@pytest.mark.parametrize("kind", ["png", "tiff", "gif", "bmp", "webp", "ppm"])
def test_a_reduced_image_of_any_kind_has_at_least_the_size_asked_for(kind):
    picture = read(saved(quarters(UPRIGHT, 130, 70), kind), longest=40)
    # 130 ÷ 40 allows a third: ⌈130/3⌉ × ⌈70/3⌉.
    assert picture.pixels.shape[:2] == (24, 44)
    assert picture.scale == pytest.approx(1 / 3)
    assert (picture.width, picture.height) == (130, 70)


# ------------------------------------------------------------------------------------ kinds of pixels


def test_cmyk_becomes_the_colours_it_prints():
    raw = saved(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "tiff")
    assert tuple(read(raw).pixels[4, 4]) == (255, 0, 0)


def test_a_palette_with_a_transparent_colour_has_an_alpha_channel():
    image = Image.new("P", (4, 4), 0)
    image.putpalette([10, 20, 30, 200, 100, 50])
    image.putpixel((1, 0), 1)
    picture = read(saved(image, "png", transparency=0))
    assert picture.pixels.shape == (4, 4, 4)
    assert tuple(picture.pixels[0, 1]) == (200, 100, 50, 255)
    assert picture.pixels[0, 0, 3] == 0


def test_gray_stays_one_channel_and_gray_with_alpha_gets_four():
    assert read(saved(Image.new("L", (5, 3), 77), "png")).pixels.tolist() == [[77] * 5] * 3
    picture = read(saved(Image.new("LA", (1, 1), (77, 10)), "png"))
    assert picture.pixels.tolist() == [[[77, 77, 77, 10]]]


def test_black_and_white_has_no_gray():
    image = Image.new("1", (2, 1), 0)
    image.putpixel((1, 0), 1)
    assert read(saved(image, "png")).pixels.tolist() == [[0, 255]]


def test_sixteen_bits_are_stretched_from_the_darkest_to_the_brightest():
    values = np.array([[1000, 1100, 1200]] * 400, np.uint16)
    picture = read(saved(Image.fromarray(values), "png"))
    assert picture.pixels[0].tolist() == [0, 128, 255]
    assert codes(picture) == ["image_stretched"]


def test_sixteen_bits_of_one_value_are_a_plain_gray():
    picture = read(saved(Image.fromarray(np.full((4, 4), 5, np.uint16)), "tiff"))
    assert set(picture.pixels.flatten().tolist()) == {127}


def test_of_an_animation_the_first_picture_is_shown_and_said():
    frames = [Image.new("RGB", (4, 4), RED), Image.new("RGB", (4, 4), BLUE)]
    raw = saved(frames[0], "gif", save_all=True, append_images=frames[1:])
    picture = read(raw)
    assert tuple(picture.pixels[0, 0, :3]) == RED
    assert codes(picture) == ["image_frames"]


# -------------------------------------------------------------------------------------- what is broken


def noise(width: int, height: int) -> Image.Image:
    return Image.fromarray(np.random.default_rng(3).integers(0, 255, (height, width, 3), np.uint8))


@pytest.mark.parametrize("kind", ["jpeg", "png"])
def test_of_an_image_that_is_cut_off_its_beginning_is_shown_with_a_note(kind):
    raw = saved(noise(200, 200), kind)
    picture = read(raw[: len(raw) // 2])
    assert picture.pixels.shape == (200, 200, 3)
    assert codes(picture) == ["image_cut"]
    assert picture.pixels[:60].std() > 20


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "tiff", "gif", "bmp"])
def test_an_image_of_which_only_the_head_is_left_is_refused(kind):
    raw = saved(noise(200, 200), kind)
    assert refused(raw[:8]) in ("image_damaged", "image_unknown")


def test_what_is_no_image_is_refused_by_what_it_is():
    assert refused(b"") == "image_empty"
    assert refused(b"<html><body>no</body></html>") == "image_unknown"
    assert refused(b"\xff\xd8\xff" + b"\0" * 50) == "image_damaged"
    assert refused(b"\x89PNG\r\n\x1a\n" + b"\0" * 50) == "image_damaged"


def test_the_name_does_not_matter_to_what_is_in_it():
    assert read(saved(quarters(UPRIGHT, 8, 8), "png")).format == "png"


def test_a_jpeg_beyond_the_budget_is_reduced_and_says_so():
    raw = saved(quarters(UPRIGHT, 400, 400), "jpeg")
    picture = read(raw, budget_bytes=500_000)
    # 400 × 400 at 10 bytes is 1.6 MB, a half of each side 0.4 MB.
    assert picture.pixels.shape == (200, 200, 3)
    assert codes(picture) == ["image_reduced"]


def test_another_image_beyond_the_budget_is_refused_with_both_figures():
    raw = saved(quarters(UPRIGHT, 2000, 2000), "png")
    with pytest.raises(Refusal, match=r"2000 × 2000 pixels needs 39 MB of memory, 10 MB"):
        read(raw, budget_bytes=10 << 20)


def test_a_header_that_promises_too_much_takes_no_memory():
    head = struct.pack(">IIBBBBB", 2_000_000_000, 2_000_000_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    raw = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk
    raw += struct.pack(">I", zlib.crc32(chunk)) + struct.pack(">I", 9) + b"IDAT"
    tracemalloc.start()
    assert refused(raw) == "image_large"
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()


def test_a_hundred_megapixels_are_read_reduced():
    raw = saved(Image.new("L", (12_000, 9_000), 90), "jpeg", quality=60)
    picture = read(raw, longest=1_500, budget_bytes=64 << 20)
    assert picture.pixels.shape == (1_125, 1_500)
    assert (picture.width, picture.height, picture.scale) == (12_000, 9_000, 1 / 8)


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_pixels_come_in_stretches_and_each_is_in_its_place(
    channels: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pixels = np.random.default_rng(7).integers(0, 256, (31, 20, channels), np.uint8).squeeze()
    asked = []
    plain = Image.Image.tobytes

    def handed(image: Image.Image, *how: Any) -> bytes:
        raw = plain(image, *how)
        asked.append(len(raw))
        return raw

    monkeypatch.setattr(reading, "_HANDED", 300)
    raw = saved(Image.fromarray(pixels), "png")
    monkeypatch.setattr(Image.Image, "tobytes", handed)
    assert np.array_equal(read(raw).pixels, pixels)
    assert asked
    assert max(asked) <= 300  # all at once would hold the interpreter


def test_a_decode_that_takes_too_long_is_given_up():
    assert refused(saved(noise(300, 300), "png"), seconds=-1) == "image_slow"


def test_a_decode_nobody_waits_for_is_called_off():
    asked = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 3

    raw = saved(noise(600, 600), "png")  # a megabyte: sixteen blocks
    assert refused(raw, cancelled=cancelled) == "image_stopped"


# -------------------------------------------------------------------------------------------- real files


@pytest.fixture
def images(shared_data: Path) -> Path:
    return shared_data / "images"


def test_real_files_of_every_kind_are_read_as_large_as_their_heads_say(images: Path):
    found = 0
    for path in sorted((images / "oddities").iterdir()):
        with path.open("rb") as file:
            head = image_head(file)
            picture = read_image(file)
        assert picture.pixels.shape[:2] == (head.height, head.width), path.name
        assert picture.pixels.max() > picture.pixels.min(), path.name
        found += 1
    assert found >= 30


@pytest.mark.parametrize("orientation", range(2, 9))
def test_real_photographs_of_each_orientation_look_like_the_upright_one(images, orientation):
    with (images / "oddities" / "hopper.jpg").open("rb") as file:
        upright = read_image(file).pixels.astype(int)
    with (images / "oddities" / f"hopper_orientation_{orientation}.jpg").open("rb") as file:
        turned = read_image(file).pixels.astype(int)
    assert np.abs(upright - turned).mean() < 8


def test_a_thermal_image_of_sixteen_bits_can_be_seen(images: Path):
    with (images / "camera" / "001.tif").open("rb") as file:
        picture = read_image(file)
    assert picture.pixels.std() > 20  # its values lie in 2 ‰ of the range

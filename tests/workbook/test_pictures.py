"""Pictures are found by their bare name beside the workbook, and nowhere else."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tofan_pos.workbook import Problem

Desk = Any  # tests/workbook/conftest.py: a fixture's class cannot be imported by path

PNG = b"\x89PNG\r\n\x1a\n" + b"a picture" * 9
JPEG = b"\xff\xd8\xff\xe0" + b"a picture" * 9
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"a picture" * 9


@pytest.fixture
def images(tmp_path: Path) -> Path:
    folder = tmp_path / "images"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("content", [PNG, JPEG, WEBP])
def test_a_picture_is_known_by_what_it_is(desk: Desk, images: Path, content: bytes) -> None:
    (images / "scarf.bin").write_bytes(content)
    catalogue = desk.read(desk.book({"image": "scarf.bin"})).catalogue
    (picture,) = catalogue.pictures
    assert picture.content == content
    assert picture.sha256 == catalogue.products[0].picture == sha256(content).hexdigest()


def test_a_picture_beside_the_workbook_will_do(desk: Desk, images: Path) -> None:
    (images.parent / "scarf.png").write_bytes(PNG)
    assert desk.product(image=" scarf.png ").picture == sha256(PNG).hexdigest()
    (images / "scarf.png").write_bytes(JPEG)
    assert desk.product(image="scarf.png").picture == sha256(JPEG).hexdigest()


def test_capitals_and_accents_are_forgiven(desk: Desk, images: Path) -> None:
    (images / "e\u0301charpe.PNG").write_bytes(PNG)
    assert desk.product(image="\u00c9charpe.png").picture == sha256(PNG).hexdigest()


def test_the_exact_name_goes_before_a_like_one(desk: Desk, images: Path) -> None:
    (images / "SCARF.png").write_bytes(JPEG)
    (images / "scarf.png").write_bytes(PNG)
    (images / "Scarf.png").write_bytes(WEBP)
    # Where the disk ignores case, all three are one file.
    there = (images / "scarf.png").read_bytes()
    assert desk.product(image="scarf.png").picture == sha256(there).hexdigest()


def test_one_picture_for_several_products_is_kept_once(desk: Desk, images: Path) -> None:
    (images / "a.png").write_bytes(PNG)
    (images / "b.png").write_bytes(PNG)
    book = desk.book({"image": "a.png"}, {"image": "a.png"}, {"image": "b.png"})
    assert len(desk.read(book).catalogue.pictures) == 1


@pytest.mark.parametrize(
    "name",
    [
        "../secret.png",
        "..\\secret.png",
        "images/a.png",
        "/etc/passwd",
        "C:\\a.png",
        "C:a.png",
        "\\\\server\\share\\a.png",
        "https://example.org/a.png",
        "..",
        ".",
    ],
)
def test_a_path_is_no_name(desk: Desk, images: Path, name: str) -> None:
    (images / "a.png").write_bytes(PNG)
    (images.parent / "secret.png").write_bytes(PNG)
    assert desk.problem(image=name) is Problem.PICTURE_PATH


def test_a_picture_that_is_not_there(desk: Desk, images: Path) -> None:
    assert images.is_dir()
    assert desk.problem(image="a.png") is Problem.PICTURE_MISSING


def test_no_folder_of_pictures(desk: Desk) -> None:
    assert desk.problem(image="a.png") is Problem.PICTURE_MISSING


def test_a_folder_is_no_picture(desk: Desk, images: Path) -> None:
    (images / "a.png").mkdir()
    assert desk.problem(image="a.png") is Problem.PICTURE_UNREADABLE


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<svg/>", b"RIFF....WAVE", PNG[:4]])
def test_what_is_no_picture(desk: Desk, images: Path, content: bytes) -> None:
    (images / "a.png").write_bytes(content)
    assert desk.problem(image="a.png") is Problem.PICTURE_KIND


def test_a_picture_may_be_two_mebibytes(desk: Desk, images: Path) -> None:
    (images / "a.png").write_bytes(PNG.ljust(2 * 1024 * 1024, b"."))
    desk.product(image="a.png")
    (images / "a.png").write_bytes(PNG.ljust(2 * 1024 * 1024 + 1, b"."))
    assert desk.problem(image="a.png") is Problem.PICTURE_TOO_LARGE


def test_every_product_with_a_bad_picture_is_named(desk: Desk) -> None:
    faults = desk.faults_in(desk.book({"image": "a.png"}, {}, {"image": "a.png"}))
    assert [fault.row for fault in faults] == [2, 4]

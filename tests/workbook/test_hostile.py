"""No file does harm: it is read, or refused in a moment, and nothing else is opened."""

import io
import os
import random
import struct
import sys
import time
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.workbook import Fault, Problem, read_catalogue
from tofan_pos.workbook.package import LARGEST_FILE, MIB

Desk = Any  # tests/workbook/conftest.py: a fixture's class cannot be imported by path

TODAY = date(2026, 11, 22)
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def good(desk: Desk) -> bytes:
    desk.save(desk.book({}, {}))
    return bytes(desk.path.read_bytes())


def verdict(path: Path, content: bytes) -> Problem | None:
    """Return why a file as a whole is refused, or None where it is read."""
    path.write_bytes(content)
    begun = time.process_time()
    refusal = None
    try:
        read_catalogue(path, today=TODAY)
    except Refusal as refused:
        refusal = refused
    assert time.process_time() - begun < 5
    if refusal is None:
        return None
    assert refusal.why is Why.CATALOGUE_FAULTS
    return faults_of(refusal)[-1].problem


def faults_of(refusal: Refusal) -> tuple[Fault, ...]:
    faults = refusal.facts["faults"]
    assert isinstance(faults, tuple)
    return faults


def changed(good: bytes, parts: dict[str, bytes | None]) -> bytes:
    """Return the workbook with some parts replaced, added or (None) left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def part(good: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(good)) as package:
        return package.read(name)


def test_the_good_one_is_read(desk: Desk, good: bytes) -> None:
    assert verdict(desk.path, good) is None
    assert verdict(desk.path, changed(good, {})) is None


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as trouble:
        read_catalogue(tmp_path / "none.xlsx", today=TODAY)
    assert trouble.value.ailment is Ailment.FILE_UNREADABLE
    assert trouble.value.facts["path"] == str(tmp_path / "none.xlsx")


def test_a_folder_and_a_pipe_are_no_files(tmp_path: Path) -> None:
    paths = [tmp_path]
    if hasattr(os, "mkfifo"):  # Windows has none
        paths.append(tmp_path / "pipe.xlsx")
        os.mkfifo(paths[-1])
    for path in paths:
        with pytest.raises(Trouble):
            read_catalogue(path, today=TODAY)


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"code,name_th,price\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)],
)
def test_what_is_no_workbook(desk: Desk, content: bytes) -> None:
    assert verdict(desk.path, content) is Problem.NOT_A_WORKBOOK


def test_another_kind_of_document(desk: Desk, good: bytes) -> None:
    parts = {"xl/workbook.xml": None, "word/document.xml": b"<w/>"}
    assert verdict(desk.path, changed(good, parts)) is Problem.NOT_A_WORKBOOK


def test_a_workbook_with_a_password(desk: Desk, good: bytes) -> None:
    sealed = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert verdict(desk.path, sealed) is Problem.ENCRYPTED
    locked = bytearray(good)
    locked[good.index(b"PK\x01\x02") + 8] |= 1
    assert verdict(desk.path, bytes(locked)) is Problem.ENCRYPTED


def test_a_file_cut_anywhere(desk: Desk, good: bytes) -> None:
    for length in range(0, len(good), 7):
        assert verdict(desk.path, good[:length]) in {Problem.NOT_A_WORKBOOK, Problem.DAMAGED}
    assert verdict(desk.path, good[:-1]) is Problem.DAMAGED


def test_random_bytes(desk: Desk) -> None:
    chance = random.Random(1)
    for _ in range(100):
        content = b"PK\x03\x04" + chance.randbytes(chance.randrange(3000))
        assert verdict(desk.path, content) is Problem.DAMAGED


def test_flipped_bytes(desk: Desk, good: bytes) -> None:
    chance = random.Random(2)
    for _ in range(600):
        content = bytearray(good)
        for _ in range(chance.randrange(1, 4)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        verdict(desk.path, bytes(content))


def test_flipped_bytes_within_the_sheets(desk: Desk, good: bytes) -> None:
    chance = random.Random(3)
    names = [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"]
    for _ in range(400):
        name = chance.choice(names)
        content = bytearray(part(good, name))
        for _ in range(chance.randrange(1, 4)):
            content[chance.randrange(len(content))] = chance.choice(b"<>/\"'=&;0129aA:- \x00\xff")
        verdict(desk.path, changed(good, {name: bytes(content)}))


@pytest.mark.parametrize(
    "name", [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "_rels/.rels"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_a_document_type_is_refused(desk: Desk, good: bytes, name: str, encoding: str) -> None:
    text = part(good, name).decode()
    body = text[text.index("?>") + 2 :] if text.startswith("<?xml") else text
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    bomb = f'{head}<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]>'
    ascii_body = body.encode("ascii", "xmlcharrefreplace").decode()
    content = changed(good, {name: (bomb + ascii_body).encode(encoding)})
    assert verdict(desk.path, content) is Problem.HOSTILE
    content = changed(good, {name: (head + ascii_body).encode(encoding)})
    assert verdict(desk.path, content) is None


def test_an_entity_that_names_a_file_opens_none(desk: Desk, good: bytes, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    opened: list[str] = []
    watching = [True]

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if watching[0] and event in {"open", "socket.connect", "socket.getaddrinfo"}:
            opened.append(str(arguments[0]))

    text = part(good, SHEET).replace(
        b"<worksheet",
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]><worksheet'.encode(),
    )
    content = changed(good, {SHEET: text})
    sys.addaudithook(watch)
    try:
        assert verdict(desk.path, content) is Problem.HOSTILE
        desk.path.write_bytes(good)
        read_catalogue(desk.path, today=TODAY)
    finally:
        watching[0] = False
    assert opened
    assert set(opened) == {str(desk.path)}


def test_a_sheet_that_lies_outside_the_file(desk: Desk, good: bytes, tmp_path: Path) -> None:
    (tmp_path / "sheet.xml").write_bytes(part(good, SHEET))
    name = "xl/_rels/workbook.xml.rels"
    relations = part(good, name)
    for target in (b"../../sheet.xml", str(tmp_path / "sheet.xml").encode()):
        away = relations.replace(b"/xl/worksheets/sheet1.xml", target)
        assert away != relations
        assert verdict(desk.path, changed(good, {name: away})) is Problem.DAMAGED
    away = relations.replace(
        b'Target="/xl/worksheets/sheet1.xml"',
        b'TargetMode="External" Target="https://example.org/sheet1.xml"',
    )
    assert away != relations
    assert verdict(desk.path, changed(good, {name: away})) is Problem.SHEET_MISSING


def test_a_bomb_is_refused_before_it_is_unpacked(desk: Desk, good: bytes) -> None:
    bomb = changed(good, {"xl/media/image1.png": bytes(20 * MIB)})
    assert verdict(desk.path, bomb) is Problem.UNPACKS_TOO_LARGE


def test_too_much_in_all_is_refused(desk: Desk, good: bytes) -> None:
    out = io.BytesIO(good)
    noise = random.Random(4).randbytes(64 * 1024)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        for number in range(37):  # 7 MiB each, so small a part that its packing is not looked at
            package.writestr(f"xl/media/{number}.bin", noise + bytes(7 * MIB - len(noise)))
    assert verdict(desk.path, out.getvalue()) is Problem.UNPACKS_TOO_LARGE


def test_a_part_that_lies_about_its_size_is_refused(desk: Desk, good: bytes) -> None:
    content = bytearray(changed(good, {SHEET: part(good, SHEET).ljust(30 * MIB)}))
    entry = content.rindex(b"PK\x01\x02")
    struct.pack_into("<L", content, entry + 24, 5000)
    assert verdict(desk.path, bytes(content)) is Problem.DAMAGED


def test_a_file_too_large_is_not_read_to_its_end(desk: Desk) -> None:
    with desk.path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(Refusal) as refusal:
        read_catalogue(desk.path, today=TODAY)
    (fault,) = faults_of(refusal.value)
    assert (fault.problem, fault.facts["most"]) == (Problem.FILE_TOO_LARGE, 64)


def test_a_zip_of_very_many_parts_is_refused(desk: Desk) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for number in range(10_001):
            package.writestr(str(number), b"")
    assert verdict(desk.path, out.getvalue()) is Problem.HOSTILE


def test_a_way_of_packing_that_cannot_be_bounded_is_refused(desk: Desk, good: bytes) -> None:
    out = io.BytesIO(good)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_LZMA) as package:
        package.writestr("xl/media/image1.png", b"x")
    assert verdict(desk.path, out.getvalue()) is Problem.HOSTILE


@pytest.mark.parametrize(
    "cells",
    [
        '<c r="A2" t="s"><v>-1</v></c>',
        '<c r="A2" t="s"><v>99999999</v></c>',
        '<c r="A2" t="s"><v>one</v></c>',
        '<c r="ZZZZ2"><v>1</v></c>',
        '<c r="2"><v>1</v></c>',
        '<c r="A2" t="odd"><v>1</v></c>',
        '<c r="A2" s="one"><v>1</v></c>',
        "<c/>" * 16_384 + "<c><v>1</v></c>",
    ],
)
def test_cells_that_make_no_sense(desk: Desk, good: bytes, cells: str) -> None:
    rows = f'<row r="2">{cells}</row></sheetData>'
    sheet = part(good, SHEET).replace(b"</sheetData>", rows.encode())
    assert verdict(desk.path, changed(good, {SHEET: sheet})) is Problem.DAMAGED


def test_rows_that_make_no_sense(desk: Desk, good: bytes) -> None:
    for number in ("0", "-1", "1048577", "x", "9" * 5000):
        row = f'<row r="{number}"><c><v>1</v></c></row></sheetData>'
        sheet = part(good, SHEET).replace(b"</sheetData>", row.encode())
        assert verdict(desk.path, changed(good, {SHEET: sheet})) is Problem.DAMAGED


def test_deep_and_wide_xml_is_no_danger(desk: Desk, good: bytes) -> None:
    deep = b"<x>" * 100_000 + b"</x>" * 100_000
    sheet = part(good, SHEET).replace(b"</worksheet>", deep + b"</worksheet>")
    assert verdict(desk.path, changed(good, {SHEET: sheet})) is None


def test_a_text_of_many_mebibytes_is_only_too_long(desk: Desk, good: bytes) -> None:
    noise = random.Random(5).randbytes(3 * MIB).hex()
    row = f'<row r="9"><c r="C9" t="inlineStr"><is><t>{noise}</t></is></c></row></sheetData>'
    sheet = part(good, SHEET).replace(b"</sheetData>", row.encode())
    assert verdict(desk.path, changed(good, {SHEET: sheet})) in {Problem.TOO_LONG, Problem.BLANK}

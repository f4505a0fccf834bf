"""A file built to wear the reader out is refused early: no long wait, no memory to speak of."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tofan_pos.domain.errors import Refusal
from tofan_pos.workbook import Fault, Problem, read_catalogue
from tofan_pos.workbook.faults import Unfit
from tofan_pos.workbook.package import MIB, parse
from tofan_pos.workbook.rows import rows
from tofan_pos.workbook.sheets import open_workbook

Desk = Any  # tests/workbook/conftest.py: a fixture's class cannot be imported by path

RELATIONS = '<Relationships xmlns="urn:relations">{}</Relationships>'
RELATION = '<Relationship Id="{2}" Type="urn:/{0}" Target="{1}"/>'
MAIN = (
    '<workbook xmlns:r="urn:r"><sheets><sheet name="Groups" r:id="groups"/>'
    '<sheet name="Products" r:id="products"/></sheets></workbook>'
)
GROUPS = (
    '<worksheet><row><c t="str"><v>group</v></c><c t="str"><v>label_th</v></c></row>'
    '<row><c t="str"><v>G</v></c><c t="str"><v>ทอผ้า</v></c></row></worksheet>'
)
COLUMNS = ("code", "name_th", "price", "group", "story_th")
HEADER = "".join(f'<c t="str"><v>{name}</v></c>' for name in COLUMNS)
SHEET = "xl/sheet.xml"


def workbook(*, sheet: Iterable[bytes] = (b"<worksheet/>",), texts: Iterable[bytes] = ()) -> bytes:
    """Return a workbook of one group, its sheet of products as given."""
    related = RELATION.format("worksheet", "groups.xml", "groups")
    related += RELATION.format("worksheet", "sheet.xml", "products")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        main = RELATION.format("officeDocument", "xl/workbook.xml", "main")
        package.writestr("_rels/.rels", RELATIONS.format(main))
        package.writestr("xl/workbook.xml", MAIN)
        if texts:
            related += RELATION.format("sharedStrings", "texts.xml", "texts")
            _write(package, "xl/texts.xml", (b"<sst>", *texts, b"</sst>"))
        package.writestr("xl/_rels/workbook.xml.rels", RELATIONS.format(related))
        package.writestr("xl/groups.xml", GROUPS)
        _write(package, SHEET, sheet)
    return out.getvalue()


def _write(package: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> None:
    with package.open(name, "w") as file:
        for piece in pieces:
            file.write(piece)


def tokens(length: int, count: int) -> Iterator[bytes]:
    """Yield a sheet of tags that long, of what packs like something real."""
    letters = b"".join(b"%08x" % (n * 2654435761 % 2**32) * 4 for n in range(length // 32))
    yield b"<worksheet>"
    for _ in range(count):
        yield b'<c r="' + letters + b'"/>'
    yield b"</worksheet>"


def stories(told: Iterable[str]) -> Iterator[bytes]:
    """Yield a sheet of products: each tells its own text, or, if that is "", the first shared."""
    yield f"<worksheet><row>{HEADER}</row>".encode()
    for number, text in enumerate(told):
        cells = f'<c t="str"><v>C{number}</v></c><c t="str"><v>ผ้า</v></c><c><v>9</v></c>'
        story = f'<c t="inlineStr">{text}</c>' if text else '<c t="s"><v>0</v></c>'
        yield f'<row>{cells}<c t="str"><v>G</v></c>{story}</row>'.encode()
    yield b"</worksheet>"


def problem_of(content: bytes, part: str) -> Problem | None:
    """Return why one part is not parsed to its end."""
    try:
        for _ in parse(zipfile.ZipFile(io.BytesIO(content)), part, start=lambda *_: None):
            pass
    except Unfit as unfit:
        return unfit.problem
    return None


@pytest.mark.parametrize("kind", ["tag", "comment", "instruction", "name", "end", "wide"])
def test_a_token_without_end_is_refused_in_a_moment(kind: str) -> None:
    fill = b"ab01" * (8 * MIB)
    begins = {
        "tag": b'<a b="',
        "comment": b"<a><!--",
        "instruction": b"<?a ",
        "name": b"<a",
        "end": b"<a></a",
    }
    content = begins[kind] + fill if kind in begins else ('<a b="' + "ก" * 8 * MIB).encode("utf-16")
    with pytest.raises(Unfit) as unfit:
        _parsed(content)
    assert unfit.value.problem is Problem.HOSTILE


def _parsed(content: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(SHEET, content)
    for _ in parse(zipfile.ZipFile(out), SHEET, start=lambda *_: None):
        pass


def test_long_tags_that_do_end_are_parsed_and_not_over_and_over() -> None:
    content = workbook(sheet=tokens(1000 * 1024, 60))
    assert problem_of(content, SHEET) is None


def test_long_texts_are_no_long_tags() -> None:
    for said in ("a" * 5 * MIB, "<![CDATA[" + "a" * 5 * MIB + "]]>", " " * 5 * MIB):
        _parsed(f"<worksheet>{said}</worksheet>".encode())
        _parsed(f"<worksheet>{said}</worksheet>".encode("utf-16"))


def test_elements_within_elements_without_end_are_refused() -> None:
    assert problem_of(workbook(sheet=[b"<x>" * 1_000_000]), SHEET) is Problem.HOSTILE


def test_names_without_number_are_refused() -> None:
    names = b"".join(b"<a%d/>" % number for number in range(500_000))
    assert problem_of(workbook(sheet=[b"<x>", names, b"</x>"]), SHEET) is Problem.HOSTILE
    names = b"".join(b'<a a%d=""/>' % number for number in range(500_000))
    assert problem_of(workbook(sheet=[b"<x>", names, b"</x>"]), SHEET) is Problem.HOSTILE


def test_relations_without_number_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", MAIN)
        package.writestr("_rels/.rels", RELATIONS.format(RELATION.format("a", "b", "c") * 50_000))
    with pytest.raises(Unfit) as unfit:
        open_workbook(out.getvalue())
    assert unfit.value.problem is Problem.HOSTILE


def test_a_row_that_holds_too_much_is_refused() -> None:
    cell = f'<c t="inlineStr"><is><t>\U0001f600{"a" * 32_000}</t></is></c>'.encode()
    content = workbook(sheet=[b"<worksheet><row>", cell * 100, b"</row></worksheet>"])
    book = open_workbook(content)
    with pytest.raises(Unfit) as unfit:
        list(rows(book, SHEET, merged=[]))
    assert unfit.value.problem is Problem.UNPACKS_TOO_LARGE
    rest = b"</row><row>".join([cell * 50] * 4)  # as much, in rows of half of it
    book = open_workbook(workbook(sheet=[b"<worksheet><row>", rest, b"</row></worksheet>"]))
    assert len(list(rows(book, SHEET, merged=[]))) == 4


def test_shared_texts_that_swell_in_memory_are_refused() -> None:
    swelling = (f"<si><t>{n}\U0001f600{'a' * 200}</t></si>".encode() for n in range(170_000))
    with pytest.raises(Unfit) as unfit:
        open_workbook(workbook(texts=swelling))
    assert (unfit.value.problem, unfit.value.facts["most"]) == (Problem.UNPACKS_TOO_LARGE, 128)


def test_fifty_thousand_products_with_full_stories_fit() -> None:
    def texts() -> Iterator[bytes]:
        for n in range(50_000):
            # A name, a short and a long story, each longer than any that groups have told so far.
            for length in (30, 120, 500):
                yield f"<si><t>{n} {'ผ้าทอมือ ' * (length // 9)}</t></si>".encode()
                yield f"<si><t>{n} {'handwoven ' * (length // 9)}</t></si>".encode()

    assert len(open_workbook(workbook(texts=texts())).texts) == 300_000


def test_a_story_told_by_every_product_is_kept_once(tmp_path: Path) -> None:
    # Of 4,000 letters, four bytes each: kept at each of many products it would be a gigabyte.
    story = f"<si><t>\U0001f600 {'a ' * 1_990}</t></si>".encode()
    path = tmp_path / "catalogue.xlsx"
    path.write_bytes(workbook(sheet=stories([""] * 3), texts=[story]))
    products = read_catalogue(path, today=date(2026, 11, 22)).catalogue.products
    told = [product.story.long.th for product in products if product.story]
    assert len(told) == 3
    assert told[0] is told[1] is told[2]


def test_products_that_swell_in_memory_are_refused(tmp_path: Path) -> None:
    story = [f"<is><t>{n} \U0001f600 {'a' * 3_900}</t></is>" for n in range(9_000)]
    path = tmp_path / "catalogue.xlsx"
    path.write_bytes(workbook(sheet=stories(story)))
    with pytest.raises(Refusal) as refusal:
        read_catalogue(path, today=date(2026, 11, 22))
    faults: tuple[Fault, ...] = refusal.value.facts["faults"]  # type: ignore[assignment]  # facts are objects
    assert [fault.problem for fault in faults] == [Problem.UNPACKS_TOO_LARGE]

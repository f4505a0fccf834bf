"""Journal entries: each value has one spelling, and every other is refused."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.baskets import percent, product
from tests.sync.records import AT, BODIES, sale_of, sales
from tests.sync.test_canonical import by_the_book
from tofan_pos.domain.basket import LONGEST_REASON, MOST_LINES, MOST_VOIDED, Basket
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.money import MOST
from tofan_pos.domain.sale import Sale
from tofan_pos.sync import sales as sync_sales
from tofan_pos.sync.entries import KINDS, LONGEST_LINE, Opaque, entry_line, kind_of, read_entry
from tofan_pos.sync.events import ClockStepBody, GroupBody, GroupsBody
from tofan_pos.sync.kinds import Body, Sold


def line_of(body: Body, *, seq: int = 1) -> bytes:
    return entry_line(body, till="CTW1", epoch=1, seq=seq, at=AT)


SALE = line_of(
    sync_sales.sale_body(sale_of(Basket().scan(product())[0].discount_basket(percent(1000))))
)
STEP = line_of(ClockStepBody(seconds=5))


def refused(line: bytes) -> bool:
    try:
        read_entry(line)
    except Refusal as refusal:
        assert refusal.why is Why.ENTRY_MALFORMED  # noqa: PT017
        return True
    return False


@pytest.mark.parametrize("body", BODIES, ids=kind_of)
def test_every_kind_comes_back(body: Body) -> None:
    entry = read_entry(line_of(body, seq=7))
    assert not isinstance(entry, Opaque)
    assert (entry.body, entry.seq, entry.till, entry.epoch, entry.at) == (body, 7, "CTW1", 1, AT)
    assert kind_of(entry) == kind_of(body)


def test_every_kind_there_is_is_tried() -> None:
    assert {kind_of(body) for body in BODIES} | {"sale"} == KINDS


@given(sales(), st.integers(1, 2**53 - 1))
def test_any_sale_comes_back(sale: Sale, seq: int) -> None:
    line = line_of(sync_sales.sale_body(sale), seq=seq)
    entry = read_entry(line)
    assert isinstance(entry, Sold)
    assert sync_sales.sale_of(entry) == sale
    assert by_the_book(json.loads(line)).encode() == line


NAMES = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=60)


@given(NAMES, NAMES)
def test_hostile_names_are_only_text(thai: str, english: str) -> None:
    sale = sale_of(Basket().scan(product(name=Text(thai, english)))[0])
    line = line_of(sync_sales.sale_body(sale))
    assert b"\n" not in line
    entry = read_entry(line)
    assert isinstance(entry, Sold)
    assert sync_sales.sale_of(entry).lines[0].name == Text(thai, english)


def test_the_character_nought_is_neither_written_nor_read() -> None:
    with pytest.raises(Refusal):
        line_of(GroupsBody(groups=(GroupBody(code="G", label_en="a\0b", label_th=""),)))
    harmless = GroupBody(code="G", label_en="a\\u0000b", label_th="")
    line = line_of(GroupsBody(groups=(harmless,)))
    assert not refused(line)
    assert refused(line.replace(b"\\\\u0000", b"\\u0000"))


# Names are 80 characters at the most, codes 24; this is what they weigh most in UTF-8 and JSON.
@pytest.mark.parametrize("character", ["ก", "\U0001f9f5", '"'])
def test_the_fullest_basket_fits_an_entry(character: str) -> None:
    basket, reason = Basket(), character * LONGEST_REASON
    for i in range(MOST_LINES - 1):
        longest = product(
            f"{i:0>24}", MOST // 999 // MOST_LINES, name=Text(character * 80, character * 80)
        )
        basket, index = basket.scan(longest)
        basket = basket.set_quantity(index, 999)
        basket = basket.override_price(index, MOST // 999 // MOST_LINES - 1, reason)
        basket = basket.discount_line(index, percent(1111, reason))
    for _ in range(MOST_VOIDED):
        basket, index = basket.scan(product("V" * 24, 1))
        basket = basket.void_line(index)
    basket = basket.discount_basket(percent(1111, reason))
    assert len(line_of(sync_sales.sale_body(sale_of(basket)))) <= LONGEST_LINE


def test_a_hundred_groups_fit_an_entry() -> None:
    group = GroupBody(code="G" * 24, label_en="\U0001f9f5" * 60, label_th="\U0001f9f5" * 60)
    assert len(line_of(GroupsBody(groups=(group,) * 100))) <= LONGEST_LINE


def test_a_longer_line_is_never_written() -> None:
    group = GroupBody(code="G", label_en="x" * LONGEST_LINE, label_th="")
    with pytest.raises(Refusal) as refusal:
        line_of(GroupsBody(groups=(group,)))
    assert refusal.value.why is Why.ENTRY_TOO_LARGE


REWRITES: dict[str, Callable[[bytes], bytes]] = {
    "a float": lambda line: line.replace(b'"seq":1', b'"seq":1.0'),
    "an exponent": lambda line: line.replace(b'"seq":1', b'"seq":1e0'),
    "a leading nought": lambda line: line.replace(b'"seq":1', b'"seq":01'),
    "minus nought": lambda line: line.replace(b'"seq":1', b'"seq":-0'),
    "a negative": lambda line: line.replace(b'"seq":1', b'"seq":-1'),
    "a huge number": lambda line: line.replace(b'"seq":1', b'"seq":9007199254740992'),
    "a text for a number": lambda line: line.replace(b'"seq":1', b'"seq":"1"'),
    "true": lambda line: line.replace(b'"seq":1', b'"seq":true'),
    "null": lambda line: line.replace(b'"seq":1', b'"seq":null'),
    "NaN": lambda line: line.replace(b'"seq":1', b'"seq":NaN'),
    "a name twice": lambda line: line.replace(b'"seq":1', b'"seq":1,"seq":1'),
    "another order": lambda line: line.replace(b'"seq":1,"till":"CTW1"', b'"till":"CTW1","seq":1'),
    "a missing name": lambda line: line.replace(b'"seq":1,', b""),
    "an unknown name": lambda line: line.replace(b'"seq":1', b'"seq":1,"sex":1'),
    "an unknown name inside": lambda line: line.replace(b'"body":{', b'"body":{"a":1,'),
    "a space": lambda line: line.replace(b'"seq":1', b'"seq": 1'),
    "a space before": lambda line: b" " + line,
    "a line break behind": lambda line: line + b"\n",
    "a mark of byte order": lambda line: b"\xef\xbb\xbf" + line,
    "a second value": lambda line: line + b"1",
    "another escape": lambda line: line.replace(b"CTW1", b"\\u0043TW1"),
    "broken UTF-8": lambda line: line.replace(b"CTW1", b"C\xff1"),
    "an overlong nought": lambda line: line.replace(b"CTW1", b"C\xc0\x801"),
    "a surrogate": lambda line: line.replace(b"CTW1", b"C\\ud800"),
    "a moment with a line break": lambda line: line.replace(b'05Z"', b'05Z\\n"'),
    "a moment elsewhere": lambda line: line.replace(b'05Z"', b'05+07:00"'),
    "nothing": lambda _line: b"",
    "a list": lambda line: b"[" + line + b"]",
    "half": lambda line: line[: len(line) // 2],
    "no body": lambda line: re.sub(rb'"body":\{[^}]*\}', b'"body":{}', line),
    "depth": lambda line: line.replace(b'"seq":1', b'"seq":' + b"[" * 5000),
}


@pytest.mark.parametrize("name", REWRITES)
@pytest.mark.parametrize("line", [STEP, SALE], ids=["step", "sale"])
def test_every_other_spelling_is_refused(line: bytes, name: str) -> None:
    rewritten = REWRITES[name](line)
    assert rewritten != line
    assert refused(rewritten)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"quantity":1', b'"quantity":-1'),
        (b'"quantity":1', b'"quantity":1.5'),
        (b'"name_th"', b'"basket_discount":0,"name_th"'),
        (b'"tenders":[', b'"tenders":[{},'),
        (b'"business_date":"2026-11-22"', b'"business_date":"22/11/2026"'),
        (b'"business_date":"2026-11-22"', b'"business_date":"2026-11-22\\n"'),
        (b'"discount":{', b'"discount":null,"discount":{'),
    ],
)
def test_a_sale_spelled_otherwise_is_refused(old: bytes, new: bytes) -> None:
    rewritten = SALE.replace(old, new)
    assert rewritten != SALE
    assert refused(rewritten)


def unknown(**changes: Any) -> bytes:
    tree = {"at": AT, "body": {}, "epoch": 1, "kind": "lottery", "seq": 1, "till": "CTW1", "v": 1}
    return by_the_book(tree | changes).encode()


@pytest.mark.parametrize(
    "line",
    [
        unknown(),
        unknown(body={"deep": [["x"], {"y": -1}]}),
        unknown(kind="sale", v=2),
        unknown(kind="clock_step", v=0, new="field"),
    ],
)
def test_what_a_newer_till_says_is_kept_as_it_is(line: bytes) -> None:
    entry = read_entry(line)
    assert isinstance(entry, Opaque)
    assert (entry.seq, entry.till, entry.at) == (1, "CTW1", AT)


def nested(depth: int) -> object:
    return [nested(depth - 1)] if depth else 1


@pytest.mark.parametrize(
    "line",
    [
        unknown(kind="sale"),
        unknown(seq="1"),
        unknown(body=nested(8)),
        unknown(body=2**53),
        unknown().replace(b"{}", b"1.5"),
        unknown().replace(b"{}", b"null"),
        unknown().replace(b"{}", b"true"),
        unknown().replace(b"{}", b'{"a":1,"a":1}'),
        unknown().replace(b'"seq":1,', b""),
        unknown(body={"กขค": 1}),
        b"{}",
        b"[]",
        b'"sale"',
        b"1",
    ],
)
def test_what_nobody_could_mean_is_refused(line: bytes) -> None:
    assert refused(line)


@given(st.binary(max_size=300))
def test_any_bytes_are_an_entry_or_refused(line: bytes) -> None:
    assert refused(line)


@given(st.data())
def test_one_changed_byte_is_another_entry_or_refused(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(SALE) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != SALE[place]))
    changed = SALE[:place] + bytes([byte]) + SALE[place + 1 :]
    if not refused(changed):
        assert read_entry(changed) != read_entry(SALE)

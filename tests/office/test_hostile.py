"""What one till with a key of its own, or another user of the computer, must not be able to do."""

import os
import random
import stat
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from tests.office.forge import AT, Part, Till, all_rows, groups, key_of, refund, sale, void
from tests.sync.goods import WHOLE
from tofan_pos.app import Office
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.office.intake import Outcome
from tofan_pos.office.publishing import publish
from tofan_pos.office.rows import Rows, rows_of
from tofan_pos.store.office import OfficeStore
from tofan_pos.sync.canonical import canonical
from tofan_pos.sync.chain import Link
from tofan_pos.sync.documents import ReversalBody, SaleBody
from tofan_pos.sync.enrolment import write_request
from tofan_pos.sync.entries import entry_line
from tofan_pos.sync.record import LARGEST
from tofan_pos.sync.sales import read_moment
from tofan_pos.sync.sealed import Header


@pytest.mark.parametrize("lie", [LARGEST, LARGEST - 1, 10_002])
def test_a_till_that_lies_about_its_catalogue_uses_no_versions_up(
    office: Office, till: Till, lie: int
) -> None:
    def version() -> int:
        return publish(office.store, office.key(), WHOLE, clock=lambda: read_moment(AT)).version

    assert version() == 1
    office.reception.hello(till.hello(catalogue=lie))
    assert version() == 2
    # What an older state of this database may lack is beyond all that was told of.
    office.reception.hello(till.hello(catalogue=60))
    assert version() == 61


def test_what_was_revoked_while_its_file_was_unpacked_is_not_taken_in(
    office: Office, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(header: Header, links: Sequence[Link]) -> Rows:
        office.reception.revoke(till.code)
        return rows_of(header, links)

    monkeypatch.setattr("tofan_pos.office.intake.rows_of", slowly)
    taken = office.reception.take(till.file())
    assert isinstance(taken.result.problem, Refusal)
    assert taken.result.problem.why is Why.KEY_REVOKED
    assert office.store.counts()["entries"] == 0


ENDLESS = "".join(map(chr, random.Random(7).choices(range(0x4E00, 0x9FFF), k=9000)))
"""More than an index of any database holds, and no packing helps."""


def numbered(till: Till, body: SaleBody | ReversalBody, **changes: str) -> bytes:
    """Return a till's first entry, a document of its own but for what is changed."""
    number = f"{till.code}-{'V' if isinstance(body, SaleBody) else 'C'}000001"
    honest = structs.replace(body, number=number, id="0" * 32)
    whole = structs.replace(honest, **changes)
    return entry_line(whole, till=till.code, epoch=1, seq=1, at=AT)


def named(till: Till, body: SaleBody | ReversalBody, **changes: str) -> bytes:
    """Return such a document whose number is endless too."""
    return numbered(till, body, number=f"{till.code}-{ENDLESS}", **changes)


BOUGHT = sale(1, Part())
ENDLESSLY: dict[str, Callable[[Till], bytes]] = {
    "a kind": lambda till: canonical(till.plain(kind=ENDLESS)),
    "a group": lambda till: entry_line(
        groups(**{ENDLESS[:6000]: "x"}), till=till.code, epoch=1, seq=1, at=AT
    ),
    "a sale's id": lambda till: numbered(till, BOUGHT, id=ENDLESS),
    "a sale's number": lambda till: named(till, BOUGHT, document="SLIP"),
    "a kind of document": lambda till: numbered(till, BOUGHT, document=ENDLESS),
    "a refund's id": lambda till: numbered(till, refund(1, BOUGHT), id=ENDLESS),
    "what a refund is of": lambda till: numbered(till, refund(1, BOUGHT), of=ENDLESS),
    "a void's number": lambda till: named(till, void(BOUGHT), of=f"{till.code}-{ENDLESS}"),
}


@pytest.mark.parametrize("name", ENDLESSLY)
def test_no_text_is_longer_than_an_index_can_hold(
    office: Office, office_url: str, name: str
) -> None:
    till = Till().enrolled(office.store)
    till.put(ENDLESSLY[name](till))
    before = all_rows(office_url)
    result = office.reception.take(till.file()).result
    assert isinstance(result.problem, Refusal)
    assert result.problem.why is Why.ENTRY_MALFORMED
    assert all_rows(office_url) == before


def test_a_text_of_the_greatest_length_comes_in(office: Office) -> None:
    longest = "\U0001f9f5" * 100
    till = Till().enrolled(office.store)
    till.write(groups(**{longest: "Weavers"}))
    till.tell(kind=longest)
    body = structs.replace(sale(1), document=longest, id=longest, number=f"CTW1-{longest[:95]}")
    till.put(entry_line(body, till="CTW1", epoch=1, seq=3, at=AT))
    assert office.reception.take(till.file()).result.outcome is Outcome.IMPORTED


def test_a_letter_with_the_character_nought_is_no_letter(office: Office, office_url: str) -> None:
    till = Till().enrolled(office.store)
    office.key()
    before = all_rows(office_url)
    with pytest.raises(Refusal) as refused:
        office.reception.hello(till.hello(program="a\0b"))
    assert refused.value.why is Why.NOT_A_HELLO
    stranger = Till("EVL1", key=key_of("stranger"))
    asked = write_request(replace(stranger.request(), program="a\0b"), stranger.key)
    with pytest.raises(Refusal) as refused:
        office.reception.ask(asked)
    assert refused.value.why is Why.NOT_AN_ENROLMENT
    assert all_rows(office_url) == before


def test_a_request_that_an_older_program_kept_holds_no_other_up(office: Office) -> None:
    stranger, honest = Till("EVL1", key=key_of("stranger")), Till()
    asked = write_request(replace(stranger.request(), program="a\0b"), stranger.key)
    office.store.add_request(
        stranger.key.public, till="EVL1", epoch=1, at=AT, content=asked, most=9
    )
    office.reception.ask(write_request(honest.request(), honest.key))
    assert [request.till for request in office.reception.pending()] == ["CTW1"]


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX's")
def test_a_new_database_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        OfficeStore.create(f"sqlite:///{tmp_path / 'office.sqlite3'}").close()
    finally:
        os.umask(before)
    found = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert found == {0o600}

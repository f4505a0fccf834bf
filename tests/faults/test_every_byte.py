"""Row 9: what passes between a till and head office, cut and flipped at every byte: refused.

Nothing has changed by it: not a byte of the till's file, not a row at head office.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.domain.baskets import SOAK
from tests.faults import dealing
from tests.office.forge import AT, Till, all_rows, sale
from tofan_pos import app
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.errors import Refusal
from tofan_pos.office.intake import Outcome
from tofan_pos.store.office import OfficeStore
from tofan_pos.sync.enrolment import write_request
from tofan_pos.sync.sales import read_moment

BITS = range(8) if SOAK else (0,)
"""Which bits of every byte are flipped."""
NONCE = "0" * 32

Take = Callable[[bytes], object]


def damaged(content: bytes) -> Iterator[bytes]:
    """Yield a file cut before every byte, and with every byte flipped."""
    for at in range(len(content)):
        yield content[:at]
        for bit in BITS:
            flipped = bytearray(content)
            flipped[at] ^= 1 << bit
            yield bytes(flipped)


@pytest.fixture
def desk(work: Path) -> Iterator[Desk]:
    """Yield a till that has sold, and trusts head office."""
    dealing.make(work)
    with dealing.at_the_till(work) as desk:
        yield desk


@contextmanager
def unchanged(desk: Desk) -> Iterator[None]:
    before = desk.store.path.read_bytes()
    yield
    assert desk.store.path.read_bytes() == before


def all_refused(content: bytes, take: Take) -> int:
    """Take every damaged form of a file; return how many were refused, which is all."""
    forms = list(damaged(content))
    for form in forms:
        with pytest.raises(Refusal):
            take(form)
    return len(forms)


def test_row_9_an_acknowledgement(desk: Desk) -> None:
    word = dealing.OFFICE.says(desk, dealing.last(desk), nonce=NONCE)
    with unchanged(desk):
        assert all_refused(word, desk.dealings.take_acknowledgement) >= 2 * len(word)
    desk.dealings.take_acknowledgement(word, NONCE)
    assert desk.dealings.known().acked == dealing.last(desk)


def test_row_9_a_grant(desk: Desk) -> None:
    grant = dealing.OFFICE.grant(desk.dealings.request())
    with unchanged(desk):
        assert all_refused(grant, desk.dealings.trust) >= 2 * len(grant)
    desk.dealings.trust(grant)


def test_row_9_a_catalogue_file(desk: Desk) -> None:
    content = dealing.sent()
    with unchanged(desk):
        assert all_refused(content, desk.incoming.take) >= 2 * len(content)
    assert desk.incoming.take(content) == 1


def test_row_9_a_sync_file_a_request_and_a_hello(desk: Desk, work: Path) -> None:
    url = f"sqlite:///{work / 'office.db'}"
    OfficeStore.create(url).close()
    office = app.build_office(url, clock=lambda: read_moment(AT))
    till = Till().enrolled(office.store)
    office.key()
    for n in range(1, 4):
        till.write(sale(n))
    before = all_rows(url)
    content = till.file()
    for tried in damaged(content):
        taken = office.reception.take(tried)
        assert (taken.result.outcome, taken.letter) == (Outcome.REFUSED, None)
    all_refused(write_request(till.request(), till.key), office.reception.ask)
    hello = desk.dealings.hello(NONCE)
    all_refused(hello, office.reception.hello)
    all_refused(hello, office.reception.newest_for)
    assert all_rows(url) == before
    assert office.reception.take(content).result.outcome is Outcome.IMPORTED
    office.store.close()

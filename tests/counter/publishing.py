"""Head office as a till meets it: its key, trusted, and the catalogues it signs."""

from dataclasses import replace
from datetime import datetime

from tests.counter.tills import NOW, catalogue
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.published import Catalogue
from tofan_pos.store.dealings import HeadOffice
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.keys import SigningKey
from tofan_pos.sync.kinds import StoriesGone
from tofan_pos.sync.published import seal_catalogue

OFFICE, OTHER = SigningKey(b"o" * 32), SigningKey(b"p" * 32)


def trust(desk: Desk, key: SigningKey = OFFICE) -> None:
    """Let a till know head office's key, as people do when they have compared its fingerprint."""
    with desk.store.writing() as tx:
        tx.set_head_office(replace(HeadOffice(), office_key=key.public))


def published(
    version: int = 1,
    goods: Catalogue | None = None,
    *,
    at: datetime = NOW,
    key: SigningKey = OFFICE,
) -> bytes:
    """Return a catalogue file."""
    return seal_catalogue(goods or catalogue(), version=version, at=at, key=key)


def gone(desk: Desk) -> list[tuple[str, tuple[str, ...]]]:
    """Return what the journal says of stories that left: why, and whose."""
    with desk.store.reading() as look:
        entries = [read_entry(event.line) for event in look.events("stories_gone")]
    return [(one.body.why, one.body.codes) for one in entries if isinstance(one, StoriesGone)]


def kinds(desk: Desk, *, after: int) -> list[str]:
    """Return the kinds of the entries after one, in order."""
    return [entry.kind for entry in desk.store.entries(after)]

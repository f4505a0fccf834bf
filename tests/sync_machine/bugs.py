"""Bugs planted on purpose, each in our own code as it runs: none of them exists outside of tests.

Each is a slip that somebody could make. Beside it stand the promises that it breaks: the machine
must find one of them broken, and say which.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
import sqlalchemy as sa

from tests.sync_machine.promises import Promise
from tofan_pos.counter import incoming
from tofan_pos.counter.dealings import Dealings
from tofan_pos.counter.epochs import Epochs
from tofan_pos.domain import reversal, sale
from tofan_pos.office import acknowledging, gaps, placing, quarantine, reach
from tofan_pos.office.intake import Intake
from tofan_pos.office.reach import Held, Reach
from tofan_pos.store import office_chain, office_intake, office_turned_away
from tofan_pos.store import office_tables as schema
from tofan_pos.store.office import OfficeStore
from tofan_pos.store.office_tills import Signer
from tofan_pos.store.reading import Reading
from tofan_pos.sync import contact
from tofan_pos.sync import sales as sync_sales
from tofan_pos.sync.chain import Head
from tofan_pos.sync.marks import Marks

Plant = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True, slots=True)
class Bug:
    """How a bug is planted, and what it breaks."""

    plant: Plant
    breaks: frozenset[Promise]
    shows_by: frozenset[str]
    """The rules by which it shows soonest; it is found among all of them too, later."""


BUGS: dict[str, Bug] = {}


def breaks(*promises: Promise, by: str) -> Callable[[Plant], Plant]:
    """Add a bug that breaks promises, and shows by rules."""

    def add(plant: Plant) -> Plant:
        BUGS[plant.__name__] = Bug(plant, frozenset(promises), frozenset(by.split()))
        return plant

    return add


@breaks(Promise.KEPT, by="clone ring contact")
def a_known_number_with_another_hash_is_taken_for_known(patch: pytest.MonkeyPatch) -> None:
    def new_numbers(tx: Any, run: placing.Run) -> set[int]:
        new = set(range(run.header.first, run.header.last + 1))
        for span in tx.spans():
            new.difference_update(range(span.first, span.last + 1))
        return new

    patch.setattr(placing, "_new_numbers", new_numbers)


@breaks(Promise.TRUE_WORD, by="ring begin_epoch enrol seal deliver")
def head_office_counts_beyond_a_gap(patch: pytest.MonkeyPatch) -> None:
    def counted(held: Held, epoch: int) -> Reach:
        spans = held.spans.get(epoch)
        return Reach(Head(spans[-1].last, spans[-1].hash)) if spans else honest(held, epoch)

    honest = reach.reach
    patch.setattr(acknowledging, "reach", counted)


@breaks(Promise.KEPT, by="ring export carry spoil")
def what_was_written_counts_as_sent(patch: pytest.MonkeyPatch) -> None:
    def unsent(look: Reading) -> Any:
        found = honest(look)
        told = look.events("exported", newest=1)
        return replace(found, acked=max(found.acked, told[0].seq - 1)) if told else found

    honest = Reading.unsent
    patch.setattr(Reading, "unsent", unsent)


@breaks(Promise.NOTICED, Promise.NUMBERS, by="sell_and_send restore")
def a_restored_till_begins_no_epoch(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Epochs, "_follows", lambda *_: True)


@breaks(Promise.NUMBERS, by="sell_and_send restore")
def numbers_of_documents_do_not_name_the_epoch(patch: pytest.MonkeyPatch) -> None:
    def number(*, till: str, epoch: int, series: str, n: int) -> str:
        return f"{till}-{series}{n:06d}" if epoch else ""

    for module in (sale, reversal, sync_sales):
        patch.setattr(module, "document_number", number)


@breaks(Promise.NUMBERS, Promise.WELCOME, by="ring restore")
def an_epoch_begins_twice(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Marks, "newest_epoch", lambda *_: 0)


@breaks(Promise.WHOLE, Promise.KEPT, by="clone ring contact")
def what_is_kept_apart_is_overwritten(patch: pytest.MonkeyPatch) -> None:
    def keep(connection: Any, run: Any, **more: Any) -> None:
        table = schema.quarantine
        connection.execute(table.delete().where(table.c.till == run.till))
        honest(connection, run, **more)

    honest = office_chain.keep_apart
    patch.setattr(office_intake, "keep_apart", keep)


@breaks(Promise.SHARES, by="clone ring contact")
def what_is_held_is_counted_again_apart(patch: pytest.MonkeyPatch) -> None:
    def brought(_tx: Any, header: Any, *_: Any) -> set[int]:
        return set(range(header.first, header.last + 1))

    patch.setattr(quarantine, "_brought", brought)


@breaks(Promise.FORWARD, by="enrol offer")
def an_older_catalogue_is_applied(patch: pytest.MonkeyPatch) -> None:
    def take(self: incoming.Incoming, content: bytes) -> int:
        # What is in use counts for nothing.
        with self.journal.store.writing() as tx:
            tx.set_head_office(replace(tx.head_office(), catalogue=0))
            tx.set_incoming({})
        return honest(self, content)

    honest = incoming.Incoming.take
    patch.setattr(incoming.Incoming, "take", take)


@breaks(Promise.HEEDED, Promise.KEPT, by="ring forge enrol")
def a_strangers_word_is_believed(patch: pytest.MonkeyPatch) -> None:
    def read(self: Dealings, content: bytes, nonce: str = "") -> Any:
        known = self.known().office_key

        def opened(letter: bytes) -> contact.Acknowledgement:
            return replace(told(letter), office_key=known)

        with pytest.MonkeyPatch.context() as inner:
            inner.setattr(contact, "acknowledgement_in", opened)
            return honest(self, content, nonce)

    honest, told = Dealings.take_acknowledgement, contact.acknowledgement_in
    patch.setattr(Dealings, "take_acknowledgement", read)


# What a stranger was believed in stands where an honest till's own is to come: either shows it.
@breaks(Promise.SIGNED, Promise.WELCOME, by="ring enrol forge")
def a_key_is_not_compared(patch: pytest.MonkeyPatch) -> None:
    def trusted(_self: Intake, sealed: Any) -> Signer:
        return Signer(sealed.header.till, sealed.header.epoch, 0, "trusted")

    patch.setattr(Intake, "_trusted", trusted)


@breaks(Promise.NAMED, by="ring restore")
def a_gap_is_not_named(patch: pytest.MonkeyPatch) -> None:
    def missing(held: Held, epoch: int) -> Iterator[gaps.Gap]:
        return iter(list(honest(held, epoch))[1:])

    honest = gaps.missing
    patch.setattr(gaps, "missing", missing)


@breaks(Promise.NAMED, by="ring restore")
def what_went_with_a_file_is_not_told(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Epochs, "_lost", lambda *_: ())


@breaks(Promise.KEPT, by="sell_and_send office_is_put_back")
def a_till_never_goes_back_with_head_office(patch: pytest.MonkeyPatch) -> None:
    def now(look: Reading, known: Any, said: Any) -> Any:
        found = honest(look, known, said)
        if found.acked >= known.acked:
            return found
        return replace(found, acked=known.acked, acked_hash=known.acked_hash)

    honest = Dealings._now  # noqa: SLF001 - a slip in its very middle
    patch.setattr(Dealings, "_now", staticmethod(now))


@breaks(Promise.KEPT, Promise.WELCOME, by="rotate sell_and_send")
def a_key_that_a_till_took_is_not_learnt(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(placing, "_take_key", lambda *_: None)


@breaks(Promise.KEPT, Promise.WHOLE, by="clone ring contact")
def what_came_apart_is_not_kept(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(office_intake, "keep_apart", lambda *_, **__: None)


@breaks(Promise.REMEMBERED, by="ring export carry")
def what_was_turned_away_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(OfficeStore, "turn_away", lambda *_, **__: None)


@breaks(Promise.REMEMBERED, by="ring export carry enrol")
def what_was_turned_away_is_told_of_for_ever(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(office_turned_away, "_came_in", sa.false)

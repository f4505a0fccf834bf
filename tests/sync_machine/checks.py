"""What is looked at after every step, and at the end: each promise held against what is there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256

from tests.counter.tills import proof
from tests.sync_machine.history import DOCUMENTS, Written
from tests.sync_machine.house import Holdings, hashes_in
from tests.sync_machine.places import Place
from tests.sync_machine.promises import Promise, held_to
from tests.sync_machine.world import World
from tofan_pos.office.gaps import Gap, all_gaps

Key = tuple[str, int, int]


def after_a_step(world: World) -> None:
    """Look at every till that something was done at, and at head office if anything came."""
    for place in world.places:
        if place.n in world.stirred:
            _till(world, place)
    world.stirred.clear()
    if world.news:
        held = world.house.read()
        _holdings(world, held)
        _named(world, held)
        _remembered(world)
        world.news = False


def _till(world: World, place: Place) -> None:
    found = proof(place.desk)
    held_to(Promise.PROVEN, found.flaw is None, f"{place}: {found}")
    known = place.desk.dealings.known()
    held_to(Promise.HEEDED, known.acked <= len(place.chain), f"{place}: {known.acked}")
    told = place.chain[: known.acked]
    strange = [n for n, one in enumerate(told, 1) if one not in world.ever_held]
    held_to(Promise.HEEDED, not strange, f"{place} takes {strange} for held")
    trusted = known.office_key in {b"", world.house.office.key().public}
    held_to(Promise.HEEDED, trusted, f"{place} trusts a stranger")


def _holdings(world: World, held: Holdings) -> None:
    written, mind = world.history.entries, world.house.mind
    for place, digest in held.ledger.items():
        known = digest in written and written[digest].place == place
        held_to(Promise.SIGNED, known, f"{place}")
    apart = hashes_apart(held)
    held_to(Promise.SIGNED, apart <= written.keys(), "in a file that is kept apart")
    for name, content in mind.apart.items():
        held_to(Promise.WHOLE, held.apart.get(name) == content, name)
    for name, content in held.apart.items():
        held_to(Promise.WHOLE, sha256(content).hexdigest() == name, name)
    there = apart | set(held.ledger.values())
    lost = [str(written[one].place) for one in mind.held - there]
    held_to(Promise.KEPT, not lost, f"taken, and not there: {sorted(lost)}")
    held_to(Promise.SIGNED, there <= mind.held, "there, and never taken")
    _documents(held, written)
    _keys(world, held)


def _documents(held: Holdings, written: dict[bytes, Written]) -> None:
    """Hold the rows that money is added up from against the entries they are of."""
    entries = {
        place: written[digest]
        for place, digest in held.ledger.items()
        if written[digest].kind in DOCUMENTS
    }
    rows = [document.place for document in held.documents]
    held_to(Promise.ONCE, len(rows) == len(set(rows)), "a document has two rows")
    held_to(Promise.ONCE, set(rows) <= entries.keys(), "a document of no entry")
    held_to(Promise.KEPT, entries.keys() <= set(rows), "an entry has lost its document")
    ids = [document.id for document in held.documents]
    held_to(Promise.ONCE, len(ids) == len(set(ids)), "one sale stands twice")
    for document in held.documents:
        entry = entries[document.place]
        same = (document.id, document.number, document.share) == (
            entry.id,
            entry.number,
            entry.share,
        )
        held_to(Promise.SHARES, same, f"{document} of {entry}")


def _keys(world: World, held: Holdings) -> None:
    """Hold the keys that are trusted against those that tills began epochs with, or took."""
    took = {
        (entry.key, entry.till, entry.epoch)
        for entry in world.history.entries.values()
        if entry.key
    }
    strange = [whose for key, whose in held.keys.items() if (key, *whose) not in took]
    held_to(Promise.SPOKEN_FOR, not strange, f"{strange}")


# --- what is missing -----------------------------------------------------------------------------


def _named(world: World, held: Holdings) -> None:
    """Hold what head office names as missing against what it should name, where that is known."""
    expected, guessed = missing(world, held)
    gaps = all_gaps(world.house.office.store)
    to_come, lost = numbers(gap for gap in gaps if not gap.lost), numbers(g for g in gaps if g.lost)
    for till in {row[0] for row in held.epochs} - guessed:
        ours = {key for key in to_come | lost if key[0] == till}
        theirs = {key for key in expected if key[0] == till}
        holds = theirs <= ours and ours - lost <= theirs
        held_to(Promise.NAMED, holds, f"named {sorted(ours)}, missing {sorted(theirs)}")
    there = set(held.ledger.values()) | hashes_apart(held)
    false = [key for key in lost if world.history.under[key] <= there]
    held_to(Promise.NAMED, not false, f"named as lost, and here: {sorted(false)}")
    untold = sorted(set(known_as_lost(world, there)) - to_come - lost)
    held_to(Promise.NAMED, not untold, f"told of as lost, and not named: {untold}")


def _remembered(world: World) -> None:
    """Hold what is told of as turned away against what was, and has not come in since."""
    mind = world.house.mind
    expected = {key: one.last for key, one in mind.turned_away.items() if one.hash not in mind.held}
    told = {
        (one.public_key, one.till, one.epoch): one.last
        for one in world.house.office.store.turned_away()
    }
    world.tally["turned away"] += len(expected)
    held_to(Promise.REMEMBERED, told == expected, f"told {told}, turned away {expected}")


def numbers(gaps: Iterable[Gap]) -> set[Key]:
    """Return every single entry of gaps."""
    return {(gap.till, gap.epoch, n) for gap in gaps for n in range(gap.first, gap.last + 1)}


def hashes_apart(held: Holdings) -> set[bytes]:
    """Return the hashes of all that is kept apart."""
    return {one for content in held.apart.values() for one in hashes_in(content)}


def known_as_lost(world: World, there: set[bytes]) -> Iterator[Key]:
    """Yield what the epochs that are held say was lost, as far as it is held nowhere.

    Of numbers that were written twice only the end of a run is told for sure.
    """
    written, under = world.history.entries, world.history.under
    for opening in map(written.__getitem__, there):
        for run in opening.lost:
            end = bytes.fromhex(run.hash)
            entry = written[end] if end not in there else None
            while entry is not None and entry.seq >= run.first:
                if entry.hash == end or (entry.hash not in there and len(under[entry.place]) == 1):
                    yield entry.place
                entry = written.get(entry.prev)


def missing(world: World, held: Holdings) -> tuple[set[Key], set[str]]:
    """Return what is missing by all that has come in, and the tills of which it is not told yet.

    An epoch lacks what lies between its first entry and the last of it that is known of: by an
    entry that is held, or by where the epoch after it began. What was lost is told apart.
    """
    written = world.history.entries
    apart, ledger, guessed = hashes_apart(held), set(held.ledger.values()), set[str]()
    tops: dict[tuple[str, int], int] = defaultdict(int)
    for till, epoch, seq in held.ledger:
        tops[till, epoch] = max(tops[till, epoch], seq)
    for till, epoch, after, after_hash in held.epochs:
        if not after:
            continue
        before, digest = written[bytes.fromhex(after_hash)], bytes.fromhex(after_hash)
        first = held.ledger.get((till, epoch, after + 1))
        if digest not in ledger and (first is None or digest in apart):
            if first is None:
                guessed.add(till)
            continue
        if before.epoch not in {row[1] for row in held.epochs if row[0] == till}:
            guessed.add(till)
        tops[till, before.epoch] = max(tops[till, before.epoch], after)
    lacks = {
        (till, epoch, seq)
        for till, epoch, after, _ in held.epochs
        for seq in range(after + 1, tops[till, epoch] + 1)
        if (till, epoch, seq) not in held.ledger
    }
    return lacks, guessed


# --- the end -------------------------------------------------------------------------------------


def at_the_end(world: World) -> None:
    """Look at everything, once all tills have said all they have to head office."""
    world.stirred.update(place.n for place in world.places)
    world.news = True
    after_a_step(world)
    held, written, mind = world.house.read(), world.history.entries, world.house.mind
    for place in world.places:
        absent = [n for n, one in enumerate(place.chain, 1) if one not in mind.held]
        held_to(Promise.KEPT, not absent, f"{place} has {absent}, and head office has not")
        known = place.desk.dealings.known()
        held_to(
            Promise.KEPT,
            known.acked == len(place.chain),
            f"{place} has {len(place.chain)}, and {known.acked} are acknowledged",
        )
    _lost(world)
    _sums(held, written)


def _lost(world: World) -> None:
    """Hold what was lost with a till's file against what is named as missing."""
    named = numbers(all_gaps(world.house.office.store))
    for digest in world.history.promised - world.house.mind.held:
        entry = world.history.entries[digest]
        # Where two tills wrote under one number, the end of what is missing is named at least.
        twice = len(world.history.under[entry.place]) > 1
        told = entry.place in named or (
            twice and any(key[:2] == entry.place[:2] and key[2] >= entry.seq for key in named)
        )
        held_to(Promise.NAMED, told, f"{entry.place} is lost, and nobody is told")


def _sums(held: Holdings, written: dict[bytes, Written]) -> None:
    """Hold the money of what is kept apart against the sales that are nowhere else."""
    ledger = set(held.ledger.values())
    apart = hashes_apart(held) - ledger
    sales = [written[one] for one in apart if written[one].kind in DOCUMENTS]
    count = sum(entry.kind == "sale" for entry in sales)
    total = sum(entry.total for entry in sales)
    held_to(Promise.SHARES, held.apart_sums == (count, total), f"{held.apart_sums} {count, total}")

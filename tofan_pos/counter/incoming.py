"""Catalogues from head office: taken when they come, applied between sales, forgotten when gone.

A till sells on whatever comes: an older version, another's key or half a file changes nothing, and
a catalogue that cannot be applied is put aside while the one before stays in force.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tofan_pos.counter.access import Access
from tofan_pos.counter.journal import Journal
from tofan_pos.counter.laying import day_of, lay_out, let_go
from tofan_pos.counter.register import Register
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.domain.published import LEASE_DAYS, Left, over, without
from tofan_pos.store.incoming import BEFORE, IN_USE, REFUSED, WAITING, IncomingRow
from tofan_pos.store.reading import Reading
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.events import CatalogueBody
from tofan_pos.sync.folder import read_at_most
from tofan_pos.sync.keys import fingerprint
from tofan_pos.sync.kinds import CatalogueLoaded
from tofan_pos.thai.dates import business_day

if TYPE_CHECKING:
    from tofan_pos.sync.published import SealedCatalogue

_OF_THE_PLACE = frozenset({Ailment.KEY_MISSING, Ailment.KEY_UNREADABLE})
"""Troubles with this till's own secrets: the catalogue is good, and is tried again at a start."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a catalogue that waited.

    With a `problem` it was put aside and the till sells on by the one before; else it is in force.
    `gone` are the codes of the products whose story or picture left the till by it.
    """

    version: int
    products: int = 0
    gone: tuple[str, ...] = ()
    problem: Refusal | Trouble | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """What head office publishes, as one till takes it in."""

    journal: Journal
    access: Access
    register: Register

    # --- taking ---------------------------------------------------------------------------------

    @staticmethod
    def read(path: Path) -> bytes:
        """Return a catalogue file's bytes, never many more than one can have.

        Raises `Trouble(FILE_UNREADABLE)`.
        """
        from tofan_pos.sync.published import LARGEST_FILE  # noqa: PLC0415 - a start reads no catalogue

        return read_at_most(path, LARGEST_FILE)

    def take(self, content: bytes) -> int:
        """Keep a catalogue file until it can be applied, and return its version.

        A file that is in use or waits already changes nothing. Raises `Refusal(
        NOT_A_CATALOGUE_FILE | NO_OFFICE_YET | OFFICE_KEY_DIFFERS | CATALOGUE_OLDER |
        CATALOGUE_TWICE)`, the last where another file has that version.
        """
        from tofan_pos.sync.published import unseal_catalogue  # noqa: PLC0415 - as above

        sealed = unseal_catalogue(content)
        with self.journal.store.writing() as tx:
            known = tx.head_office()
            if not known.office_key:
                raise Refusal(Why.NO_OFFICE_YET)
            if sealed.office_key != known.office_key:
                raise Refusal(Why.OFFICE_KEY_DIFFERS, fingerprint=fingerprint(sealed.office_key))
            rows = _ours(tx)
            held = max([known.catalogue, *(r.version for r in rows if r.state == WAITING)])
            if sealed.version < held:
                raise Refusal(Why.CATALOGUE_OLDER, version=sealed.version, held=held)
            digests = {row.state: row.sha256 for row in rows if row.version == sealed.version}
            if sealed.sha256 in digests.values():
                return sealed.version
            if sealed.version == known.catalogue:
                # Its file may be gone, as one story in it was over; the journal tells of it.
                if _journalled(tx, sealed.version) not in {"", sealed.sha256}:
                    raise Refusal(Why.CATALOGUE_TWICE, version=sealed.version)
                return sealed.version
            if WAITING in digests:
                raise Refusal(Why.CATALOGUE_TWICE, version=sealed.version)
            # One waits at a time: the newest.
            tx.set_incoming({r.version: r.state for r in rows if r.state in {IN_USE, BEFORE}})
            tx.keep_incoming(_row(sealed, len(content)), content)
            newest = max(known.newest_catalogue, sealed.version)
            tx.set_head_office(replace(known, newest_catalogue=newest))
        return sealed.version

    def waiting(self) -> int:
        """Return the version that waits to be applied, nought where none does."""
        return self._newest(WAITING)

    def refused(self) -> int:
        """Return the version that could not be applied, nought where none was put aside."""
        return self._newest(REFUSED)

    def held(self) -> int:
        """Return the newest version that is here, whatever it is: no other need be fetched."""
        with self.journal.store.reading() as look:
            known = look.head_office()
            return max([known.catalogue, *(row.version for row in _ours(look))])

    def _newest(self, state: str) -> int:
        with self.journal.store.reading() as look:
            return max((row.version for row in _ours(look) if row.state == state), default=0)

    # --- applying -------------------------------------------------------------------------------

    def apply(self) -> Applied | None:
        """Sell by the catalogue that waits from now on; None where none does.

        All of it or nothing, in one transaction, never within a sale: raises
        `Refusal(BASKET_OPEN)`. What is wrong with it, or with the till's own secrets, is told in
        `Applied.problem`, and it is not tried again. Raises `Trouble` where the till's file
        cannot be written; then it waits on.
        """
        with self.journal.store.reading() as look:
            rows = [row for row in _ours(look) if row.state == WAITING]
            content = look.incoming_content(rows[-1].version) if rows else b""
        if not rows:
            return None
        if self.register.basket.lines or self.register.exchange is not None:
            raise Refusal(Why.BASKET_OPEN)
        version = rows[-1].version
        problem: Refusal | Trouble
        try:
            applied = self._apply(content, version)
        except Refusal as refusal:
            problem = refusal
        except Trouble as trouble:
            if trouble.ailment not in _OF_THE_PLACE:
                raise
            problem = trouble
        else:
            self.access.look_again()
            self.register.look_again()
            return applied
        self._put_aside(version, problem)
        return Applied(version, problem=problem)

    def _apply(self, content: bytes, version: int) -> Applied:
        from tofan_pos.sync.published import unseal_catalogue  # noqa: PLC0415 - as above

        sealed = unseal_catalogue(content)
        catalogue = sealed.catalogue()
        lapsed = over(catalogue, business_day(self.journal.clock()))
        kept = without(catalogue, lapsed)
        with self.journal.fact() as fact:
            known = fact.tx.head_office()
            if sealed.office_key != known.office_key:
                raise Refusal(Why.OFFICE_KEY_DIFFERS, fingerprint=fingerprint(sealed.office_key))
            if not known.catalogue < sealed.version == version:
                raise Refusal(Why.CATALOGUE_OLDER, version=version, held=known.catalogue)
            products = len(kept.products)
            body = CatalogueBody(products=products, sha256=sealed.sha256, version=version)
            fact.write(body)
            gone = lay_out(fact, kept)
            if kept.staff:
                self.access.load_staff(fact, kept.staff, published=True)
            newest = max(known.newest_catalogue, version)
            fact.tx.set_head_office(replace(known, catalogue=version, newest_catalogue=newest))
            states = {version: IN_USE}
            states |= {row.version: BEFORE for row in _ours(fact.tx) if row.state == IN_USE}
            if lapsed:
                # Its own file tells more than may be told by now.
                del states[version]
            fact.tx.set_incoming(states)
            # All of it is laid out by now, but what proves PINs here under this till's pepper: a
            # copy of the till's file must not hold that without.
            fact.tx.empty_incoming(version)
            let_go(fact, self.journal.store, gone, lapsed=lapsed, in_use=version)
        return Applied(version, products, gone.gone)

    def _put_aside(self, version: int, problem: Refusal | Trouble) -> None:
        word = problem.why.value if isinstance(problem, Refusal) else problem.ailment.value
        with self.journal.store.writing() as tx:
            states = {row.version: row.state for row in tx.incoming()}
            tx.set_incoming(states | {version: REFUSED}, problem=word)
            if isinstance(problem, Refusal):
                tx.empty_incoming(version)

    # --- as days go by --------------------------------------------------------------------------

    def begin(self) -> None:
        """Do at a start, and when the day turns, what is due; what cannot be done now is later.

        Stories over their lease leave, prices of the business date hold, a file that is needed no
        more is forgotten, and what only this till's secrets stood in the way of waits again.
        """
        try:
            self.lapse()
            self.used()
            self.turn()
            self._try_again()
        except Trouble:
            # Nothing of this is worth not selling for.
            return

    def lapse(self) -> tuple[str, ...]:
        """Let the stories leave whose lease is over, and return their products' codes."""
        today = business_day(self.journal.clock())
        with self.journal.store.reading() as look:
            codes = look.over(today.isoformat())
        if not codes:
            return ()
        with self.journal.fact() as fact:
            codes = fact.tx.over(today.isoformat())
            fact.tx.forget_stories(codes)
            let_go(fact, self.journal.store, Left(codes, codes), lapsed=codes)
        return codes

    def used(self) -> bool:
        """Forget the catalogue before once something was sold by the one in use; tell if so."""
        with self.journal.store.reading() as look:
            if not any(row.state == BEFORE for row in look.incoming()):
                return False
            loaded = look.events("catalogue", newest=1)
            if not loaded or look.last_sale_seq() < loaded[0].seq:
                return False
        with self.journal.store.writing() as tx:
            tx.set_incoming({r.version: r.state for r in tx.incoming() if r.state != BEFORE})
        return True

    def turn(self) -> None:
        """Let every product cost what it costs on the business date that counts now."""
        at = self.journal.clock()
        with self.journal.store.reading() as look:
            if look.is_priced_on(day_of(look, at).isoformat()):
                return
        with self.journal.store.writing() as tx:
            tx.set_prices(day_of(tx, at).isoformat())

    def _try_again(self) -> None:
        with self.journal.store.reading() as look:
            aside = [row for row in _ours(look) if row.state == REFUSED and row.size]
            content = look.incoming_content(aside[-1].version) if aside else b""
        if not content:
            return
        from tofan_pos.sync.published import unseal_catalogue  # noqa: PLC0415 - as above

        version = aside[-1].version
        try:
            last = business_day(unseal_catalogue(content).at) + timedelta(days=LEASE_DAYS)
        except Refusal:
            last = date.min
        with self.journal.store.writing() as tx:
            if business_day(self.journal.clock()) > last:
                # Damaged, or none of its stories may be told any more: nothing of it is kept.
                tx.empty_incoming(version)
            else:
                states = {row.version: row.state for row in tx.incoming()}
                tx.set_incoming(states | {version: WAITING})


def _ours(look: Reading) -> list[IncomingRow]:
    """Return the files that came from the head office trusted now, oldest version first."""
    key = look.head_office().office_key
    return [row for row in look.incoming() if row.office_key == key]


def _journalled(look: Reading, version: int) -> str:
    """Return the digest of the catalogue of a version that was gone over to; empty without one."""
    for event in reversed(look.events("catalogue")):
        entry = read_entry(event.line)
        if isinstance(entry, CatalogueLoaded) and entry.body.version == version:
            return entry.body.sha256
    return ""


def _row(sealed: "SealedCatalogue", size: int) -> IncomingRow:
    return IncomingRow(sealed.version, WAITING, sealed.sha256, sealed.office_key, "", size)

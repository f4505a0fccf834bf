"""The till's papers: found by number, built anew from the journal, asked for again and marked."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from tofan_pos.counter.till_keys import TillKeys
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.domain.numbering import document_number
from tofan_pos.domain.reversal import SERIES as REFUNDS
from tofan_pos.domain.reversal import Reversal, ReversalKind, cash_in
from tofan_pos.domain.till import TillProfile
from tofan_pos.receipt.document import Document
from tofan_pos.store.counter import CounterStore
from tofan_pos.store.facts import EntryRow, StoredReversal, StoredSale
from tofan_pos.sync import kinds
from tofan_pos.sync.chain import anchor
from tofan_pos.sync.entries import read_entry
from tofan_pos.thai.keyboard import decodings
from tofan_pos.thai.numerals import to_arabic
from tofan_pos.words import Words

if TYPE_CHECKING:
    from tofan_pos.domain.report import TillReport
    from tofan_pos.domain.sale import Sale


_NUMBER = re.compile(r"(?P<till>[A-Z0-9.]+)-(?P<series>[A-Z])(?P<n>\d{1,9})", re.ASCII)
_PLAIN = re.compile(r"\d{1,6}", re.ASCII)
Z_REPORTS = "Z"
"""The letter of Z reports' numbers."""
RECEIPT, GIFT = "receipt", "gift"
"""What a paper that is asked for again may be."""


@dataclass(frozen=True, slots=True)
class Papers:
    """The till's papers. `words` holds every language a receipt may be printed in."""

    store: CounterStore
    profile: TillProfile
    words: dict[str, Words]
    keys: TillKeys

    # --- finding --------------------------------------------------------------------------------

    def find(self, number: str) -> StoredSale:
        """Return the sale with a receipt number, scanned or typed, or the `last` one.

        The last digits alone will do, for this till's own series.
        """
        if number == "last":
            found = self.store.last_sale()
            if found is None:
                raise Refusal(Why.NOTHING_SOLD_YET)
            return found
        for series, n, said in self._readings(number):
            found = self.store.sale_numbered(series, n)
            if found is not None and said in {"", found.sale.number}:
                return found
        raise Refusal(Why.NO_SUCH_RECEIPT, number=number[:40])

    def find_refund(self, number: str) -> StoredReversal:
        """Return the refund with a number, scanned or typed."""
        for series, n, said in self._readings(number):
            if series != REFUNDS:
                continue
            with self.store.reading() as look:
                found = look.refund_numbered(series, n)
            if found is not None and said in {"", found.reversal.number}:
                return found
        raise Refusal(Why.NO_SUCH_RECEIPT, number=number[:40])

    def find_z(self, number: str) -> kinds.SessionClosed | None:
        """Return the closing whose Z report has a number, or None."""
        for series, n, _ in self._readings(number):
            if series != Z_REPORTS:
                continue
            with self.store.reading() as look:
                entries = [read_entry(event.line) for event in look.events("session_closed")]
            for entry in entries:
                if isinstance(entry, kinds.SessionClosed) and entry.body.figures.n == n:
                    return entry
        return None

    def _readings(self, number: str) -> list[tuple[str, int, str]]:
        """Return series, number, and the whole text, for each way a number can be read."""
        found = []
        for reading in (to_arabic(number[:80]), *decodings(number[:80])):
            said = reading.strip().upper()
            if match := _NUMBER.fullmatch(said):
                found.append((match["series"], int(match["n"]), said))
            elif _PLAIN.fullmatch(said):
                found.append((self.profile.kind.series, int(said), ""))
        return found

    def number(self, series: str, n: int, *, epoch: int) -> str:
        """Write the number of one of this till's documents."""
        return document_number(till=self.profile.till, epoch=epoch, series=series, n=n)

    # --- building -------------------------------------------------------------------------------

    def receipt(self, stored: StoredSale, *, copy: int = 0, gift: bool = False) -> Document:
        """Build a stored sale's receipt, with the stories that may be told on its day."""
        from tofan_pos.receipt.build import receipt  # noqa: PLC0415 - off the first paint

        sale = stored.sale
        products = self.store.products_with([line.code for line in sale.lines])
        stories = {code: p.story for code, p in products.items() if p.story is not None}
        return receipt(
            sale,
            profile=self._profile_on(sale.business_date),
            anchor=anchor(stored.hash),
            stories=stories,
            words=self.words,
            tender_names=self.tender_names(),
            copy=copy,
            return_code="" if gift else self._return_code(sale),
            voided=self._void_of(sale.number),
            gift=gift,
            training=self.profile.training,
        )

    def refund(self, stored: StoredReversal, *, copy: int = 0) -> Document:
        """Build the paper of a refund, or of a void: the receipt again, marked."""
        from tofan_pos.receipt.refund import refund  # noqa: PLC0415 - as above

        reversal = stored.reversal
        if reversal.kind is ReversalKind.VOID:
            return self.receipt(self.find(reversal.of), copy=copy)
        return refund(
            reversal,
            profile=self._profile_on(reversal.business_date),
            words=self.words,
            anchor=anchor(stored.hash),
            tender_names=self.tender_names(),
            exchange=self._exchanged_for(stored),
            copy=copy,
            training=self.profile.training,
        )

    def x(self, report: "TillReport", *, blind: bool = False) -> Document:
        """Build the paper of an X report; a `blind` one tells nothing of what the drawer holds."""
        from tofan_pos.receipt.report import till_report  # noqa: PLC0415 - as above

        return till_report(
            report,
            profile=self._profile_on(report.business_date),
            words=self.words,
            tender_names=self.tender_names(),
            training=self.profile.training,
            blind=blind,
        )

    def at(self, seq: int) -> tuple[str, Document] | None:
        """Build the paper of an entry, with a name for it; None where the entry has none."""
        found = self._at(seq)
        if found is not None and self.profile.training:
            # The drawer is the real one: nobody learns with what is in it.
            return found[0], replace(found[1], opens_drawer=False)
        return found

    def _at(self, seq: int) -> tuple[str, Document] | None:
        with self.store.reading() as look:
            row = look.entry_at(seq)
        if row is None:
            return None
        if row.kind == "sale":
            stored = self.store.sale_at(seq)
            if stored is None:
                return None
            cash = any(tender.kind.is_cash for tender in stored.sale.tenders)
            return stored.sale.number, replace(self.receipt(stored), opens_drawer=cash)
        return self._of_entry(row)

    def _of_entry(  # noqa: PLR0911 - one paper for each kind of entry
        self, row: EntryRow
    ) -> tuple[str, Document] | None:
        match read_entry(row.line):
            case kinds.Refunded() | kinds.Voided():
                with self.store.reading() as look:
                    stored = look.reversal_at(row.seq)
                if stored is None:
                    return None
                cash = cash_in(stored.reversal.tenders) > 0
                return stored.reversal.number, replace(self.refund(stored), opens_drawer=cash)
            case kinds.NoSale():
                languages = self.profile.receipt_language.languages
                nothing = Document(title="", languages=languages, blocks=(), opens_drawer=True)
                return f"{self.profile.till}-drawer", nothing
            case kinds.Reprinted(body=body):
                return body.number, self._again(body.number, body.paper, body.copy)
            case kinds.Moved() as entry:
                return entry.body.number, replace(self._slip(entry, row), opens_drawer=True)
            case kinds.SessionOpened() as entry:
                slip = replace(self._opening(entry, row), opens_drawer=True)
                return self.number("S", entry.body.n, epoch=entry.epoch), slip
            case kinds.SessionClosed() as entry:
                return self._z(entry)
            case _:
                return None

    def _again(self, number: str, paper: str, copy: int) -> Document:
        if number.rpartition("-")[2].startswith(REFUNDS):
            return self.refund(self.find_refund(number), copy=copy)
        if (row := self.find_z(number)) is not None:
            return self._z(row, copy=copy)[1]
        if paper == GIFT:
            return self.receipt(self.find(number), gift=True)
        return self.receipt(self.find(number), copy=copy)

    def _slip(self, entry: kinds.Moved, row: EntryRow) -> Document:
        from tofan_pos.receipt.slips import movement  # noqa: PLC0415 - as above
        from tofan_pos.sync.days import movement_of  # noqa: PLC0415 - as above

        moved = movement_of(entry)
        return movement(
            moved,
            profile=self._profile_on(moved.business_date),
            words=self.words,
            anchor=anchor(row.hash),
            training=self.profile.training,
        )

    def _opening(self, entry: kinds.SessionOpened, row: EntryRow) -> Document:
        from tofan_pos.receipt.slips import opening  # noqa: PLC0415 - as above
        from tofan_pos.sync.days import session_of  # noqa: PLC0415 - as above

        session = session_of(entry)
        return opening(
            session,
            profile=replace(self._profile_on(session.business_date), epoch=entry.epoch),
            words=self.words,
            anchor=anchor(row.hash),
            approved_by=entry.body.approved_by,
            training=self.profile.training,
        )

    def _z(self, entry: kinds.SessionClosed, *, copy: int = 0) -> tuple[str, Document]:
        from tofan_pos.receipt.report import till_report  # noqa: PLC0415 - as above
        from tofan_pos.sync.days import code_text, z_of  # noqa: PLC0415 - as above

        z, signature = z_of(entry), entry.body.signature
        document = till_report(
            z.report,
            profile=self._profile_on(z.report.business_date),
            words=self.words,
            z=z,
            code=code_text(entry.body.figures, signature) if signature else "",
            tender_names=self.tender_names(),
            copy=copy,
            training=self.profile.training,
        )
        return z.number, document

    def _exchanged_for(self, stored: StoredReversal) -> str:
        """Return the sale's number where a refund was one half of an exchange.

        The other half follows in the journal: both were written in one transaction.
        """
        following = self.store.sale_at(stored.seq + 1)
        mine = following is not None and following.sale.exchange_of == stored.reversal.number
        return following.sale.number if following is not None and mine else ""

    def _profile_on(self, day: date) -> TillProfile:
        """Return the till's profile with the head that papers of a business date have."""
        with self.store.reading() as look:
            head = look.rules().head_on(day)
        profile = self.profile
        return replace(profile, seller=head.over(profile.seller)) if head else profile

    def tender_names(self) -> dict[str, Text]:
        """Return the names of the tenders beside cash, by code."""
        with self.store.reading() as look:
            return {one.code: one.name for one in look.tender_types()}

    def _void_of(self, number: str) -> Reversal | None:
        with self.store.reading() as look:
            found = look.reversals_of(number)
        return next((one for one in found if one.kind is ReversalKind.VOID), None)

    def _return_code(self, sale: "Sale") -> str:
        """Return the code another till takes pieces back by; none without the till's key."""
        from tofan_pos.sync.return_code import return_code  # noqa: PLC0415 - as above

        try:
            return return_code(sale, self.keys.for_epoch(sale.epoch))
        except Trouble:
            return ""

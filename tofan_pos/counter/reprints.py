"""Papers asked for again: once by anybody, then on a supervisor's word; each is journalled."""

from dataclasses import dataclass

from tofan_pos.counter.access import Access, Approval
from tofan_pos.counter.journal import Journal
from tofan_pos.counter.papers import GIFT, RECEIPT, Papers
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.people import Right
from tofan_pos.store.reading import Reading
from tofan_pos.sync.days import z_of
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.events import ReprintedBody
from tofan_pos.sync.kinds import Reprinted


@dataclass(frozen=True, slots=True)
class Again:
    """A paper that is printed again: of which document, and the how-manieth copy."""

    number: str
    copy: int
    seq: int


@dataclass(frozen=True, slots=True)
class Reprints:
    """One till's reprints and gift receipts."""

    journal: Journal
    access: Access
    papers: Papers

    def reprint(self, number: str = "last", *, approval: Approval | None = None) -> Again:
        """Print a receipt, a refund's paper or a Z report again, marked as the copy it is."""
        number = self._number(number)
        with self.journal.store.reading() as look:
            right = _right(_copies(look, number))
        return self._print(number, RECEIPT, right, approval)

    def gift(self, number: str = "last", *, approval: Approval | None = None) -> Again:
        """Print a sale's receipt without prices, to go with a present."""
        return self._print(self.papers.find(number).sale.number, GIFT, Right.REPRINT, approval)

    def _print(self, number: str, paper: str, right: Right, approval: Approval | None) -> Again:
        warrant = self.access.warrant(right, approval)
        with self.journal.fact() as fact:
            before = 0 if paper == GIFT else _copies(fact.tx, number)
            if _right(before) is not right:
                # Another window was quicker: this is no longer the first.
                warrant = self.access.warrant(_right(before), approval)
            copy = 0 if paper == GIFT else before + 1
            body = ReprintedBody(
                by=warrant.by,
                copy=copy,
                number=number,
                paper=paper,
                approved_by=warrant.approved_by,
            )
            link = fact.write(body, paper=True)
        return Again(number, copy, link.seq)

    def _number(self, number: str) -> str:
        try:
            return self.papers.find(number).sale.number
        except Refusal as refusal:
            if refusal.why is not Why.NO_SUCH_RECEIPT:
                raise
            z = self.papers.find_z(number)
            if z is not None:
                return z_of(z).number
            return self.papers.find_refund(number).reversal.number


def _right(before: int) -> Right:
    return Right.REPRINT_AGAIN if before else Right.REPRINT


def _copies(look: Reading, number: str) -> int:
    found = (read_entry(event.line) for event in look.events("reprinted"))
    return sum(
        isinstance(e, Reprinted) and e.body.number == number and e.body.paper == RECEIPT
        for e in found
    )

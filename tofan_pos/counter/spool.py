"""The printer's queue: a paper waits in the till's file until a printer has taken it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from tofan_pos.counter.papers import Papers
from tofan_pos.domain.errors import Trouble
from tofan_pos.store.counter import CounterStore

if TYPE_CHECKING:
    from tofan_pos.receipt.document import Document


class PrintState(StrEnum):
    """What became of a receipt; empty in the store where the till has no printer."""

    WAITING = "waiting"
    SENDING = "sending"
    PRINTED = "printed"
    UNKNOWN = "unknown"
    """The program ended while it was being sent: people must look at the paper."""


@dataclass(frozen=True, slots=True)
class Spool:
    """One till's queue. `send` draws a document and hands it to the printer, or raises `Trouble`.

    Run by one worker at a time; a sale never waits for it.
    """

    store: CounterStore
    papers: Papers
    send: Callable[[str, "Document"], None]

    def waiting(self) -> int:
        """Count the papers that wait for the printer."""
        return len(self.store.jobs_in(PrintState.WAITING))

    def recover(self) -> list[int]:
        """Mark what was being sent when the program ended; return those entries."""
        doubtful = self.store.jobs_in(PrintState.SENDING)
        if doubtful:
            with self.store.writing() as tx:
                for seq in doubtful:
                    tx.set_print_state(seq, PrintState.UNKNOWN)
        return doubtful

    def print_next(self) -> bool:
        """Print the oldest paper that waits; tell whether there was one.

        Raises `Trouble` where the printer would not take it: it waits on, what it tells of stands.
        """
        seq = self.store.next_job()
        if seq is None:
            return False
        paper = self.papers.at(seq)
        if paper is None:
            # An entry whose paper this program does not know how to draw.
            self._note(seq, PrintState.UNKNOWN)
            return True
        name, document = paper
        if self.store.was_tried(seq):
            # Whoever wanted the drawer open opened it by hand meanwhile, and may be gone.
            document = replace(document, opens_drawer=False)
        if not document.blocks and not document.opens_drawer:
            # Only a drawer was to be opened, and now it is not.
            self._note(seq, PrintState.PRINTED)
            return True
        self._note(seq, PrintState.SENDING)
        try:
            self.send(name, document)
        except Trouble as trouble:
            self._note(seq, PrintState.WAITING, problem=trouble.ailment.value)
            raise
        self._note(seq, PrintState.PRINTED)
        return True

    def _note(self, seq: int, state: PrintState, *, problem: str = "") -> None:
        with self.store.writing() as tx:
            tx.set_print_state(seq, state, problem=problem)

"""A real till with a courier of its own, enrolled at a real head office."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.counter.tills import make_till, opened, ring
from tofan_pos.app import Office
from tofan_pos.counter.courier import Contact, Courier
from tofan_pos.counter.desk import Desk
from tofan_pos.sync.address import Patience
from tofan_pos.sync.enrolment import request_in
from tofan_pos.sync.https import Line

UNHURRIED = Patience(connect=30, read=30, total=60)
"""For links that are well, and faults that are told at once, on however busy a machine."""

HURRY = Patience(connect=10, read=0.5, total=1.5, slowest=10**9)
"""For links that never tell: what a test waits for on purpose."""


def now() -> datetime:
    """Return the real moment: certificates are held against it."""
    return datetime.now(UTC)


@dataclass
class Carried:
    """A till, and how it is reached from."""

    desk: Desk
    server: str
    ca_file: Path | None = None

    def courier(self, patience: Patience = UNHURRIED) -> Courier:
        """Return a courier between the till and its server."""
        line = Line(self.server, program="test", clock=now, ca_file=self.ca_file, patience=patience)
        return Courier(
            self.desk.dealings,
            self.desk.outbox,
            self.desk.incoming,
            line,
            folder=self.desk.store.path.parent,
            nonce=lambda: os.urandom(16).hex(),
        )

    def contact(self, patience: Patience = UNHURRIED) -> Contact:
        """Make one contact."""
        return self.courier(patience).contact()

    def sell(self, times: int = 1) -> None:
        """Sell so many scarves."""
        for _ in range(times):
            ring(self.desk)

    def is_known(self, office: Office) -> bool:
        """Tell whether head office holds the journal to its end."""
        with self.desk.store.reading() as look:
            head, epoch = look.head(), look.epoch()
        if head is None:
            return False
        return office.store.hash_at(self.desk.profile.till, epoch, head.seq) == head.hash


@contextmanager
def carried(
    folder: Path, server: str, *, till: str = "NET1", ca: Path | None = None
) -> Iterator[Carried]:
    """Set a till up, and open it; nobody knows it yet."""
    folder.mkdir(exist_ok=True)
    make_till(folder, till=till)
    with opened(folder) as desk:
        yield Carried(desk, server, ca)


def introduce(desk: Desk, office: Office) -> None:
    """Have people at both ends compare fingerprints, and trust each other."""
    desk.dealings.trust(office.reception.enrol(request_in(desk.dealings.request())))

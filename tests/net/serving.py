"""The receiver on a thread of the test's own: real sockets, a real server, and no start-up."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.net.answering import PATIENCE
from tests.net.certificates import Certified
from tofan_pos.app import Office
from tofan_pos.office.limits import Limits
from tofan_pos.office.receiver import Neighbours, receiver
from tofan_pos.office.serving import Patience, Place, Serving


@contextmanager
def served(
    office: Office,
    *,
    limits: Limits | None = None,
    patience: Patience | None = None,
    certified: Certified | None = None,
) -> Iterator[int]:
    """Serve as a process does on its first thread; yield the port."""
    where: list[str] = []
    ready = threading.Event()

    def is_ready(address: str) -> None:
        where.append(address)
        ready.set()

    neighbours = Neighbours(
        knows=office.store.knows_key,
        ready=office.store.answers,
        now=time.monotonic,
        time=time.time,
        near=lambda _: True,
    )
    place = Place(
        host="127.0.0.1",
        port=0,
        certificate=certified.certificate if certified else None,
        key=certified.key if certified else None,
    )
    app = receiver(office.reception, neighbours, limits=limits)
    serving = Serving(app, place, ready=is_ready, patience=patience)
    thread = threading.Thread(target=serving.run)
    thread.start()
    try:
        assert ready.wait(PATIENCE)
        yield int(where[0].rpartition(":")[2])
    finally:
        serving.stop()
        thread.join(PATIENCE)

"""A process that sells at several tills at once, a thread each, and sends over whatever link.

Run as `hands.py PORT SALES EVERY FOLDER...`: each till sells so often and makes a contact after
every so many, well or not; then it tries on until all is acknowledged. Prints one JSON line a till.
"""

import json
import os
import random
import sys
import threading
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from tests.counter.tills import open_till, ring
from tofan_pos.app import utc_now
from tofan_pos.counter.backoff import Backoff
from tofan_pos.counter.courier import Courier
from tofan_pos.domain.errors import Trouble
from tofan_pos.sync.address import Patience
from tofan_pos.sync.https import Line

PATIENCE = Patience(connect=20, read=20, total=60)
MOST_TRIES = 400
INSISTS = 0.95


def work(port: int, sales: int, every: int, folder: Path) -> dict[str, object]:
    """Sell and send at one till; return what came of it."""
    desk = open_till(folder, clock=utc_now)
    line = Line(
        f"http://127.0.0.1:{port}",
        program="test",
        clock=lambda: datetime.now(UTC),
        patience=PATIENCE,
    )
    courier = Courier(
        desk.dealings,
        desk.outbox,
        desk.incoming,
        line,
        folder=folder,
        nonce=lambda: os.urandom(16).hex(),
    )
    met: Counter[str] = Counter()
    files = 0

    def send() -> bool:
        nonlocal files
        try:
            contact = courier.contact()
        except Trouble as trouble:
            met[trouble.ailment.value] += 1
            return False
        met["well"] += 1
        files += contact.files
        return contact.refused is None

    backoff, chance = Backoff(base=0.05, cap=1), random.Random(str(folder))
    pause = threading.Event()

    def try_once() -> bool:
        nonlocal backoff
        well = send()
        if well:
            backoff = backoff.succeeded()
        else:
            backoff, seconds = backoff.failed(chance=chance.random())
            pause.wait(seconds)
        return well

    for sold in range(1, sales + 1):
        ring(desk)
        if sold % every == 0:
            well = try_once()
            # Mostly somebody waits for it; now and then selling just goes on.
            while not well and chance.random() < INSISTS and backoff.failures < MOST_TRIES:
                well = try_once()
    while desk.outbox.waiting().count and backoff.failures < MOST_TRIES:
        try_once()
    left = desk.outbox.waiting().count
    told = {"till": desk.profile.till, "left": left, "files": files, "met": dict(met)}
    desk.close()
    return told


def main() -> None:
    """Work all tills at once."""
    port, sales, every = map(int, sys.argv[1:4])
    lock = threading.Lock()

    def one(folder: Path) -> None:
        told = work(port, sales, every, folder)
        with lock:
            print(json.dumps(told), flush=True)  # noqa: T201 - what the parent reads

    threads = [threading.Thread(target=one, args=(Path(name),)) for name in sys.argv[4:]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()

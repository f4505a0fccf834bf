"""Measures the program against its floors: one line of JSON for each figure, on standard output.

Run by `make bench`. Every figure is timed in turns with its floor in the same run. A goal that
does not hold is shown and is no failure, unless `--strict` asks for that.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The tests' own helpers, and nothing of this folder by a bare name.
sys.path[0:1] = [str(ROOT), str(ROOT / "packaging" / "setup")]
# Set before anything reads them, and inherited by the processes that are measured.
os.environ.update(
    QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"),
    PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring",
    QT_LOGGING_RULES="qt.qpa.*=false",
)

from tests.bench.measure import Figure, tell  # noqa: E402 - after the two settings above
from tests.bench.world import World, drop_work, make_world  # noqa: E402

PAST, QUICK_PAST = 1_000_000, 20_000
PRODUCTS = 50_000
ROUNDS, QUICK_ROUNDS = 5, 3

Measured = Callable[[], Iterator[Figure]]


def plan(world: Callable[[], World], *, rounds: int, quick: bool) -> dict[str, Measured]:
    """Return what can be measured, by name; each loads its libraries only when it is asked for."""

    def commit() -> Iterator[Figure]:
        from tests.bench.commit import sale_commit  # noqa: PLC0415 - see above

        return sale_commit(world(), rounds)

    def growth() -> Iterator[Figure]:
        from tests.bench.commit import sale_commit_growth  # noqa: PLC0415

        return sale_commit_growth(world(), rounds)

    def scan() -> Iterator[Figure]:
        from tests.bench.live import scan_to_paint  # noqa: PLC0415

        return scan_to_paint(world(), rounds)

    def start() -> Iterator[Figure]:
        from tests.bench.live import cold_start  # noqa: PLC0415

        return cold_start(world(), rounds)

    def search() -> Iterator[Figure]:
        from tests.bench.searching import search  # noqa: PLC0415

        return search(world(), rounds)

    def memory() -> Iterator[Figure]:
        from tests.bench.live import till_memory  # noqa: PLC0415

        return till_memory(world(), quick=quick)

    def closing() -> Iterator[Figure]:
        from tests.bench.closing import till_reports  # noqa: PLC0415

        return till_reports(world(), rounds, quick=quick)

    def paper(name: str) -> Iterator[Figure]:
        from tests.bench import paper  # noqa: PLC0415

        measured = {"receipt_raster": paper.receipt_raster, "receipt_pdf": paper.receipt_pdf}
        return measured[name](rounds)

    def exchange(name: str) -> Iterator[Figure]:
        from tests.bench import exchange  # noqa: PLC0415

        measured = {
            "export": exchange.export,
            "import_sqlite": exchange.import_sqlite,
            "import_postgresql": exchange.import_postgresql,
        }
        return measured[name](rounds)

    return {
        "sale_commit": commit,
        "sale_commit_growth": growth,
        "scan_to_paint": scan,
        "cold_start": start,
        "receipt_raster": partial(paper, "receipt_raster"),
        "search": search,
        "z_report": closing,
        "export": partial(exchange, "export"),
        "import_sqlite": partial(exchange, "import_sqlite"),
        "import_postgresql": partial(exchange, "import_postgresql"),
        "till_memory": memory,
        "receipt_pdf": partial(paper, "receipt_pdf"),
    }


def main() -> int:
    """Measure, and return the exit code."""
    wanted = _arguments()
    past = QUICK_PAST if wanted.quick else wanted.past
    rounds = QUICK_ROUNDS if wanted.quick else ROUNDS
    made: list[World] = []

    def world() -> World:
        if not made:
            made.append(make_world(wanted.products, past))
        return made[0]

    measured = plan(world, rounds=rounds, quick=wanted.quick)
    unknown = set(wanted.only) - set(measured)
    if unknown:
        tell(f"no such figure: {', '.join(sorted(unknown))}; there are {', '.join(measured)}")
        return 2
    all_hold = True
    for name in wanted.only or measured:
        tell(f"{name} ...")
        for figure in measured[name]():
            sys.stdout.write(f"{figure.line()}\n")
            sys.stdout.flush()
            all_hold = all_hold and figure.holds
    drop_work()
    return 0 if all_hold or not wanted.strict else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="these figures only")
    parser.add_argument("--past", type=int, default=PAST, help="how many sales lie in the till")
    parser.add_argument("--products", type=int, default=PRODUCTS, help="how many it can sell")
    parser.add_argument("--quick", action="store_true", help="few past sales and rounds")
    parser.add_argument("--strict", action="store_true", help="fail where a goal does not hold")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

"""Random histories of two tills, their twins and head office: every promise holds in each of them.

Rows 2 and 8 of what must survive: none lost, none doubled, no number used again.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.domain.baskets import SOAK
from tests.figures import Figure
from tests.sync_machine.house import PostgresDatabase
from tests.sync_machine.machine import SyncMachine, Templates, machine

BATCHES = range(16 if SOAK else 1)
"""Histories are run in batches, so that all of a computer's cores have their share of them."""
HISTORIES = 500 if SOAK else 50
ON_POSTGRES = 25 if SOAK else 8
STEPS = 30


def histories(count: int, *, steps: int = STEPS) -> settings:
    """Return how so many histories are run: the same on every run but under soak."""
    return settings(
        max_examples=count,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        derandomize=not SOAK,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.parametrize("batch", BATCHES)
def test_no_history_breaks_a_promise(batch: int, templates: Templates, figure: Figure) -> None:
    kind = machine(templates)
    run_state_machine_as_test(kind, settings=histories(HISTORIES))
    figure(told(kind, "SQLite", batch))
    assert kind.histories >= HISTORIES
    # It met what it is there for: else it would promise nothing.
    assert kind.tally["honest file: imported"]
    assert kind.tally["harmed or forged file: refused"]
    assert sum(count for what, count in kind.tally.items() if what.startswith("began: "))


@pytest.mark.parametrize("batch", BATCHES)
def test_nor_over_postgresql(
    batch: int, templates: Templates, postgres: str, figure: Figure
) -> None:
    def database(_folder: Path) -> PostgresDatabase:
        return PostgresDatabase(postgres)

    kind = machine(templates, database)
    run_state_machine_as_test(kind, settings=histories(ON_POSTGRES, steps=20))
    figure(told(kind, "PostgreSQL", batch))
    assert kind.histories >= ON_POSTGRES


def told(kind: type[SyncMachine], where: str, batch: int) -> str:
    """Return what was met, in one line."""
    met = ", ".join(f"{count} {what}" for what, count in sorted(kind.tally.items()) if count)
    return f"row 2: {kind.histories} histories over {where} ({batch}), no promise broken: {met}"

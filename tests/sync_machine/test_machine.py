"""Random histories of two tills, their twins and head office: every promise holds in each of them.

Rows 2 and 8 of what must survive: none lost, none doubled, no number used again.
"""

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.domain.baskets import SOAK
from tests.sync_machine.house import PostgresDatabase
from tests.sync_machine.machine import SyncMachine, Templates, machine

HISTORIES = 8_000 if SOAK else 50
ON_POSTGRES = 400 if SOAK else 8
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


def test_no_history_breaks_a_promise(
    templates: Templates, capsys: pytest.CaptureFixture[str]
) -> None:
    kind = machine(templates)
    run_state_machine_as_test(kind, settings=histories(HISTORIES))
    with capsys.disabled():
        sys.stdout.write(told(kind))
    assert kind.histories >= HISTORIES
    # It met what it is there for: else it would promise nothing.
    assert kind.tally["honest file: quarantined"]
    assert kind.tally["began: restored"]
    assert kind.tally["began: copied"]
    assert kind.tally["harmed or forged file: refused"]


def test_nor_over_postgresql(
    templates: Templates, postgres: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def database(_folder: Path) -> PostgresDatabase:
        return PostgresDatabase(postgres)

    kind = machine(templates, database)
    run_state_machine_as_test(kind, settings=histories(ON_POSTGRES, steps=20))
    with capsys.disabled():
        sys.stdout.write(told(kind))
    assert kind.histories >= ON_POSTGRES


def told(kind: type[SyncMachine]) -> str:
    """Return what was met, in a block to be read."""
    lines = [f"  {kind.histories} histories of tills and head office, no promise broken:"]
    lines += [f"    {count:>7} {what}" for what, count in sorted(kind.tally.items()) if count]
    return "\n" + "\n".join(lines) + "\n"

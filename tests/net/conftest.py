"""Hides how a receiver is put together, with a clock."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
import sqlalchemy as sa
from starlette.applications import Starlette

from tests.net.certificates import Authority
from tofan_pos.app import Office
from tofan_pos.office.limits import Limits
from tofan_pos.office.meters import Meters
from tofan_pos.office.receiver import Neighbours, receiver


@dataclass
class Hours:
    """A clock that stands until it is moved."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Door:
    """A receiver, and what there is to see of it."""

    app: Starlette
    hours: Hours
    meters: Meters
    asked: list[bytes] = field(default_factory=list)
    """The keys that the database was asked for."""


MakeDoor = Callable[..., Door]


@pytest.fixture
def make_door(office: Office) -> MakeDoor:
    def made(**limits: object) -> Door:
        hours, meters, asked = Hours(), Meters(), []

        def knows(key: bytes) -> bool:
            asked.append(key)
            return office.store.knows_key(key)

        neighbours = Neighbours(
            knows=knows,
            ready=office.store.answers,
            now=hours,
            time=lambda: 1_800_000_000 + hours(),
            near=lambda address: address == "127.0.0.1",
        )
        chosen = Limits(**limits)  # type: ignore[arg-type]  # each by its name
        found = receiver(office.reception, neighbours, limits=chosen, meters=meters)
        return Door(found, hours, meters, asked)

    return made


@pytest.fixture
def door(make_door: MakeDoor) -> Door:
    return make_door()


@pytest.fixture
def statements(office: Office) -> list[str]:
    """Return the statements that head office's database is sent, transactions apart."""
    found: list[str] = []

    def told(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            found.append(statement)

    sa.event.listen(office.store._engine, "before_cursor_execute", told)  # noqa: SLF001
    return found


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("certificates"))

"""Hides how a command of `tofan-pos` is run, and the tills it is run on."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.running import CASHIER, PINS, SUPERVISOR, TRAINEE, Run
from tests.counter.tills import catalogue, make_till, opened, quick_folder
from tests.office.running import Ran
from tofan_pos.app import utc_now
from tofan_pos.cli import counter as command
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.people import Role
from tofan_pos.domain.sale import TenderKind, TenderType

CARD = TenderType(code="EDC1", kind=TenderKind.CARD, name=Text("บัตร", "Card"))


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    """Yield two tills that nobody writes to: one without staff, and one with a small crew."""
    with quick_folder() as place:
        goods = replace(catalogue(), tender_types=(CARD,))
        make_till(place / "till", goods=goods, clock=utc_now)
        shutil.copytree(place / "till", place / "staffed")
        with opened(place / "staffed", clock=utc_now, session=False) as desk:
            desk.access.first_supervisor(SUPERVISOR, "หัวหน้า", PINS[SUPERVISOR])
            desk.access.add_staff(CASHIER, "แคชเชียร์", Role.CASHIER, PINS[CASHIER])
            desk.access.add_staff(TRAINEE, "ผู้ฝึกหัด", Role.TRAINEE, PINS[TRAINEE])
        yield place


@pytest.fixture
def till(made: Path) -> Iterator[Path]:
    with quick_folder() as place:
        yield Path(shutil.copytree(made / "till", place / "till"))


@pytest.fixture
def staffed(made: Path) -> Iterator[Path]:
    with quick_folder() as place:
        yield Path(shutil.copytree(made / "staffed", place / "till"))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    monkeypatch.setenv("TOFAN_LANG", "en")
    monkeypatch.setenv("TOFAN_DATA", str(tmp_path / "usual"))
    # A computer of its own: it has never seen the tills of other tests, which are the same ones.
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "computer"))
    monkeypatch.chdir(tmp_path)

    def run_it(*arguments: object, till: Path | None = None, **environ: str) -> Ran:
        where = ("--data", till) if till else ()
        monkeypatch.setattr(sys, "argv", ["tofan-pos", *map(str, (*where, *arguments))])
        capsys.readouterr()
        with monkeypatch.context() as patch:
            for name, value in environ.items():
                patch.setenv(name, value)
            with pytest.raises(SystemExit) as left:
                command.main()
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        assert not (tmp_path / "usual" / "crash.txt").exists()
        return Ran(int(left.value.code or 0), said.out, said.err)

    return run_it

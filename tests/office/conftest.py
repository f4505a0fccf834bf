"""Hides how head office's commands are run."""

import sys
from pathlib import Path

import pytest

from tests.office.forge import Part, Till, groups, sale
from tests.office.running import Ran, Run
from tofan_pos import resources
from tofan_pos.cli import office as command
from tofan_pos.words import Words


@pytest.fixture(params=["th", "en"])
def say(request: pytest.FixtureRequest) -> Words:
    return resources.words(request.param)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    monkeypatch.setenv("TOFAN_LANG", "en")
    monkeypatch.setenv("TOFAN_DATA", str(tmp_path / "data"))

    def run_it(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["tofan-office", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            command.main()
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        assert not (tmp_path / "data" / "crash.txt").exists()
        return Ran(int(left.value.code or 0), said.out, said.err)

    return run_it


@pytest.fixture
def filled(run: Run, office_url: str, tmp_path: Path) -> Till:
    """Return an enrolled till, three of whose entries are not there yet."""
    till = Till()
    till.write(groups(G1="Weavers"))
    for n in range(1, 10):
        till.write(sale(n, Part(), Part(group="=1+1", paid=50, vat=3, share=33)))
    assert run("init", "--db", office_url).code == 0
    assert run("enrol", till.save_request(tmp_path), "--db", office_url, "--yes").code == 0
    till.save(tmp_path, 1, 3)
    till.save(tmp_path, 7, 10)
    assert run("import", tmp_path, "--db", office_url).code == 0
    return till

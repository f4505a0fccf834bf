"""`export`, `pack` and `verify`: the journal on its way out, and the day's pack."""

from pathlib import Path

import pytest

from tests.cli.running import Run, contents, refused, unchanged


@pytest.fixture
def closed(run: Run, till: Path) -> Path:
    """Return a till whose day is closed."""
    assert run("ring", "--scan", "TF-SCARF", "--cash", "600", till=till).code == 0
    assert run("close", "--counted", "cash=590", till=till).code == 0
    return till


def test_the_pack_is_one_step(run: Run, closed: Path, tmp_path: Path) -> None:
    packed = run("pack", "--to", tmp_path / "stick", "--json", till=closed)
    files = [Path(name) for name in packed.json["files"]]
    assert [path.suffix for path in files] == [".pdf", ".csv", ".sqlite3", ".tofan"]
    assert {path.parent.name for path in files[:2]} == {"mall"}
    assert {path.parent.name for path in files[2:]} == {"head-office"}
    stick = tmp_path / "stick"
    assert set(contents(stick)) == {path.relative_to(stick).as_posix() for path in files}
    assert packed.json["words"].startswith("TST1-Z000001 · ")
    assert run("verify", till=closed).code == 0
    shown = run("pack", "--to", tmp_path / "stick", till=closed).out
    assert "TST1-Z000001.csv" in shown
    assert "Net: ฿590.00" in shown


def test_without_a_closed_day_there_is_no_pack(run: Run, till: Path, tmp_path: Path) -> None:
    assert run("open", till=till).code == 0
    with unchanged(till):
        refused(run("pack", "--to", tmp_path / "stick", till=till), "There is no such Z report")
    assert not (tmp_path / "stick").exists()


def test_a_folder_that_is_a_file_is_wrong_usage(run: Run, closed: Path, tmp_path: Path) -> None:
    (tmp_path / "stick").touch()
    with unchanged(closed):
        for verb in ("pack", "export"):
            assert run(verb, "--to", tmp_path / "stick", till=closed).code == 2


def test_a_folder_that_cannot_be_made_is_one_sentence(
    run: Run, closed: Path, tmp_path: Path
) -> None:
    (tmp_path / "stick").touch()
    with unchanged(closed):
        for verb in ("pack", "export"):
            asked = run(verb, "--to", tmp_path / "stick" / "deeper", till=closed)
            refused(asked, "cannot be written to")


def test_the_journal_of_a_day_is_exported_and_holds(run: Run, closed: Path, tmp_path: Path) -> None:
    told = run("export", "--to", tmp_path / "stick", "--json", till=closed).json
    (file,) = told["files"]
    assert Path(file).is_file()
    held = run("verify", "--json", till=closed).json
    assert (held["holds"], held["sales"], held["seals"]) == (True, 1, 1)
    assert held["entries"] == told["last"] + 1, "and one that says it was exported"

"""`export`, `pack` and `verify`: the journal on its way out, and the day's pack."""

import shutil
from pathlib import Path

import pytest

from tests.cli.running import (
    PINS,
    SUPERVISOR,
    Run,
    acting,
    contents,
    entries,
    refused,
    unchanged,
)
from tofan_pos.store.counter import FILE_NAME
from tofan_pos.sync.dealings import EpochOpenedBody

SALE = ("ring", "--scan", "TF-SCARF", "--cash", "590")


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


def packed_backup(run: Run, till: Path, stick: Path, **environ: str) -> Path:
    """Return the backup of a day's pack; another sale is made after it."""
    who = ("--user", SUPERVISOR)
    assert run(*SALE, *who, till=till, **environ).code == 0
    assert run("close", "--counted", "cash=590", *who, till=till, **environ).code == 0
    files = run("pack", "--to", stick, *who, "--json", till=till, **environ).json["files"]
    assert run(*SALE, *who, till=till, **environ).code == 0
    (backup,) = (Path(name) for name in files if name.endswith(".backup.sqlite3"))
    assert backup.parent == stick / "head-office"
    return backup


def test_a_backup_is_put_in_place_as_the_documentation_says(
    run: Run, staffed: Path, tmp_path: Path
) -> None:
    who, environ = acting(SUPERVISOR)
    backup = packed_backup(run, staffed, tmp_path / "stick", **environ)
    for name in (FILE_NAME, f"{FILE_NAME}-journal"):
        (staffed / name).rename(staffed / f"{name}.before")
    shutil.copy(backup, staffed / FILE_NAME)
    ran = run(*SALE, "--json", *who, till=staffed, **environ)
    assert ran.json["number"] == "TST1.2-V000002"
    assert "a backup was put in its place" in ran.err
    opened = next(body for kind, body in entries(staffed) if kind == "epoch_opened")
    assert isinstance(opened, EpochOpenedBody)
    assert [lost.epoch for lost in opened.lost] == [1], "what was sold since is named"
    assert run("enrol-request", "--to", tmp_path / "stick", till=staffed).code == 0
    assert (tmp_path / "stick" / "TST1-2.tofanreq").is_file()
    assert run("verify", till=staffed).code == 0


def test_on_a_new_computer_a_supervisor_is_set_up_first(
    run: Run, staffed: Path, tmp_path: Path
) -> None:
    who, environ = acting(SUPERVISOR)
    backup = packed_backup(run, staffed, tmp_path / "stick", **environ)
    till, elsewhere = tmp_path / "till", {"XDG_DATA_HOME": str(tmp_path / "new computer")}
    till.mkdir()
    shutil.copy(backup, till / FILE_NAME)
    ran = run("open", *who, till=till, **environ, **elsewhere)
    assert ran.code == 1
    assert "carried here from another computer" in ran.err
    assert "Nobody works here yet" in ran.err
    assert "users --add" in ran.err
    pin = {"TOFAN_NEW_PIN": PINS[SUPERVISOR]}
    assert run("users", "--add", SUPERVISOR, till=till, **pin, **elsewhere).code == 0
    sold = run(*SALE, "--json", *who, till=till, **environ, **elsewhere)
    assert sold.json["number"] == "TST1.2-V000002"
    nobody = run("open", "--user", "S9", till=till, **environ, **elsewhere)
    refused(nobody, "Nobody with this code works at this till")
    assert run("verify", till=till, **elsewhere).code == 0


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


def test_an_export_says_where_it_goes_and_when_it_counts_as_sent(
    run: Run, closed: Path, tmp_path: Path
) -> None:
    said = run("export", "--to", tmp_path / "stick", till=closed).out.splitlines()
    assert said[-2].endswith("It is safe to remove the stick.")
    assert said[-1].endswith("it counts as sent once head office has answered.")


def test_the_journal_of_a_day_is_exported_and_holds(run: Run, closed: Path, tmp_path: Path) -> None:
    told = run("export", "--to", tmp_path / "stick", "--json", till=closed).json
    (file,) = told["files"]
    assert Path(file).is_file()
    held = run("verify", "--json", till=closed).json
    assert (held["holds"], held["sales"], held["seals"]) == (True, 1, 1)
    assert held["entries"] == told["last"] + 1, "and one that says it was exported"

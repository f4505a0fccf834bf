"""`tofan-office` as scripts meet it: exit codes, JSON, sentences, and never a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.office.forge import Till, all_rows, key_of
from tests.office.running import Run


def test_the_whole_way(run: Run, office_url: str, tmp_path: Path) -> None:
    till = Till.with_sales(4)
    made = run("init", "--db", office_url)
    assert (made.code, made.err) == (0, "")
    first = run("--db", office_url, "enrol", till.save_request(tmp_path), "--yes")
    assert first.code == 0
    assert till.request().fingerprint in first.out
    again = run("enrol", till.save_request(tmp_path), "--db", office_url, "--yes")
    assert again.code == 0
    assert "before" in again.out
    done = run("import", till.save(tmp_path), "--db", office_url, "--json").json
    assert set(done) == {
        "files",
        "imported",
        "already_there",
        "quarantined",
        "refused",
        "added",
        "sales",
        "reversals",
        "misdated",
        "requests",
        "grants",
    }
    assert (done["imported"], done["added"], done["sales"], done["refused"]) == (1, 4, 4, 0)
    (file,) = done["files"]
    assert set(file) == {
        *("file", "outcome", "till", "first", "last"),
        *("added", "sales", "reversals", "unknown", "misdated", "gaps", "reason"),
        *("epoch", "parted_at", "sales_apart", "total_apart", "again", "answered"),
    }
    assert (file["outcome"], file["till"], file["reason"]) == ("imported", "CTW1", "")
    done = run("import", tmp_path, "--db", office_url, "--json").json
    assert (done["imported"], done["already_there"], done["added"]) == (0, 1, 0)
    assert run("gaps", "--db", office_url, "--json").json == {"gaps": []}
    assert "Nothing is missing" in run("gaps", "--db", office_url).out


def test_a_fingerprint_that_differs_enrols_nothing(
    run: Run, office_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("init", "--db", office_url)
    request = Till().save_request(tmp_path)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda *_: "n")
    refused = run("enrol", request, "--db", office_url)
    assert refused.code == 1
    assert all_rows(office_url)["till"] == []
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda *_: "y")
    assert run("enrol", request, "--db", office_url).code == 0
    assert len(all_rows(office_url)["till"]) == 1


def test_what_is_refused_is_named_and_counted(
    run: Run, office_url: str, filled: Till, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    filled.save(inbox, 4, 5)
    (inbox / "damaged.tofan").write_bytes(filled.file()[:-1])
    Till.with_sales(1, code="MBK2", key=key_of("other")).save(inbox)
    ran = run("import", inbox, "--db", office_url, "--json")
    assert ran.code == 1
    done = ran.json
    assert (done["imported"], done["refused"], done["added"]) == (1, 2, 2)
    reasons = [file["reason"] for file in done["files"] if file["outcome"] == "refused"]
    assert any("cut short" in reason for reason in reasons)
    assert any("MBK2" in reason and "not enrolled" in reason for reason in reasons)
    assert ran.err.count("refused") == 2
    assert "missing 6" in ran.err
    (missing,) = run("gaps", "--db", office_url, "--json").json["gaps"]
    assert missing == {"till": "CTW1", "epoch": 1, "first": 6, "last": 6, "lost": False}
    told = run("import", inbox, "--db", office_url)
    assert told.code == 1
    assert "damaged.tofan: refused: it is cut short. Copy it from the till again" in told.err
    assert "already there" in told.out


def test_a_refused_file_is_told_with_a_way_on(
    run: Run, office_url: str, filled: Till, tmp_path: Path
) -> None:
    stranger = tmp_path / "photo.tofan"
    stranger.write_bytes(b"a photograph")
    changed = tmp_path / "changed.tofan"
    changed.write_bytes(filled.file()[:-1] + b"?")
    answer = tmp_path / "CTW1-1.tofanack"
    answer.write_bytes(b"{}")
    twin = Till.with_sales(1, code="CTW1", key=key_of("other"))
    (tmp_path / "twin.tofan").write_bytes(twin.file())
    ran = run("import", *tmp_path.glob("*.tofan*"), "--db", office_url)
    said = dict(line.split(": refused: ") for line in ran.err.splitlines() if "refused" in line)
    for name in (stranger.name, changed.name):
        assert said[name].endswith("the till keeps everything, nothing is lost."), said
    assert said[answer.name].endswith("take it to the till instead.")
    assert "there may be two of that till" in said["twin.tofan"]
    assert f"shows the fingerprint {twin.request().fingerprint}" in said["twin.tofan"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("gaps",),
        ("import", "."),
        ("report", "shares", "--month", "2026-11"),
        ("enrol", "request.json", "--yes"),
    ],
)
def test_without_a_database_one_is_asked_for(
    run: Run, office_url: str, arguments: tuple[str, ...]
) -> None:
    ran = run(*arguments, "--db", office_url)
    assert (ran.code, ran.out) == (1, "")
    assert "tofan-office init" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_refusals_are_one_sentence(run: Run, office_url: str, filled: Till, tmp_path: Path) -> None:
    stranger = Till(key=key_of("stranger")).save_request(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "words.txt").write_text("words")
    assert filled.head.seq == 10
    shares = ("report", "shares", "--month")
    for arguments in (
        ("enrol", stranger, "--yes"),
        ("enrol", tmp_path / "words.txt", "--yes"),
        ("enrol", tmp_path / "nowhere.json", "--yes"),
        ("import", tmp_path / "empty"),
        ("import", tmp_path / "nowhere.tofan"),
        (*shares, "2026-13"),
        (*shares, "Smarch"),
        (*shares, "2026-11", "--group", "G9"),
    ):
        ran = run(*arguments, "--db", office_url)
        assert ran.code == 1, arguments
        # The bar of an import is drawn on the same stream, above the sentence.
        said = [line for line in ran.err.splitlines() if line and "Importing" not in line]
        assert len(said) == 1, (arguments, ran.err)


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://u:secret@h/db", "sqlite:////no/such/place.db"]
)
def test_an_address_that_leads_nowhere_is_a_sentence(run: Run, url: str) -> None:
    for arguments in (("init",), ("gaps",)):
        ran = run(*arguments, "--db", url)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.strip()
        assert "secret" not in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("import",),
        ("enrol",),
        ("report", "shares"),
        ("weave",),
        ("gaps", "--loud"),
    ],
)
def test_wrong_usage_is_code_two(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).code == 2


def test_the_usual_place_is_made_on_the_way(run: Run, tmp_path: Path) -> None:
    assert run("init").code == 0
    assert (tmp_path / "data" / "office.sqlite3").is_file()
    assert run("gaps").code == 0


def test_it_speaks_thai(run: Run, office_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOFAN_LANG", "th")
    ran = run("gaps", "--db", office_url)
    assert ran.code == 1
    assert any("\N{THAI CHARACTER KO KAI}" <= letter <= "๛" for letter in ran.err)


def test_as_a_program_of_its_own(tmp_path: Path) -> None:
    start = "from tofan_pos.cli.office import main; main()"
    env = os.environ | {"TOFAN_LANG": "en", "TOFAN_DATA": str(tmp_path)}

    def program(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", start, *arguments],
            env=env,
            cwd=Path(__file__).parents[2],
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )

    assert program("init").returncode == 0
    made = program("gaps", "--json")
    assert (made.returncode, json.loads(made.stdout), made.stderr) == (0, {"gaps": []}, "")
    (tmp_path / "bad.tofan").write_bytes(b"\x1b]0;evil\x07")
    refused = program("import", str(tmp_path))
    assert refused.returncode == 1
    assert "bad.tofan: refused" in refused.stderr
    assert "Traceback" not in refused.stderr

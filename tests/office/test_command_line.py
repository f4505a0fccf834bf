"""`tofan-office` as scripts meet it: exit codes, JSON, sentences, and never a traceback."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import openpyxl
import pytest

from tests.office.forge import Part, Till, all_rows, groups, key_of, sale
from tofan_pos import app
from tofan_pos.cli import office as command
from tofan_pos.thai.dates import business_day


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object on the one line of its output."""
        (line,) = self.out.splitlines()
        return json.loads(line)


class Run(Protocol):
    """Runs a command of `tofan-office`."""

    def __call__(self, *arguments: object) -> Ran: ...


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
        "refused",
        "added",
        "sales",
        "misdated",
    }
    assert (done["imported"], done["added"], done["sales"], done["refused"]) == (1, 4, 4, 0)
    (file,) = done["files"]
    assert set(file) == {
        *("file", "outcome", "till", "first", "last"),
        *("added", "sales", "unknown", "misdated", "gaps", "reason"),
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
    assert missing == {"till": "CTW1", "epoch": 1, "first": 6, "last": 6}
    told = run("import", inbox, "--db", office_url)
    assert told.code == 1
    assert "damaged.tofan: refused" in told.err
    assert "already there" in told.out


def test_the_report_as_json(run: Run, office_url: str, filled: Till) -> None:
    assert filled.head.seq == 10
    found = run("report", "shares", "--month", "2569-11", "--db", office_url, "--json").json
    assert found["groups"] == [
        {
            "group": "=1+1",
            "label_th": "",
            "label_en": "",
            "pieces": 6,
            "sales": "3.00",
            "refunds": "0.00",
            "vat": "0.18",
            "share": "1.98",
        },
        {
            "group": "G1",
            "label_th": "กลุ่ม Weavers",
            "label_en": "Weavers",
            "pieces": 6,
            "sales": "642.00",
            "refunds": "0.00",
            "vat": "42.00",
            "share": "420.00",
        },
    ]
    for key in ("groups", "as_of", "misdated_sales", "open_points", "tills"):
        del found[key]
    assert found == {
        "first_day": "2026-11-01",
        "last_day": "2026-11-30",
        "documents": 6,
        "sales_total": "645.00",
        "refunds_total": "0.00",
        "vat_total": "42.18",
        "share_total": "421.98",
        "missing_entries": 3,
        "final": False,
    }
    one = run("report", "shares", "--month", "2026-11", "--group", "G1", "--db", office_url)
    assert one.code == 0
    assert "420.00" in one.out
    assert "1.98" not in one.out
    assert "Not final: Journal entries still missing" in one.err


@pytest.fixture
def january(run: Run, office_url: str, tmp_path: Path) -> Till:
    """Return a till whose January of 2020 is over, and which sold on in February."""
    till = Till()
    till.write(sale(1, day="2020-01-03"), at="2020-01-03T03:00:00Z")
    till.write(sale(2, day="2020-01-31"), at="2020-01-31T03:00:00Z")
    till.write(sale(3, day="2020-02-01"), at="2020-02-01T03:00:00Z")
    assert run("init", "--db", office_url).code == 0
    assert run("enrol", till.save_request(tmp_path), "--db", office_url, "--yes").code == 0
    assert run("import", till.save(tmp_path), "--db", office_url).code == 0
    return till


def test_a_final_report_says_so_and_leads_to_its_documents(
    run: Run, office_url: str, january: Till
) -> None:
    shares = ("report", "shares", "--month", "2020-01", "--db", office_url)
    before = business_day(app.utc_now())
    ran = run(*shares, "--json")
    assert before <= date.fromisoformat(ran.json["as_of"]) <= business_day(app.utc_now())
    assert (ran.err, ran.json["final"], ran.json["open_points"]) == ("", True, [])
    assert (ran.json["misdated_sales"], ran.json["missing_entries"]) == (0, 0)
    (told,) = ran.json["tills"]
    numbers = {"documents": 2, "first_number": "CTW1-V000001", "last_number": "CTW1-V000002"}
    assert told == {
        "till": january.code,
        "epoch": 1,
        **numbers,
        "series": [{"document": "VAT_RECEIPT", **numbers}],
        "held_to": 3,
        "missing": 0,
        "misdated": 0,
        "last_business_date": "2020-02-01",
    }
    ran = run(*shares)
    assert ran.err == ""
    assert "Final, as held on" in ran.out
    assert "CTW1-V000001 \N{EN DASH} CTW1-V000002" in ran.out


def test_what_keeps_a_report_from_being_final_is_said(
    run: Run, office_url: str, january: Till, tmp_path: Path
) -> None:
    silent = Till("MBK2", key=key_of("silent"))
    run("enrol", silent.save_request(tmp_path), "--db", office_url, "--yes")
    shares = ("report", "shares", "--db", office_url, "--month")
    for more in ((), ("--json",)):
        ran = run(*shares, "2020-01", *more)
        assert ran.code == 0
        assert ran.err == "Not final: Nothing has come in at all from till MBK2.\n"
    assert ran.json["open_points"] == ["nothing_sent"]
    assert ran.json["tills"][1]["last_business_date"] == ""
    ran = run(*shares, "2020-02")
    assert "Nothing of 29 Feb 2020 or later has come in from till CTW1" in ran.err
    assert "Final" not in ran.out
    assert january.head.seq == 3


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 sale carries a date after"), (3, "3 sales carry a date after")]
)
def test_a_till_whose_clock_is_ahead_is_named(
    run: Run, office_url: str, january: Till, tmp_path: Path, count: int, said: str
) -> None:
    for n in range(4, 4 + count):
        january.write(sale(n, day="2563-01-09"), at="2020-02-02T03:00:00Z")
    path = january.save(tmp_path, 4)
    ran = run("import", path, "--db", office_url, "--json")
    assert (ran.code, ran.json["misdated"], ran.json["files"][0]["misdated"]) == (0, count, count)
    assert f"{path.name}: {said} today: look at the clock of till CTW1" in ran.err
    again = run("import", path, "--db", office_url, "--json")
    assert (again.json["misdated"], again.err) == (0, "")
    ran = run("report", "shares", "--month", "2020-01", "--db", office_url, "--json")
    assert (ran.json["final"], ran.json["misdated_sales"]) == (True, count)
    assert "cannot be true" in ran.err
    assert "till CTW1" in ran.err


def test_the_report_as_papers(run: Run, office_url: str, filled: Till, tmp_path: Path) -> None:
    assert filled.head.seq == 10
    pdf, book = tmp_path / "report.pdf", tmp_path / "report.xlsx"
    month = ("report", "shares", "--month", "2026-11", "--db", office_url)
    assert run(*month, "--pdf", pdf, "--xlsx", book).code == 0
    assert pdf.read_bytes().startswith(b"%PDF-")
    sheet = openpyxl.load_workbook(book).worksheets[0]
    assert "=1+1" in {cell.value for row in sheet.iter_rows() for cell in row}
    ran = run(*month, "--pdf", tmp_path / "no" / "such" / "folder.pdf")
    assert ran.code == 1
    assert "cannot be written" in ran.err


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

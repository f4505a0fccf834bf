"""From the scan to the makers' share, through the two programs as people run them."""

import json
import os
import random
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from tofan_pos.cli.counter import program as counter_program

SALES = 200
CODES = ("2000000010014", "TF-SOA-001", "TF-CER-001", "TF-IND-004", "TF-JEW-004", "TF-PAN-001")


def run(program: str, *arguments: object, code: int = 0, folder: Path) -> str:
    """Run a program as a process of its own; return what it says, and hold it to its exit code."""
    done = subprocess.run(
        [sys.executable, "-m", f"tofan_pos.cli.{program}", *map(str, arguments)],
        cwd=folder,
        # A computer of its own for each folder: the tills in them are copies of one.
        env=os.environ
        | {
            "TOFAN_LANG": "en",
            "TOFAN_DATA": str(folder / "usual"),
            "XDG_DATA_HOME": str(folder / "computer"),
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout if code == 0 else done.stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a till that nobody sells at."""
    folder = tmp_path_factory.mktemp("made")
    run("counter", "init", "--data", "till", "--till", "CTW1", folder=folder)
    return folder


@pytest.fixture
def till(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(made / "till", tmp_path / "till")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "computer"))
    return tmp_path


def ring(folder: Path, *scans: str, cash: str = "100000") -> dict[str, Any]:
    """Ring up a sale through the same command, in this process: two hundred starts are slow."""
    named = [part for scan in scans for part in ("--scan", scan)]
    data = str(folder / "till")
    done = CliRunner().invoke(
        counter_program, ["ring", "--data", data, *named, "--cash", cash, "--json"]
    )
    assert done.exception is None, done.exception
    assert done.stdout.count("\n") == 1
    record: dict[str, Any] = json.loads(done.stdout)
    return record


def test_two_hundred_sales_reach_the_makers_to_the_satang(till: Path) -> None:
    chance = random.Random(70)
    sold = [
        ring(till, *(f"{code}x{chance.randint(1, 3)}" for code in chance.sample(CODES, 3)))
        for _ in range(SALES)
    ]
    assert [record["number"] for record in sold] == [f"CTW1-V{n:06d}" for n in range(1, SALES + 1)]
    held = json.loads(run("counter", "verify", "--data", "till", "--json", folder=till))
    assert (held["holds"], held["sales"]) == (True, SALES)
    run("counter", "export", "--data", "till", "--to", "stick", folder=till)
    url = ("--db", "sqlite:///office.db")
    run("office", "init", *url, folder=till)
    refused = run("office", "import", "stick", *url, code=1, folder=till)
    assert "is not enrolled" in refused
    run("office", "enrol", "till/enrolment-request.json", "--yes", *url, folder=till)
    first = json.loads(run("office", "import", "stick", *url, "--json", folder=till))
    assert (first["imported"], first["sales"]) == (1, SALES)
    month = sold[0]["business_date"][:7]
    report = json.loads(
        run("office", "report", "shares", "--month", month, *url, "--json", folder=till)
    )
    for said, rung in (("share_total", "share_total"), ("sales_total", "total")):
        assert Decimal(report[said]) == sum(Decimal(record[rung]) for record in sold)
    assert {g["group"]: Decimal(g["share"]) for g in report["groups"]} == by_group(sold)
    before = (till / "office.db").read_bytes()
    again = json.loads(run("office", "import", "stick", "--no-answer", *url, "--json", folder=till))
    assert (again["already_there"], again["added"]) == (1, 0)
    assert (till / "office.db").read_bytes() == before
    assert run("office", "gaps", *url, folder=till) == "Nothing is missing.\n"


def by_group(sold: list[dict[str, Any]]) -> dict[str, Decimal]:
    shares: dict[str, Decimal] = {}
    for record in sold:
        for line in record["lines"]:
            shares[line["group"]] = shares.get(line["group"], Decimal(0)) + Decimal(line["share"])
    return shares


def test_a_sale_is_seventy_percent_of_what_was_paid_without_vat(till: Path) -> None:
    record = ring(till, *CODES)
    base = Decimal(record["total"]) - Decimal(record["vat"])
    assert abs(Decimal(record["share_total"]) - base * 70 / 100) <= Decimal("0.005")
    assert sum(Decimal(line["share"]) for line in record["lines"]) == Decimal(record["share_total"])
    assert record["hash"].startswith(record["anchor"])


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (
            ["ring", "--data", "till", "--scan", "nope", "--cash", "10"],
            1,
            "No product has the code",
        ),
        (["ring", "--data", "till", "--scan", "2000000010013", "--cash", "10"], 1, "check digit"),
        (["ring", "--data", "till", "--scan", "8" * 10_000, "--cash", "10"], 1, "too long"),
        (["ring", "--data", "till", "--scan", CODES[0], "--cash", "1"], 1, "still to be paid"),
        (["ring", "--data", "till", "--scan", CODES[0], "--cash", "ten"], 1, "not an amount"),
        (["ring", "--data", "till", "--cash", "10"], 2, "Missing option"),
        (["ring", "--data", "nowhere", "--scan", "x", "--cash", "10"], 1, "There is no till"),
        (["init", "--data", "till", "--till", "CTW1"], 1, "There is a till"),
        (["init", "--data", "other", "--till", "ctw-1"], 1, "is no code for a till"),
        (["receipt", "CTW1-V999999", "--data", "till"], 1, "No receipt of this till"),
        (["receipt", "last", "--data", "till"], 1, "Nothing has been sold"),
        (["export", "--data", "till", "--to", "till/till.sqlite3"], 2, "is a file"),
        (["receipt"], 2, "Missing argument"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(
    till: Path, arguments: list[str], code: int, said: str
) -> None:
    before = (till / "till" / "till.sqlite3").read_bytes()
    complaint = run("counter", *arguments, code=code, folder=till)
    assert said in complaint
    if code == 1:
        assert complaint.count("\n") == 1
    assert (till / "till" / "till.sqlite3").read_bytes() == before


def test_a_catalogue_of_ones_own_is_checked_whole_before_anything_changes(tmp_path: Path) -> None:
    book = Workbook()
    products = book.active
    assert products is not None
    products.title = "Products"
    products.append(["code", "barcode", "name_th", "price", "group"])
    products.append(["A-1", "2000000010013", "ผ้าทอ", "ฟรี", "G1"])
    products.append(["A-1", "", "", "10.005", "G9"])
    groups = book.create_sheet("Groups")
    groups.append(["group", "label_th", "label_en"])
    groups.append(["G1", "กลุ่มทอผ้า", "Weaving group"])
    book.save(tmp_path / "own.xlsx")
    said = run(
        *("counter", "init", "--data", "till", "--till", "CTW1", "--catalogue", "own.xlsx"),
        code=1,
        folder=tmp_path,
    )
    assert "Faults in the workbook: 6" in said
    assert len(said.splitlines()) == 7
    assert not (tmp_path / "till").exists()

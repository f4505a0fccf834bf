"""A day from the float to the Z, without a window: head office finds every figure the Z states."""

import json
import os
import random
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tofan_pos.cli.counter import program as counter_program
from tofan_pos.cli.office import program as office_program

CODES = ("2000000010014", "TF-SOA-001", "TF-CER-001", "TF-IND-004", "TF-JEW-004", "TF-PAN-001")
PINS = {"S1": "482913", "C1": "570284"}


class Counter:
    """The till's commands, run in this process, as a cashier on a supervisor's word."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: object, user: str = "C1", **environ: str) -> Any:
        words = [*map(str, arguments), "--data", str(self.folder), "--json"]
        if user:
            words += ["--user", user]
            environ |= {"TOFAN_PIN": PINS[user]}
        if user == "C1":
            words += ["--approver", "S1"]
            environ |= {"TOFAN_APPROVER_PIN": PINS["S1"]}
        done = CliRunner().invoke(counter_program, words, env=environ | {"TOFAN_LANG": "en"})
        assert done.exception is None, (words, done.exception)
        return json.loads(done.stdout)


@pytest.fixture
def till(tmp_path: Path) -> Counter:
    """Set a till up with a supervisor and a cashier."""
    counter = Counter(tmp_path / "till")
    counter("init", "--till", "CTW1", user="")
    counter("users", "--add", "S1", user="", TOFAN_NEW_PIN=PINS["S1"])
    counter("users", "--add", "C1", "--role", "cashier", user="S1", TOFAN_NEW_PIN=PINS["C1"])
    return counter


def office(folder: Path, *arguments: object) -> Any:
    done = CliRunner().invoke(
        office_program,
        [*map(str, arguments), "--db", f"sqlite:///{folder / 'office.db'}"],
        env={"TOFAN_LANG": "en"},
    )
    assert done.exception is None, (arguments, done.output)
    return done.stdout


def a_day(till: Counter) -> None:
    chance = random.Random(20)
    till("open", "--float", "1000x1,500x2")
    for _ in range(12):
        scans = [part for code in chance.sample(CODES, 3) for part in ("--scan", code)]
        till("ring", *scans, "--cash", "30000")
    off = ("--discount", "25%", "--reason", "วันเกิด", "--bearer", "mall")
    till("ring", "--scan", CODES[0], *off, "--cash", "5000")
    till("refund", "1", "--line", "1", "--reason", "สี")
    till("refund", "1", "--line", "2", "--reason", "ขนาด")
    till("void", "last", "--reason", "คิดผิด")
    till("pay-in", "300", "--reason", "เงินทอน")
    till("pay-out", "45.50", "--reason", "น้ำดื่ม")
    till("pickup", "2000", "--reason", "นำฝาก", "--bag", "B-1")


def test_a_day_agrees_from_the_drawer_to_head_office(till: Counter, tmp_path: Path) -> None:
    a_day(till)
    x = till("x", user="S1")
    cash = x["tenders"]["cash"]
    expected = (
        Decimal(x["float"])
        + Decimal(cash["net"])
        + Decimal(x["paid_in"]["amount"])
        - Decimal(x["paid_out"]["amount"])
        - Decimal(x["pickups"]["amount"])
    )
    closed = till("close", "--counted", f"cash={expected - 20}", "--bag", "B-2")
    assert (closed["difference"], closed["settled"]["cash"]["expected"]) == (
        "-20.00",
        f"{expected:.2f}",
    )
    assert closed["net"] == x["net"]
    assert (closed["sales"]["count"], closed["refunds"]["count"], closed["voids"]["count"]) == (
        13,
        2,
        1,
    )
    assert closed["overrides"] >= 3, "a discount, a void and a pay-out on the supervisor's word"
    packed = till("pack", "--to", tmp_path / "stick", user="S1")
    assert len(packed["files"]) == 4
    office(tmp_path, "init")
    office(tmp_path, "enrol", tmp_path / "till" / "enrolment-request.json", "--yes")
    office(tmp_path, "import", tmp_path / "stick" / "head-office")
    (day,) = json.loads(office(tmp_path, "days", "--json"))["days"]
    assert (day["finding"], day["signature"], day["differences"], day["unchecked"]) == (
        "agrees",
        "holds",
        [],
        [],
    )
    assert (day["number"], day["cash_difference"]) == ("CTW1-Z000001", "-20.00")
    assert (day["net"], day["share"]) == (closed["net"]["total"], closed["net"]["share"])
    month = closed["business_date"][:7]
    report = json.loads(office(tmp_path, "report", "shares", "--month", month, "--json"))
    assert report["share_total"] == closed["net"]["share"]
    back = Decimal(closed["refunds"]["total"]) + Decimal(closed["voids"]["total"])
    assert Decimal(report["refunds_total"]) == back


def test_the_window_and_the_commands_share_one_till(till: Counter, tmp_path: Path) -> None:
    """What one process has opened another sells in: nothing is kept but in the till's file."""
    till("open", "--float", "500")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tofan_pos", "ring", "--data", str(tmp_path / "till")),
            *("--scan", CODES[0], "--cash", "5000", "--user", "C1", "--json"),
        ],
        env=os.environ | {"TOFAN_PIN": PINS["C1"]},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == ""
    assert till("x", user="S1")["sales"]["total"] == json.loads(done.stdout)["total"]

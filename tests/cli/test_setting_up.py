"""`init` and `catalogue`: the till's own limits, and people who come with what is sold."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.cli.running import CASHIER, PINS, SUPERVISOR, Run, acting, kinds, refused, unchanged
from tests.counter.people import verifier


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Return a workbook that names a supervisor and a cashier of another counter."""
    book = Workbook()
    products = book.worksheets[0]
    products.title = "Products"
    products.append(["code", "name_th", "name_en", "price", "group"])
    products.append(["A-1", "ผ้าทอ", "Cloth", 100, "G1"])
    groups = book.create_sheet("Groups")
    groups.append(["group", "label_th", "label_en"])
    groups.append(["G1", "กลุ่มทอผ้า", "Weavers"])
    staff = book.create_sheet("Staff")
    staff.append(["code", "name", "role", "pin_verifier"])
    staff.append(["LEAD1", "หัวหน้าหนึ่ง", "supervisor", verifier("LEAD1")])
    staff.append(["SELL1", "คนขายหนึ่ง", "cashier", verifier("SELL1")])
    book.save(tmp_path / "own.xlsx")
    return tmp_path / "own.xlsx"


def test_people_come_with_a_catalogue(run: Run, till: Path, workbook: Path) -> None:
    with unchanged(till):
        assert run("catalogue", workbook, "--check", till=till).out.startswith("The workbook is")
    loaded = run("catalogue", workbook, till=till)
    assert (loaded.code, loaded.out) == (0, "The till sells 1 products now.\n")
    assert [one["code"] for one in run("users", "--json", till=till).json["users"]] == [
        "LEAD1",
        "SELL1",
    ]
    sale = ("ring", "--scan", "A-1", "--cash", "100", "--user", "SELL1")
    assert run(*sale, till=till, TOFAN_PIN="190826").code == 0


def test_where_people_work_new_ones_take_a_supervisor(
    run: Run, staffed: Path, workbook: Path
) -> None:
    with unchanged(staffed):
        refused(run("catalogue", workbook, till=staffed), "Nobody is signed in")
    who, environ = acting(CASHIER, SUPERVISOR)
    before = kinds(staffed)
    refused(run("catalogue", workbook, *who, till=staffed, **environ), "Your role may not")
    assert kinds(staffed) == [*before, "signed_in"]
    who, environ = acting(SUPERVISOR)
    assert run("catalogue", workbook, *who, till=staffed, **environ).code == 0
    assert [one["code"] for one in run("users", "--json", till=staffed).json["users"]] == [
        "LEAD1",
        "SELL1",
    ]
    gone = run("x", *who, till=staffed, **environ)
    refused(gone, "Nobody with this code")


def test_one_without_people_takes_a_supervisor_or_their_word(
    run: Run, staffed: Path, tmp_path: Path
) -> None:
    book = Workbook()
    products = book.worksheets[0]
    products.title = "Products"
    products.append(["code", "name_th", "price", "group"])
    products.append(["A-1", "ผ้าทอ", 100, "G1"])
    groups = book.create_sheet("Groups")
    groups.append(["group", "label_th"])
    groups.append(["G1", "กลุ่มทอผ้า"])
    book.save(tmp_path / "goods.xlsx")
    load = ("catalogue", tmp_path / "goods.xlsx")
    for who, environ, said in (
        ((), {}, "Nobody is signed in"),
        (*acting(CASHIER), "needs a supervisor's approval"),
    ):
        asked = run(*load, *who, till=staffed, **environ)
        assert (asked.code, said in asked.err) == (1, True)
    for who, environ in (acting(CASHIER, SUPERVISOR), acting(SUPERVISOR)):
        assert run(*load, *who, till=staffed, **environ).code == 0
    assert len(run("users", "--json", till=staffed).json["users"]) == 3


def test_a_tills_own_limits_are_kept_to(run: Run, tmp_path: Path, workbook: Path) -> None:
    till = tmp_path / "till"
    limits = ("--most-discount", "50", "--most-refund", "50", "--most-difference", "5")
    made = run("init", "--till", "LIM1", "--catalogue", workbook, *limits, till=till)
    assert made.code == 0
    sell1 = {"TOFAN_PIN": "190826"}
    half = ("ring", "--scan", "A-1x2", "--discount", "50%", "--reason", "x", "--cash", "100")
    assert run(*half, "--user", "SELL1", till=till, **sell1).code == 0
    refund = ("refund", "last", "--line", "1x2", "--reason", "x", "--user", "SELL1")
    refused(run(*refund, till=till, **sell1), "needs a supervisor's approval")
    one = run(
        "refund", "last", "--line", "1", "--reason", "x", "--user", "SELL1", till=till, **sell1
    )
    assert one.code == 0
    close = ("close", "--counted", "cash=44", "--reason", "x", "--user", "SELL1")
    refused(run(*close, till=till, **sell1), "needs a supervisor's approval")


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        (("--till", "TRAIN"), 1),
        (("--till", "T1", "--most-refund", "much"), 1),
        (("--till", "T1", "--most-discount", "101"), 2),
        (("--till", "T1", "--lock-after", "5"), 2),
    ],
)
def test_a_setting_that_cannot_be_makes_no_till(
    run: Run, tmp_path: Path, setting: tuple[str, ...], code: int
) -> None:
    assert run("init", *setting, till=tmp_path / "till").code == code
    assert not (tmp_path / "till" / "till.sqlite3").exists()


def test_nobody_is_named_by_another_tills_pin(run: Run, till: Path, workbook: Path) -> None:
    assert run("catalogue", workbook, till=till).code == 0
    before = kinds(till)
    asked = run("open", "--user", "LEAD1", till=till, TOFAN_PIN=PINS[SUPERVISOR])
    refused(asked, "The PIN is not right")
    assert kinds(till) == [*before, "login_failed"]

"""Who works at the tills is read whole, and what proves a PIN is never shown again."""

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tofan_pos.counter import pins
from tofan_pos.domain.errors import Refusal
from tofan_pos.domain.people import Role, Staff
from tofan_pos.workbook import Problem
from tofan_pos.workbook.faults import Unfit
from tofan_pos.workbook.sheets import Cell, Kind
from tofan_pos.workbook.staff import verifier

Desk = Any  # tests/workbook/conftest.py: a fixture's class cannot be imported by path

SALT, HASH = "c2FsdHNhbHRzYWx0c2FsdA", "qckGbDdunydCov9tD7Mc2fJDsZ8f4lbz2dhHq61L6cQ"
PROOF = f"$argon2id$v=19$m=19456,t=2,p=1${SALT}${HASH}"
BOSS: dict[str, object] = {
    "code": "S01",
    "name": "หัวหน้าหนึ่ง",
    "role": "supervisor",
    "pin_verifier": PROOF,
}


def proof(*, m: object = 19456, t: object = 2, p: object = 1) -> str:
    return f"$argon2id$v=19$m={m},t={t},p={p}${SALT}${HASH}"


def problems(desk: Desk, *rows: dict[str, object]) -> list[tuple[int, str, Problem]]:
    faults = desk.faults_in(desk.with_sheet("Staff", *rows))
    assert {fault.sheet for fault in faults} == {"Staff"}
    return [(fault.row, fault.column, fault.problem) for fault in faults]


def test_without_the_sheet_nobody_is_named(desk: Desk) -> None:
    assert desk.read(desk.book({})).catalogue.staff is None


def test_a_good_row_becomes_a_person(desk: Desk) -> None:
    rows = (
        BOSS,
        {"code": " c02 ", "role": "แคชเชียร์", "pin_verifier": PROOF},
        {"code": "T3", "name": "ฝน\u200b ", "role": "Trainee", "pin_verifier": f" {PROOF} "},
        {"code": "H4", "role": "ฝ่ายช่วยเหลือ", "pin_verifier": PROOF, "active": "ไม่"},
    )
    checked = desk.read(desk.with_sheet("Staff", *rows))
    assert checked.catalogue.staff == (
        Staff(code="S01", name="หัวหน้าหนึ่ง", role=Role.SUPERVISOR, verifier=PROOF),
        Staff(code="C02", name="C02", role=Role.CASHIER, verifier=PROOF),
        Staff(code="T3", name="ฝน", role=Role.TRAINEE, verifier=PROOF),
        Staff(code="H4", name="H4", role=Role.SUPPORT, verifier=PROOF, active=False),
    )
    assert checked.warnings == ()


def test_the_sheet_may_be_thai_throughout(desk: Desk) -> None:
    thai = {
        "รหัส": "S01",
        "ชื่อ": "หัวหน้าหนึ่ง",
        "หน้าที่": "หัวหน้างาน",
        "ตัวยืนยัน PIN": PROOF,
        "ใช้งาน": "ใช่",
    }
    checked = desk.read(desk.with_sheet("พนักงาน", thai))
    assert checked.catalogue.staff == (
        Staff(code="S01", name="หัวหน้าหนึ่ง", role=Role.SUPERVISOR, verifier=PROOF),
    )
    assert checked.warnings == ()


def test_a_thai_sheet_s_faults_bear_its_own_words(desk: Desk) -> None:
    thai = {"รหัส": "S01", "หน้าที่": "ยาม", "ตัวยืนยัน-pin": PROOF}
    (fault,) = desk.faults_in(desk.with_sheet(" พนักงาน", thai))
    assert (fault.sheet, fault.row, fault.column) == ("พนักงาน", 2, "หน้าที่")
    assert (fault.problem, fault.value) == (Problem.ROLE_UNKNOWN, "ยาม")
    assert fault.facts["cell"] == "B2"


@pytest.mark.parametrize(
    ("column", "typed", "problem"),
    [
        ("code", None, Problem.BLANK),
        ("code", "S", Problem.SHORT_CODE),
        ("code", "S-1", Problem.SHORT_CODE),
        ("code", "ส01", Problem.SHORT_CODE),
        ("code", "ß1", Problem.SHORT_CODE),
        ("code", "S" * 13, Problem.SHORT_CODE),
        ("code", "setup", Problem.CODE_RESERVED),
        ("code", "4111111111111111", Problem.CARD_NUMBER),
        ("name", "ก" * 41, Problem.TOO_LONG),
        ("name", "4111-1111-1111-1111", Problem.CARD_NUMBER),
        ("role", None, Problem.BLANK),
        ("role", "boss", Problem.ROLE_UNKNOWN),
        ("role", 4111111111111111, Problem.CARD_NUMBER),
        ("active", "perhaps", Problem.YES_NO_UNREADABLE),
        ("pin_verifier", None, Problem.BLANK),
        ("pin_verifier", "=1+1", Problem.FORMULA_WITHOUT_VALUE),
        ("pin_verifier", "4111111111111111", Problem.CARD_NUMBER),
    ],
)
def test_what_is_wrong_is_named_by_its_cell(
    desk: Desk, column: str, typed: object, problem: Problem
) -> None:
    second = {**BOSS, "code": "C02", "active": None, column: typed}
    assert problems(desk, BOSS, second) == [(3, column, problem)]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("482913", Problem.VERIFIER_SHAPE),
        (482913, Problem.VERIFIER_SHAPE),
        (f"{PROOF}=", Problem.VERIFIER_SHAPE),
        (PROOF[:-1], Problem.VERIFIER_SHAPE),
        (PROOF[:-1] + "R", Problem.VERIFIER_SHAPE),
        (PROOF.replace("argon2id", "argon2i"), Problem.VERIFIER_SHAPE),
        (PROOF.replace("v=19", "v=16"), Problem.VERIFIER_SHAPE),
        (PROOF.replace("argon2id", "argon2id-hmac-sha256"), Problem.VERIFIER_SHAPE),
        (proof(m="019456"), Problem.VERIFIER_SHAPE),
        (proof(t=0), Problem.VERIFIER_SHAPE),
        (proof(m=8, t=1), Problem.VERIFIER_COST),
        (proof(m=19456, t=1), Problem.VERIFIER_COST),
        (proof(m=9_999_999), Problem.VERIFIER_COST),
        (proof(t=9_999_999), Problem.VERIFIER_COST),
        (proof(p=5), Problem.VERIFIER_COST),
    ],
)
def test_what_proves_no_pin_is_refused_and_not_shown(
    desk: Desk, typed: object, problem: Problem
) -> None:
    (fault,) = desk.faults_in(desk.with_sheet("Staff", {**BOSS, "pin_verifier": typed}))
    assert (fault.problem, fault.column, fault.facts["cell"]) == (problem, "pin_verifier", "D2")
    assert fault.value == ""


NUMBERS = st.one_of(st.integers(0, 300_000), st.sampled_from(["", "01", "x", 7168, 35840, 65536]))
BASE64 = st.one_of(
    st.binary(min_size=6, max_size=50).map(lambda b: base64.b64encode(b).decode().rstrip("=")),
    st.text("AB+/=_-", min_size=9, max_size=66),
    st.just(HASH),
)


@given(NUMBERS, NUMBERS, st.integers(0, 6), BASE64, BASE64)
def test_a_till_takes_what_the_workbook_takes(
    m: object, t: object, p: int, salt: str, hashed: str
) -> None:
    text = f"$argon2id$v=19$m={m},t={t},p={p}${salt}${hashed}"
    assert _workbook_takes(text) is _till_takes(text)


@given(st.integers(7_000, 66_000), st.integers(1, 40), st.integers(1, 5))
def test_a_till_takes_the_costs_that_the_workbook_takes(m: int, t: int, p: int) -> None:
    text = proof(m=m, t=t, p=p)
    assert _workbook_takes(text) is _till_takes(text)


def _workbook_takes(text: str) -> bool:
    try:
        return verifier(Cell(Kind.TEXT, text)) == text
    except Unfit:
        return False


def _till_takes(text: str) -> bool:
    try:
        return bool(pins.seal(text, b"pepper", who="S01"))
    except Refusal:
        return False


def test_what_the_till_makes_the_workbook_takes() -> None:
    assert _workbook_takes(pins.make_verifier("482913", bytes))


def test_the_same_code_twice_names_both_rows(desk: Desk) -> None:
    (fault,) = desk.faults_in(desk.with_sheet("Staff", BOSS, {**BOSS, "code": "s01"}))
    assert (fault.problem, fault.row, fault.facts["other"]) == (Problem.CODE_TWICE, 3, 2)


@pytest.mark.parametrize(
    "rows",
    [
        [{**BOSS, "role": "cashier"}],
        [{**BOSS, "active": "no"}],
        [dict.fromkeys(BOSS)],
        [{**BOSS, "role": "cashier"}, {**BOSS, "code": "S02", "active": 0}],
    ],
)
def test_a_sheet_without_a_supervisor_is_refused(desk: Desk, rows: list[dict[str, object]]) -> None:
    (fault,) = desk.faults_in(desk.with_sheet("Staff", *rows))
    assert (fault.problem, fault.row, fault.value) == (Problem.NO_SUPERVISOR, 0, "Staff")


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"role": "supervizor"}, Problem.ROLE_UNKNOWN),
        ({"role": None}, Problem.BLANK),
        ({"active": "perhaps"}, Problem.YES_NO_UNREADABLE),
        ({"pin_verifier": "?"}, Problem.VERIFIER_SHAPE),
    ],
)
def test_a_supervisor_mistyped_is_one_fault_and_not_two(
    desk: Desk, changed: dict[str, object], problem: Problem
) -> None:
    ((row, _, found),) = problems(desk, {**BOSS, **changed})
    assert (row, found) == (2, problem)


def test_columns_that_are_missing(desk: Desk) -> None:
    assert problems(desk, {"name": "หัวหน้าหนึ่ง"}) == [
        (1, "code", Problem.COLUMN_MISSING),
        (1, "role", Problem.COLUMN_MISSING),
        (1, "pin_verifier", Problem.COLUMN_MISSING),
    ]


def test_the_sheet_ends_before_an_entry_of_the_journal_would_burst(desk: Desk) -> None:
    rows = [{**BOSS, "code": f"S{number:011d}"} for number in range(501)]
    assert len(desk.read(desk.with_sheet("Staff", *rows[:500])).catalogue.staff) == 500
    (fault,) = desk.faults_in(desk.with_sheet("Staff", *rows))
    assert (fault.problem, fault.row) == (Problem.TOO_MANY_ROWS, 502)

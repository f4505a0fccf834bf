"""The day without a window: a float, money in and out, X, the blind count, and Z."""

import re
from pathlib import Path

import pytest

from tests.cli.running import (
    CASHIER,
    PINS,
    SUPERVISOR,
    TRAINEE,
    Run,
    acting,
    entries,
    kinds,
    refused,
    unchanged,
)
from tests.counter.tills import opened
from tofan_pos.app import utc_now
from tofan_pos.sync.events import MovementBody, NoSaleBody, SessionClosedBody

SALE = ("ring", "--scan", "TF-SCARF", "--cash", "590")


@pytest.fixture
def day(run: Run, till: Path) -> Path:
    """Open a session over 2,000 baht, sell one scarf for cash and one by card."""
    assert run("open", "--float", "1000x1,500x2", till=till).code == 0
    assert run(*SALE, till=till).code == 0
    assert run("ring", "--scan", "TF-SCARF", "--tender", "EDC1=590:1", till=till).code == 0
    return till


# --- opening --------------------------------------------------------------------------------------


def test_a_session_opens_over_a_float(run: Run, till: Path) -> None:
    told = run("open", "--float", "1000x1, 500x2", "--drawer", "ลิ้นชัก 2", "--json", till=till)
    assert (told.json["session"], told.json["float"], told.json["by"]) == (1, "2000.00", "SETUP")
    assert kinds(till)[-1] == "session_opened"
    with unchanged(till):
        refused(run("open", till=till), "A till session is open already")


def test_it_says_so_in_words(run: Run, till: Path) -> None:
    assert run("open", till=till).out == "Session 1 is open, with ฿0.00 in the drawer.\n"


@pytest.mark.parametrize("opening", ["3x1", "1000x", "-5", "abc", "1000x1,x"])
def test_no_float_is_refused(run: Run, till: Path, opening: str) -> None:
    with unchanged(till):
        refused(run("open", f"--float={opening}", till=till), "not a")


def test_without_a_session_nothing_moves(run: Run, till: Path) -> None:
    for verb in (
        ("x",),
        ("close", "--counted", "cash=0"),
        ("close",),
        ("pay-in", "100", "--reason", "ทอน"),
        ("pay-out", "100", "--reason", "น้ำ"),
        ("pickup", "100", "--reason", "ฝาก", "--bag", "B"),
        ("no-sale", "--reason", "แลก"),
    ):
        with unchanged(till):
            refused(run(*verb, till=till), "No till session is open")


# --- the drawer -----------------------------------------------------------------------------------


def test_money_goes_in_and_out_and_to_the_safe(run: Run, day: Path) -> None:
    told = run("pay-in", "300", "--reason", "เงินทอนเพิ่ม", "--json", till=day).json
    assert (told["number"], told["movement"], told["amount"]) == (
        "TST1-M000001",
        "paid_in",
        "300.00",
    )
    out = run("pay-out", "45.50", "--reason", "น้ำดื่ม", till=day)
    assert out.out == "TST1-M000002: ฿45.50.\n"
    safe = run("pickup", "1,000", "--reason", "นำฝาก", "--bag", "B-7", "--json", till=day).json
    assert (safe["movement"], safe["bag"], safe["by"]) == ("pickup", "B-7", "SETUP")
    assert run("no-sale", "--reason", "แลกเหรียญ", till=day).out == ""
    last = [body for _, body in entries(day)[-4:]]
    assert [type(body) for body in last] == [MovementBody] * 3 + [NoSaleBody]
    x = run("x", "--json", till=day).json
    assert (x["paid_in"], x["pickups"], x["no_sales"]) == (
        {"count": 1, "amount": "300.00"},
        {"count": 1, "amount": "1000.00"},
        1,
    )


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        (("pay-in", "0", "--reason", "x"), "That amount"),
        (("pay-in", "x", "--reason", "x"), "not an amount"),
        (("pay-out", "99999999999", "--reason", "x"), "amount"),
        (("pay-out", "2590.01", "--reason", "x"), "So much cannot be in the drawer"),
        (("pickup", "5", "--reason", " ", "--bag", "B"), "Give a reason"),
        (("pickup", "5", "--reason", "4111 1111 1111 1111", "--bag", "B"), "card number"),
        (("pickup", "5", "--reason", "x", "--bag", " "), "Write the number of the bag"),
        (("pickup", "5", "--reason", "x", "--bag", "9" * 81), "too long"),
        (("no-sale", "--reason", ""), "Give a reason"),
    ],
)
def test_what_cannot_move(run: Run, day: Path, verb: tuple[str, ...], said: str) -> None:
    with unchanged(day):
        refused(run(*verb, till=day), said)


@pytest.mark.parametrize(
    "verb",
    [
        ("pay-in",),
        ("pay-in", "5"),
        ("pay-out", "5", "--reason", "x", "--bag", "1"),
        ("pickup", "5", "--reason", "x"),
        ("no-sale",),
        ("close", "--counted", "EDC1=5"),
        ("users", "--role", "queen"),
    ],
)
def test_what_makes_no_sense_is_wrong_usage(run: Run, day: Path, verb: tuple[str, ...]) -> None:
    with unchanged(day):
        assert run(*verb, till=day).code == 2


def test_a_cashier_takes_money_out_on_a_supervisors_word(run: Run, staffed: Path) -> None:
    who, environ = acting(CASHIER)
    assert run("open", "--float", "500", *who, till=staffed, **environ).code == 0
    out = ("pay-out", "45", "--reason", "น้ำ")
    before = kinds(staffed)
    refused(run(*out, *who, till=staffed, **environ), "needs a supervisor's approval")
    assert kinds(staffed) == [*before, "signed_in"]
    who, environ = acting(CASHIER, SUPERVISOR)
    told = run(*out, *who, "--json", till=staffed, **environ).json
    assert (told["by"], told["approved_by"]) == (CASHIER, SUPERVISOR)
    nothing = ("no-sale", "--reason", "แลก")
    assert run(*nothing, *who, till=staffed, **environ).code == 0


# --- X --------------------------------------------------------------------------------------------


def test_x_states_the_day_and_changes_no_byte(run: Run, day: Path, tmp_path: Path) -> None:
    with unchanged(day):
        told = run("x", "--json", till=day).json
        shown = run("x", till=day)
        drawn = run("x", "--pdf", tmp_path / "x.pdf", till=day)
    assert (told["sales"]["count"], told["sales"]["total"], told["float"]) == (
        2,
        "1180.00",
        "2000.00",
    )
    assert told["grand_total"] == told["net"]["total"] == "1180.00"
    assert "TST1" in shown.out
    assert "1,180.00" in shown.out
    assert drawn.out == ""
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")


def test_x_tells_a_cashier_nothing_of_what_should_be_in_the_drawer(run: Run, staffed: Path) -> None:
    who, environ = acting(CASHIER)
    assert run("open", "--float", "500", *who, till=staffed, **environ).code == 0
    assert run(*SALE, *who, till=staffed, **environ).code == 0
    blind = run("x", "--json", *who, till=staffed, **environ)
    assert not {"sales", "net", "tenders", "grand_total"} & set(blind.json)
    assert blind.json["float"] == "500.00"
    shown = run("x", *who, till=staffed, **environ).out
    assert "590.00" not in shown + blind.out
    who, environ = acting(SUPERVISOR)
    assert run("x", "--json", *who, till=staffed, **environ).json["net"]["total"] == "590.00"


# --- closing --------------------------------------------------------------------------------------


def test_a_day_is_closed_over_what_was_counted(run: Run, day: Path, tmp_path: Path) -> None:
    counted = ("--counted", "cash=1000x2,500x1,50x1,20x1", "--counted", "EDC1=590")
    closed = run("close", *counted, "--bag", "B-9", "--json", till=day)
    assert (closed.code, closed.err) == (0, "")
    told = closed.json
    assert (told["number"], told["z"], told["difference"], told["bag"]) == (
        "TST1-Z000001",
        1,
        "-20.00",
        "B-9",
    )
    assert told["settled"] == {
        "cash": {"expected": "2590.00", "counted": "2570.00", "difference": "-20.00"},
        "EDC1": {"expected": "590.00", "counted": "590.00", "difference": "0.00"},
    }
    assert (told["signed"], told["counted_by"], told["counts"]) == (True, "SETUP", 1)
    with unchanged(day):
        again = run("z", "last", "--pdf", tmp_path / "z.pdf", "--json", till=day)
        assert again.json == told
        assert (tmp_path / "z.pdf").read_bytes().startswith(b"%PDF")
        for which in ("1", "TST1-Z000001", "tst1-z1"):
            assert run("z", which, "--json", till=day).json == told
        assert "TST1-Z000001" in run("z", till=day).out
        for which in ("2", "0", "OTH1-Z000001", "first", "9" * 5000):
            refused(run("z", which, till=day), "There is no such Z report")
        refused(run("x", till=day), "No till session is open")
    assert run("verify", till=day).code == 0


def test_a_close_says_what_it_came_to(run: Run, day: Path) -> None:
    told = run("close", "--counted", "cash=2590", "--counted", "EDC1=590", till=day).out
    assert told.startswith("TST1-Z000001: ฿1,180.00. The drawer agrees. ฿")


def test_a_close_names_the_baskets_that_still_wait(run: Run, day: Path) -> None:
    with opened(day, clock=utc_now) as desk:
        for name in ("หมวกแดง", ""):
            desk.register.scan("TF-BASKET")
            desk.parking.park(name)
    told = run("close", "--counted", "cash=2590", "--counted", "EDC1=590", "--json", till=day)
    assert told.json["parked"] == 2
    assert told.err.splitlines() == [
        "Parked baskets that still wait: 2. They stay for the next session.",
        "หมวกแดง · Pieces: 1 · ฿333.33",
        "No name · Pieces: 1 · ฿333.33",
    ]


def test_a_difference_above_the_limit_takes_a_reason_and_the_second_count_stands(
    run: Run, staffed: Path
) -> None:
    who, environ = acting(CASHIER)
    assert run("open", "--float", "500", *who, till=staffed, **environ).code == 0
    short = ("close", "--counted", "cash=300")
    blind = run(*short, *who, till=staffed, **environ)
    refused(blind, "Give a reason")
    assert "200" not in blind.err
    why = (*short, "--reason", "ทอนเกิน")
    refused(run(*why, *who, till=staffed, **environ), "needs a supervisor's approval")
    refused(run(*why, *who, till=staffed, **environ), "has been counted twice")
    who, environ = acting(CASHIER, SUPERVISOR)
    closed = run("close", "--reason", "ทอนเกิน", *who, "--json", till=staffed, **environ).json
    assert (closed["difference"], closed["reason"]) == ("-200.00", "ทอนเกิน")
    assert (closed["closed_by"], closed["approved_by"]) == (CASHIER, SUPERVISOR)
    assert (closed["first_count"], closed["counts"]) == ("300.00", 2)


def test_a_supervisor_is_told_which_tender_wants_a_reason_and_by_how_much(
    run: Run, day: Path
) -> None:
    short = run("close", "--counted", "cash=2300", "--counted", "EDC1=600", till=day)
    refused(short, "Cash Short ฿290.00, EDC1 Over ฿10.00: that is more than the limit")
    assert "Give a reason" in short.err


def test_over_no_count_nothing_is_closed(run: Run, day: Path) -> None:
    with unchanged(day):
        refused(run("close", till=day), "Count the drawer first")


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (("cash=abc",), "not an amount"),
        (("cash",), "is not a count"),
        (("cash=",), "is not a count"),
        (("cash=1", "CASH=2"), "is not a count"),
        (("cash=3x1",), "is not a count"),
        (("cash=1", "NONE=1"), "no way of paying"),
    ],
)
def test_what_is_no_count_counts_for_none(
    run: Run, day: Path, counts: tuple[str, ...], said: str
) -> None:
    options = [part for text in counts for part in ("--counted", text)]
    with unchanged(day):
        refused(run("close", *options, till=day), said)


def test_two_close_where_the_till_asks_for_two(run: Run, tmp_path: Path) -> None:
    till = tmp_path / "two"
    assert run("init", "--till", "TWO1", "--two-to-close", till=till).code == 0
    add = ("users", "--add", SUPERVISOR)
    assert run(*add, till=till, TOFAN_NEW_PIN=PINS[SUPERVISOR]).code == 0
    boss, environ = acting(SUPERVISOR)
    more = ("users", "--add", CASHIER, "--role", "cashier", *boss[:2])
    assert run(*more, till=till, TOFAN_NEW_PIN=PINS[CASHIER], **environ).code == 0
    who, environ = acting(CASHIER)
    assert run("open", *who, till=till, **environ).code == 0
    close = ("close", "--counted", "cash=0", *who)
    before = kinds(till)
    refused(run(*close, till=till, **environ), "A second person signs")
    wrong = run(*close, "--second", SUPERVISOR, till=till, **environ, TOFAN_SECOND_PIN="190826")
    refused(wrong, "The PIN is not right")
    assert "counted" not in kinds(till)[len(before) :], "nothing was counted yet"
    own = run(*close, "--second", CASHIER, till=till, **environ, TOFAN_SECOND_PIN=PINS[CASHIER])
    refused(own, "Nobody approves themselves")
    both = {**environ, "TOFAN_SECOND_PIN": PINS[SUPERVISOR]}
    assert run(*close, "--second", SUPERVISOR, "--json", till=till, **both).json["seconded_by"] == (
        SUPERVISOR
    )
    body = entries(till)[-1][1]
    assert isinstance(body, SessionClosedBody)
    assert (body.figures.by, body.seconded) == (CASHIER, SUPERVISOR)


# --- people ---------------------------------------------------------------------------------------


def test_the_first_one_is_a_supervisor_and_the_set_up_is_over(run: Run, till: Path) -> None:
    assert run("users", "--json", till=till).json == {"users": []}
    first = ("users", "--add", "s1", "--name", "หัวหน้า")
    told = run(*first, "--json", till=till, TOFAN_NEW_PIN=PINS[SUPERVISOR])
    assert told.json == {"users": [{"code": "S1", "name": "หัวหน้า", "role": "supervisor"}]}
    with unchanged(till):
        refused(run("open", till=till), "Nobody is signed in")
        refused(run(*SALE, till=till), "Nobody is signed in")
        more = run("users", "--add", "C1", till=till, TOFAN_NEW_PIN=PINS[CASHIER])
        refused(more, "Nobody is signed in")
    who, environ = acting(SUPERVISOR)
    for pin, said in (("123456", "too easy"), ("12345", "six digits")):
        add = run("users", "--add", "C1", *who[:2], till=till, TOFAN_NEW_PIN=pin, **environ)
        refused(add, said)
    newcomer = ("users", "--add", "C1", *who[:2])
    assert run(*newcomer, till=till, TOFAN_NEW_PIN=PINS[CASHIER], **environ).out == (
        "C1  cashier  C1\nS1  supervisor  หัวหน้า\n"
    )
    kept = "".join(text.decode(errors="replace") for text in map(bytes, _files(till)))
    # Keys and hashes are digits too, and any six may be among them.
    kept = re.sub(r"[0-9a-f]{32,}", "", kept)
    assert not [pin for pin in PINS.values() if pin in kept], "no PIN is kept"


def _files(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.iterdir() if path.is_file()]


@pytest.mark.parametrize("who", [CASHIER, TRAINEE])
def test_only_a_supervisor_adds_people(run: Run, staffed: Path, who: str) -> None:
    options, environ = acting(who)
    add = run("users", "--add", "X9", *options, till=staffed, TOFAN_NEW_PIN="770264", **environ)
    refused(add, "Your role may not do this")


def test_a_pin_is_asked_for_where_none_is_given(
    run: Run, staffed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answered(prompt: str = "", *_: object) -> str:
        asked.append(prompt)
        return PINS[CASHIER]

    monkeypatch.setattr("click.termui.hidden_prompt_func", answered)
    opened = run("open", "--user", CASHIER, "--json", till=staffed)
    assert opened.json["by"] == CASHIER
    assert len(asked) == 1

"""`refund`, `void` and `reprint`: what comes back, and papers asked for again."""

from pathlib import Path

import pytest

from tests.cli.running import CASHIER, SUPERVISOR, Run, acting, entries, kinds, refused, unchanged
from tofan_pos.sync.documents import ReversalBody
from tofan_pos.sync.events import ReprintedBody


@pytest.fixture
def sold(run: Run, till: Path) -> str:
    """Ring up three scarves and a basket, and return the receipt's number."""
    scans = ("--scan", "TF-SCARFx3", "--scan", "TF-BASKET")
    rung = run("ring", *scans, "--cash", "3000", "--json", till=till)
    return str(rung.json["number"])


def test_lines_come_back_by_number(run: Run, till: Path, sold: str) -> None:
    lines = ("--line", "1x2", "--line", "2")
    back = run("refund", sold, *lines, "--reason", "สี", "--json", till=till)
    assert (back.code, back.err) == (0, "")
    assert (back.json["number"], back.json["of"], back.json["kind"], back.json["total"]) == (
        "TST1-C000001",
        sold,
        "refund",
        "1513.33",
    )
    assert [(one["line"], one["code"], one["quantity"]) for one in back.json["lines"]] == [
        (1, "TF-SCARF", 2),
        (2, "TF-BASKET", 1),
    ]
    assert back.json["tenders"] == [{"tender": "cash", "amount": "1513.33"}]
    rest = run("refund", sold, "--line", "1", "--reason", "สี", till=till)
    assert rest.out.startswith("TST1-C000002: ฿590.00 paid back;")


def test_a_line_named_twice_comes_back_twice(run: Run, till: Path, sold: str) -> None:
    lines = ("--line", "1", "--line", "1×2")
    back = run("refund", sold, *lines, "--reason", "สี", "--json", till=till)
    assert back.json["lines"][0]["quantity"] == 3


def test_what_was_paid_by_card_goes_back_in_cash_on_a_supervisors_word(
    run: Run, staffed: Path
) -> None:
    who, environ = acting(CASHIER)
    card = ("ring", "--scan", "TF-SCARF", "--tender", "EDC1=590:77")
    assert run(*card, *who, till=staffed, **environ).code == 0
    back = ("refund", "1", "--line", "1", "--reason", "สี", "--cash")
    refused(run(*back, *who, till=staffed, **environ), "needs a supervisor's approval")
    who, environ = acting(CASHIER, SUPERVISOR)
    paid = run(*back, *who, "--json", till=staffed, **environ)
    assert paid.json["tenders"] == [{"tender": "cash", "amount": "590.00"}]
    kind, body = entries(staffed)[-1]
    assert isinstance(body, ReversalBody)
    assert (kind, body.by, body.approved_by) == ("refund", CASHIER, SUPERVISOR)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("TST1-V000009", "--line", "1"), "No receipt of this till has the number TST1-V000009"),
        (("OTH1-V000001", "--line", "1"), "No receipt of this till has the number OTH1-V000001"),
        (("1", "--line", "9"), "That line is no longer"),
        (("1", "--line", "0"), "That line is no longer"),
        (("1", "--line", "x2"), "That line is no longer"),
        (("1", "--line", "1x0"), "A quantity is"),
        (("1", "--line", "1x4"), "only 3 can still come back"),
    ],
)
def test_what_cannot_come_back(
    run: Run, till: Path, sold: str, arguments: tuple[str, ...], said: str
) -> None:
    assert sold == "TST1-V000001"
    with unchanged(till):
        refused(run("refund", *arguments, "--reason", "สี", till=till), said)


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reason_is_asked_for(run: Run, till: Path, sold: str, reason: str) -> None:
    for verb in (("refund", sold, "--line", "1"), ("void", sold)):
        with unchanged(till):
            refused(run(*verb, "--reason", reason, till=till), "Give a reason")


def test_a_sale_is_voided_whole_once(run: Run, till: Path, sold: str) -> None:
    gone = run("void", "last", "--reason", "คิดผิด", "--json", till=till)
    assert (gone.json["number"], gone.json["kind"], gone.json["of"]) == (sold, "void", sold)
    assert gone.json["total"] == "2103.33"
    with unchanged(till):
        again = run("void", sold, "--reason", "คิดผิด", till=till)
        refused(again, f"{sold} was voided already")
        refund = run("refund", sold, "--line", "1", "--reason", "สี", till=till)
        refused(refund, f"{sold} was voided already")


def test_a_cashier_voids_on_a_supervisors_word(run: Run, staffed: Path) -> None:
    who, environ = acting(CASHIER)
    assert (
        run("ring", "--scan", "TF-SCARF", "--cash", "590", *who, till=staffed, **environ).code == 0
    )
    void = ("void", "last", "--reason", "คิดผิด")
    refused(run(*void, *who, till=staffed, **environ), "needs a supervisor's approval")
    who, environ = acting(CASHIER, SUPERVISOR)
    assert "TST1-V000001 is void" in run(*void, *who, till=staffed, **environ).out


def test_without_a_session_nothing_comes_back(run: Run, till: Path, sold: str) -> None:
    assert run("close", "--counted", "cash=2103.33", till=till).code == 0
    with unchanged(till):
        back = run("refund", sold, "--line", "1", "--reason", "สี", till=till)
        refused(back, "No till session is open")
        refused(run("void", sold, "--reason", "ผิด", till=till), "No till session is open")
    assert run("open", till=till).code == 0
    with unchanged(till):
        late = run("void", sold, "--reason", "ผิด", till=till)
        refused(late, "is of an earlier session")


def test_a_paper_is_printed_again(run: Run, till: Path, sold: str) -> None:
    for arguments in ((), (sold, "--gift")):
        assert run("reprint", *arguments, till=till).code == 0
    told = [body for _, body in entries(till)[-2:]]
    assert [(b.number, b.paper, b.copy) for b in told if isinstance(b, ReprintedBody)] == [
        (sold, "receipt", 1),
        (sold, "gift", 0),
    ]


def test_the_second_copy_takes_a_supervisor(run: Run, staffed: Path) -> None:
    who, environ = acting(CASHIER)
    assert (
        run("ring", "--scan", "TF-SCARF", "--cash", "590", *who, till=staffed, **environ).code == 0
    )
    assert run("reprint", *who, till=staffed, **environ).code == 0
    refused(run("reprint", *who, till=staffed, **environ), "needs a supervisor's approval")
    who, environ = acting(CASHIER, SUPERVISOR)
    assert run("reprint", *who, till=staffed, **environ).code == 0
    assert kinds(staffed).count("reprinted") == 2


def test_where_nothing_was_sold_nothing_is_printed(run: Run, till: Path) -> None:
    with unchanged(till):
        refused(run("reprint", till=till), "Nothing has been sold")
        refused(run("void", "last", "--reason", "x", till=till), "Nothing has been sold")


def test_what_is_left_out_is_wrong_usage(run: Run, till: Path) -> None:
    with unchanged(till):
        for verb in (("refund", "1", "--line", "1"), ("refund", "1", "--reason", "x"), ("void",)):
            assert run(*verb, till=till).code == 2

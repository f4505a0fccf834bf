"""`ring`: one sale, however it is paid; what is refused leaves nothing behind."""

from pathlib import Path

import pytest

from tests.cli.running import CASHIER, SUPERVISOR, TRAINEE, Run, acting, kinds, refused, unchanged


def test_a_sale_of_before_opens_a_session_and_says_so(run: Run, till: Path) -> None:
    sold = run("ring", "--scan", "TF-SCARFx2", "--cash", "2000", "--json", till=till)
    assert sold.code == 0
    assert sold.err == "No session was open: number 1 is now, with nothing in the drawer.\n"
    assert (sold.json["number"], sold.json["total"], sold.json["change"]) == (
        "TST1-V000001",
        "1180.00",
        "820.00",
    )
    assert kinds(till)[-2:] == ["session_opened", "sale"]
    again = run("ring", "--scan", "TF-SCARF", "--cash", "590", "--json", till=till)
    assert (again.err, again.json["number"]) == ("", "TST1-V000002")
    assert run("x", "--json", till=till).json["float"] == "0.00"


def test_an_open_session_is_sold_in(run: Run, till: Path) -> None:
    assert run("open", "--float", "2000", till=till).code == 0
    sold = run("ring", "--scan", "TF-SCARF", "--cash", "600", till=till)
    assert sold.err == ""
    assert sold.out.startswith("TST1-V000001: ฿590.00 paid, ฿10.00 change;")


def test_it_is_paid_by_card_and_cash(run: Run, till: Path) -> None:
    sold = run(
        *("ring", "--scan", "TF-SCARF", "--tender", "EDC1=500:004512", "--cash", "100", "--json"),
        till=till,
    )
    assert (sold.json["tendered"], sold.json["change"]) == ("600.00", "10.00")
    tenders = run("x", "--json", till=till).json["tenders"]
    assert {key: one["net"] for key, one in tenders.items()} == {"cash": "90.00", "EDC1": "500.00"}


def test_a_code_comes_before_a_count(run: Run, till: Path) -> None:
    many = ("--scan", "TF-HONEYx3", "--scan", "TF-HONEY", "--scan", "TF-HONEYx2")
    sold = run("ring", *many, "--cash", "60", "--json", till=till)
    (line,) = sold.json["lines"]
    assert line["quantity"] == 6


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--scan", "NOPE", "--cash", "10"), "No product has the code NOPE"),
        (("--scan", "NOPEx2", "--cash", "10"), "No product has the code NOPE."),
        (("--scan", "TF-OLD", "--cash", "10"), "not for sale"),
        (("--scan", "TF-SCARFx1000", "--cash", "10"), "A quantity is"),
        (("--scan", "TF-SCARFx0", "--cash", "10"), "A quantity is"),
        (("--scan", f"TF-SCARFx{'9' * 5000}", "--cash", "10"), "too long to be a code"),
        (("--scan", "TF-DISHx2", "--cash", "20"), "one of a kind"),
        (("--scan", "TF-SCARF", "--cash", "589.99"), "฿0.01 is still to be paid"),
        (("--scan", "TF-SCARF"), "฿590.00 is still to be paid"),
        (("--scan", "TF-SCARF", "--cash", "ten"), "not an amount"),
        (("--scan", "TF-SCARF", "--tender", "NONE=590"), "no way of paying"),
        (("--scan", "TF-SCARF", "--tender", "EDC1=590"), "Enter the reference"),
        (("--scan", "TF-SCARF", "--tender", "EDC1=591:1"), "Change is given from cash alone"),
        (("--scan", "TF-SCARF", "--tender", "EDC1=590:4111111111111111"), "card number"),
        (("--scan", "TF-SCARF", "--cash", "590", "--discount", "10%"), "Give the discount a"),
        (
            ("--scan", "TF-SCARF", "--cash", "590", "--discount", "591", "--reason", "x"),
            "A discount is more than nothing",
        ),
    ],
)
def test_what_is_refused_opens_no_session(
    run: Run, till: Path, arguments: tuple[str, ...], said: str
) -> None:
    with unchanged(till):
        refused(run("ring", *arguments, till=till), said)


def test_a_piece_that_is_one_of_a_kind_is_sold_once(run: Run, till: Path) -> None:
    assert run("ring", "--scan", "TF-DISH", "--cash", "10", till=till).code == 0
    with unchanged(till):
        again = run("ring", "--scan", "TF-DISH", "--cash", "10", till=till)
        refused(again, "has been sold already")


TWENTY = ("ring", "--scan", "TF-SCARF", "--cash", "590", "--discount", "20%", "--reason", "สมาชิก")


def test_a_discount_above_the_limit_takes_a_supervisor(run: Run, staffed: Path) -> None:
    who, environ = acting(CASHIER)
    refused(run(*TWENTY, *who, till=staffed, **environ), "needs a supervisor's approval")
    assert "session_opened" not in kinds(staffed), "what was refused opens no session"
    who, environ = acting(CASHIER, SUPERVISOR)
    sold = run(*TWENTY, *who, "--json", till=staffed, **environ)
    assert sold.json["total"] == "472.00"
    assert kinds(staffed)[-3:] == ["session_opened", "override", "sale"]
    assert run("x", *who, "--json", till=staffed, **environ).json["overrides"] == 1


def test_a_discount_within_the_limit_takes_nobody(run: Run, staffed: Path) -> None:
    who, environ = acting(CASHIER)
    ten = [*TWENTY, "--bearer", "mall"]
    ten[ten.index("20%")] = "10%"
    assert run(*ten, *who, "--json", till=staffed, **environ).json["total"] == "531.00"
    assert run("x", *who, "--json", till=staffed, **environ).json["discounts"] == {"mall": "59.00"}


def test_a_trainee_opens_no_session_alone(run: Run, staffed: Path) -> None:
    sale = ("ring", "--scan", "TF-SCARF", "--cash", "590")
    who, environ = acting(TRAINEE)
    refused(run(*sale, *who, till=staffed, **environ), "needs a supervisor's approval")
    who, environ = acting(TRAINEE, SUPERVISOR)
    assert run(*sale, *who, till=staffed, **environ).code == 0


def test_a_sale_of_nothing_is_wrong_usage(run: Run, till: Path) -> None:
    with unchanged(till):
        asked = run("ring", "--cash", "10", till=till)
    assert asked.code == 2
    assert "--scan" in asked.err

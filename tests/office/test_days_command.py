"""`tofan-office days`, `read-z`, `conflicts` and `pin` as scripts and people meet them."""

import io
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from tests.office.forge import Part, Till, key_of, refund, sale, void
from tests.office.running import Run
from tests.office.shifts import full_day, line, sold
from tofan_pos.counter.pins import check, seal
from tofan_pos.sync.days import CODE_MARK, code_text, sign_figures
from tofan_pos.sync.documents import TenderBody
from tofan_pos.sync.events import FiguresBody, SessionClosedBody

DB = "--db"


def office_with(run: Run, url: str, folder: Path, *tills: Till) -> None:
    """Make head office, enrol tills, and take in what they hold."""
    assert run("init", DB, url).code == 0
    inbox = folder / "inbox"
    inbox.mkdir()
    for till in tills:
        assert run("enrol", till.save_request(folder), DB, url, "--yes").code == 0
        if till.links:
            till.save(inbox)
    if any(till.links for till in tills):
        assert run("import", inbox, DB, url).code == 0


def closed_day(till: Till, **lies: Any) -> SessionClosedBody:
    return full_day(till).close({"cash": 2000_00}, **lies)


def test_a_day_that_agrees_is_one_line(run: Run, office_url: str, tmp_path: Path) -> None:
    till = Till()
    closed = closed_day(till)
    office_with(run, office_url, tmp_path, till)
    told = run("days", DB, office_url)
    assert (told.code, told.err) == (0, "")
    (line,) = told.out.splitlines()
    for part in ("CTW1-Z000001", "23", "agrees"):
        assert part in line
    (day,) = run("days", DB, office_url, "--json").json["days"]
    assert set(day) == {
        *("till", "epoch", "n", "number", "business_date", "seq", "net", "share"),
        *("cash_difference", "finding", "signature", "differences", "unchecked"),
        "tender_differences",
    }
    figures = closed.figures
    assert day["net"] == f"{figures.net // 100}.{figures.net % 100:02d}"
    assert (day["finding"], day["signature"], day["differences"]) == ("agrees", "holds", [])
    assert (day["number"], day["business_date"]) == ("CTW1-Z000001", "2026-11-23")


def test_every_tenders_difference_is_named(run: Run, office_url: str, tmp_path: Path) -> None:
    till = Till()
    shift = full_day(till)
    cash = shift.report().expected()["cash"]
    shift.close({"cash": cash - 20_00, "EDC1": 200_50})
    office_with(run, office_url, tmp_path, till)
    told = run("days", DB, office_url)
    assert (told.code, told.err) == (0, "")
    assert "; Cash short ฿20.00, EDC1 over ฿0.50, KB exact; agrees" in told.out
    (day,) = run("days", DB, office_url, "--json").json["days"]
    assert day["cash_difference"] == "-20.00"
    assert day["tender_differences"] == {"cash": "-20.00", "EDC1": "0.50", "KB": "0.00"}


def test_a_figure_that_differs_is_named_and_code_one(
    run: Run, office_url: str, tmp_path: Path
) -> None:
    till, honest = Till(), Till("MBK2", key=key_of("other"))
    closed_day(till, no_sales=4, net_share=1)
    closed_day(honest)
    office_with(run, office_url, tmp_path, till, honest)
    told = run("days", DB, office_url)
    assert told.code == 1
    assert "differs, figures: 2" in told.out
    assert "no_sales: the Z says 4, head office finds 1" in told.out
    assert "net_share: the Z says ฿0.01" in told.out
    wrong = run("days", DB, office_url, "--json", "--till", "CTW1")
    assert wrong.code == 1
    (day,) = wrong.json["days"]
    assert [one["name"] for one in day["differences"]] == ["net_share", "no_sales"]
    assert day["differences"][1] == {"name": "no_sales", "says": 4, "finds": 1}
    assert day["differences"][0]["says"] == "0.01"
    assert run("days", DB, office_url, "--till", "MBK2").code == 0
    assert "No Z report" in run("days", DB, office_url, "--till", "XX1").out


def test_what_cannot_be_checked_yet_is_no_failure(
    run: Run, office_url: str, tmp_path: Path
) -> None:
    till = Till()
    closed_day(till)
    office_with(run, office_url, tmp_path, Till())
    assert run("import", till.save(tmp_path, 4), DB, office_url).code == 0
    told = run("days", DB, office_url)
    assert (told.code, "not checkable yet" in told.out) == (0, True)


def test_signatures_are_told_apart(run: Run, office_url: str, tmp_path: Path) -> None:
    till = Till()
    shift = full_day(till)
    unsigned = shift.close(sign=False)
    office_with(run, office_url, tmp_path, till)
    told = run("days", DB, office_url)
    assert (told.code, "not signed" in told.out) == (0, True)
    other = Till("MBK2", key=key_of("other"))
    closed = full_day(other).close()
    other.links.pop()
    forged = sign_figures(closed.figures, till.key)
    other.write(structs.replace(closed, signature=forged))
    assert unsigned.signature == ""
    assert run("enrol", other.save_request(tmp_path), DB, office_url, "--yes").code == 0
    assert run("import", other.save(tmp_path), DB, office_url).code == 0
    told = run("days", DB, office_url)
    assert (told.code, "signature does not hold" in told.out) == (1, True)


# --- the code on a Z ------------------------------------------------------------------------------


def code_of(closed: SessionClosedBody) -> str:
    return code_text(closed.figures, closed.signature)


def test_a_z_is_read_from_its_code(run: Run, office_url: str, tmp_path: Path) -> None:
    till = Till()
    closed = closed_day(till)
    office_with(run, office_url, tmp_path, till)
    told = run("read-z", code_of(closed), DB, office_url)
    assert (told.code, told.err) == (0, "")
    for part in ("CTW1-Z000001", "Net sales", "The signature holds", "says the same"):
        assert part in told.out
    record = run("read-z", code_of(closed), DB, office_url, "--json").json
    assert (record["signature"], record["arrival"]) == ("holds", "agrees")
    net = closed.figures.net
    assert record["figures"]["net"] == f"{net // 100}.{net % 100:02d}"
    assert record["figures"]["n"] == 1
    assert record["figures"]["sales"]["count"] == 6


def test_a_photograph_is_enough_where_the_file_is_lost(
    run: Run, office_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    till = Till()
    closed = closed_day(till)
    office_with(run, office_url, tmp_path, Till())
    code = code_of(closed)
    spaced = "\n".join(code[at : at + 40].lower() for at in range(0, len(code), 40)) + "\r\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(spaced))
    told = run("read-z", "-", DB, office_url)
    assert (told.code, told.err) == (0, "")
    assert "has not come in" in told.out


def test_a_code_that_is_not_the_file_is_wrong(run: Run, office_url: str, tmp_path: Path) -> None:
    till = Till()
    closed = closed_day(till)
    office_with(run, office_url, tmp_path, till)
    figures = structs.replace(closed.figures, no_sales=9)
    code = code_text(figures, sign_figures(figures, till.key))
    told = run("read-z", code, DB, office_url)
    assert (told.code, "says something else" in told.err) == (1, True)


@pytest.mark.parametrize("who", ["a stranger's key", "a till nobody knows"])
def test_a_code_nobody_signed_is_wrong(run: Run, office_url: str, tmp_path: Path, who: str) -> None:
    till = Till()
    closed = closed_day(till)
    office_with(run, office_url, tmp_path, till)
    figures: FiguresBody = closed.figures
    if who == "a till nobody knows":
        figures = structs.replace(figures, till="MBK2")
    code = code_text(figures, sign_figures(figures, key_of("stranger")))
    told = run("read-z", code, DB, office_url)
    assert told.code == 1
    assert ("not enrolled" if figures.till == "MBK2" else "do not believe") in told.err
    assert run("read-z", code, DB, office_url, "--json").code == 1


def test_no_flipped_character_passes(run: Run, office_url: str, tmp_path: Path) -> None:
    till = Till()
    closed = closed_day(till)
    office_with(run, office_url, tmp_path, till)
    code = code_of(closed)
    # The very last character may carry bits that mean nothing.
    for at in (0, 3, len(CODE_MARK), len(CODE_MARK) + 50, 120, len(code) // 2, len(code) - 3):
        letter = "A" if code[at] != "A" else "B"
        told = run("read-z", code[:at] + letter + code[at + 1 :], DB, office_url)
        assert told.code == 1, at
        assert told.err.strip()
    for broken in ("", "TOFANZ1.", code[:-9], code[:60], "ก" + code, code + "1", "x" * 99_999):
        told = run("read-z", DB, office_url, "--", broken)
        assert told.code == 1, broken[:20]
        assert len(told.err.splitlines()) == 1


# --- conflicts ------------------------------------------------------------------------------------


def test_conflicts_are_named(run: Run, office_url: str, tmp_path: Path) -> None:
    one, other = Till(), Till("MBK2", key=key_of("other"))
    bought = one.write(sale(1, Part(quantity=2)))
    one.write(refund(1, bought))
    office_with(run, office_url, tmp_path, one, other)
    told = run("conflicts", DB, office_url)
    assert (told.code, told.err) == (0, "")
    assert run("conflicts", DB, office_url, "--json").json == {"conflicts": []}
    other.write(refund(1, bought, {0: 1}))
    assert run("import", other.save(tmp_path), DB, office_url).code == 0
    told = run("conflicts", DB, office_url)
    assert told.code == 1
    assert "CTW1-V000001" in told.out
    assert "bought 2 for ฿107.00, given back 3" in told.out
    assert "Refund MBK2-C000001 at till MBK2" in told.out
    (found,) = run("conflicts", DB, office_url, "--json").json["conflicts"]
    assert (found["kind"], found["number"]) == ("returned_too_often", "CTW1-V000001")
    assert found["lines"][0]["line"] == 1
    assert found["lines"][0]["paid_back"] == "160.50"
    assert [document["till"] for document in found["documents"]] == ["CTW1", "MBK2"]
    assert found["settled"] is None
    sentence = run("tasks", DB, office_url, "--json").json["tasks"][0]["sentence"]
    assert "฿160.50 was paid back of what cost ฿107.00" in sentence
    assert "tofan-office conflicts" in sentence
    settled = ("--by", "Auditor", "--note", "found the slip")
    assert run("settle", "returned-twice-CTW1-V000001", DB, office_url, *settled).code == 0
    told = run("conflicts", DB, office_url)
    assert (told.code, "Settled by Auditor (found the slip)" in told.out) == (0, True)
    (found,) = run("conflicts", DB, office_url, "--json").json["conflicts"]
    assert (found["settled"]["by"], found["settled"]["note"]) == ("Auditor", "found the slip")
    other.write(refund(2, bought, {0: 1}, before={0: 1}))
    assert run("import", other.save(tmp_path, 2), DB, office_url).code == 0
    told = run("conflicts", DB, office_url)
    assert (told.code, "Settled by" in told.out) == (1, False)


def test_a_piece_sold_at_two_tills_is_named(run: Run, office_url: str, tmp_path: Path) -> None:
    one, other = Till(), Till("MBK2", epoch=2, key=key_of("other"))
    for till in (one, other):
        till.write(sold(1, line(), line(code="TF-DISH", name_en="Dish", unique=1)))
    office_with(run, office_url, tmp_path, one, other)
    told = run("conflicts", DB, office_url)
    assert (told.code, told.err) == (1, "")
    first, *documents = told.out.splitlines()
    assert first == "TF-DISH, Dish: one of a kind, sold 2 times for ฿214.00 in all, given back 0"
    assert [line.split(":")[0].strip() for line in documents] == [
        "Sale CTW1-V000001 at till CTW1 on 22 Nov 2026",
        "Sale MBK2.2-V000001 at till MBK2.2 on 22 Nov 2026",
    ]
    (found,) = run("conflicts", DB, office_url, "--json").json["conflicts"]
    assert set(found) == {
        *("kind", "code", "name_th", "name_en", "sold", "returned", "paid", "documents"),
        "settled",
    }
    assert (found["kind"], found["code"]) == ("sold_too_often", "TF-DISH")
    assert (found["sold"], found["returned"]) == (2, 0)
    assert found["documents"][1] == {
        "till": "MBK2",
        "epoch": 2,
        "seq": 102,
        "document": "VAT_RECEIPT",
        "number": "MBK2.2-V000001",
        "business_date": "2026-11-22",
        "by": "S01",
        "total": "214.00",
    }


def test_a_voucher_taken_at_two_tills_is_named(run: Run, office_url: str, tmp_path: Path) -> None:
    def paid(reference: str, kind: str = "voucher") -> dict[str, Any]:
        tender = TenderBody(amount=107_00, kind=kind, code="GV", reference=reference)
        return {"tenders": (tender,)}

    one, other = Till(), Till("MBK2", key=key_of("other"))
    one.write(sold(1, line(), **paid("A-7")))
    mistaken = one.write(sold(2, line(), **paid("A-8")))
    one.write(void(mistaken))
    one.write(sold(3, line(), **paid("A-8")))
    for n in (4, 5):
        one.write(sold(n, line(), **paid("0042", "card")))
        one.write(sold(n + 2, line(), **paid("")))
    other.write(sold(1, line(), **paid("A-7")))
    office_with(run, office_url, tmp_path, one, other)
    told = run("conflicts", DB, office_url)
    assert (told.code, told.err) == (1, "")
    assert told.out.splitlines()[0] == "Voucher GV A-7: taken 2 times, for ฿214.00 in all"
    assert len(told.out.splitlines()) == 3
    (found,) = run("conflicts", DB, office_url, "--json").json["conflicts"]
    assert set(found) == {
        *("kind", "code", "reference", "times", "amount", "documents", "settled"),
    }
    assert (found["kind"], found["code"], found["reference"]) == ("reference_twice", "GV", "A-7")
    assert [document["number"] for document in found["documents"]] == [
        "CTW1-V000001",
        "MBK2-V000001",
    ]


def test_import_counts_what_came_back(run: Run, office_url: str, tmp_path: Path) -> None:
    till = Till()
    bought = till.write(sale(1))
    till.write(refund(1, bought))
    office_with(run, office_url, tmp_path, Till())
    done = run("import", till.save(tmp_path), DB, office_url, "--json").json
    assert (done["sales"], done["reversals"], done["added"]) == (1, 1, 2)
    assert done["files"][0]["reversals"] == 1


@pytest.mark.parametrize(
    "verb", [("days",), ("conflicts",), ("exceptions",), ("read-z", "TOFANZ1.AA")]
)
def test_without_a_database_one_is_asked_for(
    run: Run, office_url: str, verb: tuple[str, ...]
) -> None:
    ran = run(*verb, DB, office_url)
    assert (ran.code, ran.out) == (1, "")
    assert "tofan-office init" in ran.err


# --- a PIN for the workbook -----------------------------------------------------------------------


def test_a_pin_becomes_what_the_workbook_holds(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOFAN_PIN", "739154")
    first, second = run("pin"), run("pin", "S01")
    assert (first.code, first.err) == (0, "")
    assert first.out != second.out
    for told in (first, second):
        (verifier,) = told.out.splitlines()
        assert "739154" not in verifier
        sealed = seal(verifier, b"pepper" * 6, who="S01")
        assert check(sealed, "739154", b"pepper" * 6, who="S01")
        assert not check(sealed, "739155", b"pepper" * 6, who="S01")


def test_a_pin_is_asked_for_twice_and_never_shown(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TOFAN_PIN", raising=False)
    typed = iter(["739154", "739155", "739154", "739154"])
    monkeypatch.setattr("click.termui.hidden_prompt_func", lambda *_: next(typed))
    told = run("pin")
    assert told.code == 0
    assert told.out.startswith("$argon2id$")
    assert "739154" not in told.out + told.err
    assert list(typed) == []

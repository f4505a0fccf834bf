"""What X and Z say: every figure of the session, and in Z the count."""

from dataclasses import replace

import pytest

from tests.receipt import day, samples
from tests.receipt.samples import said, worded
from tofan_pos.domain.count import Count
from tofan_pos.domain.money import shown
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.domain.report import Settled, Sums, TenderTotal, TillReport, ZReport
from tofan_pos.domain.till import ReceiptLanguage
from tofan_pos.receipt.document import Document, Framed, Signatures, Square
from tofan_pos.receipt.paper import A4, MM58, MM80, Paper
from tofan_pos.receipt.report import till_report
from tofan_pos.receipt.text import text

LANGUAGES = list(ReceiptLanguage)
REPORT = day.report()
Z = day.closed(REPORT)
MINUS = "\N{MINUS SIGN}"


def paper(  # noqa: PLR0913 - what a report may vary in
    report: TillReport = REPORT,
    z: ZReport | None = None,
    *,
    language: ReceiptLanguage = ReceiptLanguage.EN,
    kind: DocumentKind = DocumentKind.VAT_RECEIPT,
    code: str = "",
    copy: int = 0,
    training: bool = False,
    blind: bool = False,
) -> Document:
    return till_report(
        report,
        profile=samples.profile(language=language, kind=kind),
        words=samples.WORDS,
        z=z,
        code=code,
        tender_names=day.TENDERS,
        copy=copy,
        training=training,
        blind=blind,
    )


def flat(document: Document) -> list[str]:
    return [" ".join(line.split()) for line in said(document).splitlines()]


def after(document: Document, heading: str) -> list[str]:
    """Return the lines under a heading that stands once."""
    lines = flat(document)
    return lines[lines.index(heading) + 1 :]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_x_says_that_the_session_is_open_and_bears_no_number(language: ReceiptLanguage) -> None:
    document = paper(language=language)
    words = said(document)
    for one in language.languages:
        assert worded("X report")[one] in words
        assert worded("The session is still open")[one] in words
    assert "-Z" not in words
    assert not any(isinstance(block, Square | Signatures) for block in document.blocks)
    assert worded("Counted by")["en"] not in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_z_bears_its_number_and_says_nothing_of_being_open(language: ReceiptLanguage) -> None:
    document = paper(z=Z, language=language)
    words = said(document)
    assert document.title == "CTW1-Z000012"
    assert "CTW1-Z000012" in words
    for one in language.languages:
        assert worded("Z report")[one] in words
        assert worded("The session is still open")[one] not in words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("z", [None, Z])
def test_every_figure_of_the_session_stands_in_every_language(
    z: ZReport | None, language: ReceiptLanguage
) -> None:
    words = said(paper(z=z, language=language))
    r = REPORT
    amounts = [
        r.opening,
        r.sales.total,
        r.refunds.total,
        r.voids.total,
        r.net.total,
        r.net.vat,
        r.net.total - r.net.vat - r.net.exempt,
        r.price_changes.amount,
        r.no_receipt.amount,
        r.exchanges.amount,
        r.net.share,
        r.sales.share,
        r.paid_in.amount,
        r.paid_out.amount,
        r.pickups.amount,
        r.expected()["cash"],
        r.voided_lines.amount,
        r.voided_baskets.amount,
        r.grand_total_before,
        r.grand_total,
        *(amount for _, amount in r.discounts),
        *(total.net for total in r.tenders if total.key != "exchange"),
    ]
    for amount in amounts:
        assert shown(amount) in words
    for fact in ("CTW1-V000101", "CTW1-V000160", "CTW1-C000004", "S01", "S02", "20,417"):
        assert fact in words
    assert day.ANCHOR in words
    for one, days in (("th", "21 พ.ย. 2569 – 22 พ.ย. 2569"), ("en", "21 Nov 2026 – 22 Nov 2026")):
        assert (days in words) == (one in language.languages)


def test_sums_stand_beside_their_names() -> None:
    lines = flat(paper())
    for line in (
        "Sales 60 48,230.50",
        f"Returns 1 {MINUS}590.00",
        f"Voided receipts 1 {MINUS}1,250.00",
        "Net 59 46,390.50",
        "Opening float 2,000.00",
        "Cash from sales 19,640.50",
        "Paid in 1 1,000.00",
        f"Paid out 2 {MINUS}345.00",
        f"To the safe 1 {MINUS}10,000.00",
        "Should be there 12,295.50",
        f"The mall {MINUS}1,200.50",
        "Voided lines 7 4,120.00",
        "Drawer opened without a sale 3",
        "Reprints 2",
        "Approvals 4",
        f"Price changes 2 {MINUS}310.00",
        f"Returns without receipt 1 {MINUS}590.00",
        "Exchanges 1 690.00",
        "Cash slips 4",
        "CTW1-M000031 – CTW1-M000034",
        "Parked at the end 1",
        "Running total 1,234,809.89",
    ):
        assert lines.count(line) == 1, line


def test_the_drawer_adds_up_on_paper() -> None:
    r = REPORT
    cash = 20_230_50 - 590_00
    assert r.opening + cash + 1_000_00 - 345_00 - 10_000_00 == r.expected()["cash"] == 12_295_50


def test_the_makers_share_stands_in_a_frame() -> None:
    (frame,) = [block for block in paper().blocks if isinstance(block, Framed)]
    assert frame.texts == ("฿30,348.93",)
    assert frame.notes[0] == "The makers' share"
    untouched = replace(REPORT, refunds=Sums(), voids=Sums())
    (frame,) = [block for block in paper(untouched).blocks if isinstance(block, Framed)]
    assert frame.notes == ("The makers' share",)


def test_a_tender_shows_what_was_paid_back_only_where_something_was() -> None:
    lines = after(paper(), "How it was paid")
    assert lines[:10] == [
        "Cash 19,640.50",
        "Received 20,230.50",
        f"Paid back {MINUS}590.00",
        "Credit card 23,750.00",
        "Received 25,000.00",
        f"Paid back {MINUS}1,250.00",
        f"of that, voids {MINUS}1,000.00",
        "Slips to count 24,000.00",
        "Mall voucher 3,000.00",
        "Cash in the drawer",
    ]
    assert not any("Returned goods" in line for line in lines)


def test_an_exchange_that_left_something_behind_is_said() -> None:
    odd = replace(REPORT, tenders=(*REPORT.tenders[:3], TenderTotal("exchange", 690_00, 0)))
    assert "Returned goods 690.00" in flat(paper(odd))


def test_a_seller_without_vat_reads_no_word_of_it() -> None:
    without = replace(
        REPORT,
        sales=replace(REPORT.sales, vat=0),
        refunds=replace(REPORT.refunds, vat=0),
        voids=replace(REPORT.voids, vat=0),
    )
    words = said(paper(without, kind=DocumentKind.NON_VAT, language=ReceiptLanguage.BOTH))
    assert "VAT" not in words
    assert "ภาษี" not in words


def test_the_vat_is_that_of_the_base_beside_it() -> None:
    sums = REPORT.sales
    mixed = replace(REPORT, sales=replace(sums, total=sums.total + 700_00, exempt=700_00))
    lines = flat(paper(mixed))
    at = lines.index("Value before VAT 43,355.61")
    assert lines[at + 1 : at + 3] == ["VAT 3,034.89", "Value exempt from VAT 700.00"]
    documents = 60 + 1 + 1
    assert abs(43_355_61 * 7 / 100 - 3_034_89) <= documents
    assert mixed.net.total == 43_355_61 + 3_034_89 + 700_00


def test_more_paid_out_than_there_was_is_no_surplus() -> None:
    empty = replace(REPORT, paid_out=replace(REPORT.paid_out, amount=13_000_00))
    below = empty.expected()["cash"]
    assert below == -359_50
    beyond = f"More paid out than there was {MINUS}359.50"
    assert beyond in flat(paper(empty))
    assert "Should be there" not in said(paper(empty))
    z = day.closed(empty, short=-460_00, again=False)
    lines = after(paper(empty, z), "Counted")
    assert lines[1:4] == ["Cash 100.50", beyond, "Unexplained 460.00"]
    assert "Over" not in said(paper(empty, z))


def test_a_blind_x_says_nothing_of_what_should_be_in_the_drawer() -> None:
    document = paper(blind=True)
    lines = flat(document)
    r = REPORT
    for fact in ("Amounts by tender are shown after the count", "Sales 60", "Returns 1", "Net 59"):
        assert fact in lines
    assert "CTW1-V000101 – CTW1-V000160" in lines
    assert "The makers' share" not in lines
    told = [r.opening, r.net.total, r.net.vat, r.grand_total, r.grand_total_before]
    told += [one.total for one in (r.sales, r.refunds, r.voids)]
    told += [one.amount for one in (r.paid_in, r.paid_out, r.pickups, r.no_receipt)]
    told += [amount for t in r.tenders[:3] for amount in (t.taken, t.paid_back, t.net)]
    told += r.expected().values()
    for amount in told:
        assert not amount or shown(amount) not in said(document)
    for heading in ("How it was paid", "Cash in the drawer", "Running total"):
        assert heading not in lines
        assert heading in flat(paper())


def test_a_z_is_never_blind() -> None:
    assert paper(z=Z, blind=True) == paper(z=Z)


def test_an_empty_session_says_nothing_was_sold() -> None:
    empty = replace(
        REPORT, runs=(), sales=Sums(), refunds=Sums(), voids=Sums(), discounts=(), tenders=()
    )
    lines = flat(paper(empty))
    assert "None 0" in lines
    assert lines.count("None 0.00") == 2
    assert "Sales 0 0.00" in lines
    assert "Returns 0 0.00" in lines


def test_one_business_date_stands_once() -> None:
    same = replace(REPORT, first_business_date=REPORT.business_date)
    assert "Business date 22 Nov 2026" in flat(paper(same))


# --- the count ------------------------------------------------------------------------------------


def test_a_z_holds_every_tender_against_its_count() -> None:
    lines = after(paper(z=Z), "Counted")
    at = lines.index("Cash counted")
    assert lines[:at] == [
        "Counted by S01",
        "Cash 12,275.50",
        "Should be there 12,295.50",
        "Counted 3 times, at first 12,175.50",
        f"Short {MINUS}20.00",
        "Credit card 24,000.00",
        "Slips to count 24,000.00",
        "Agrees 0.00",
        "Mall voucher 3,000.00",
        "Slips to count 3,000.00",
        "Agrees 0.00",
        "Reason ทอนเงินผิด",
    ]
    assert lines[at + 1 : at + 8] == [
        "1,000 × 12 12,000.00",
        "100 × 2 200.00",
        "20 × 3 60.00",
        "1 × 15 15.00",
        "0.25 × 2 0.50",
        "Total 12,275.50",
        "Bag no. SB-004418",
    ]


@pytest.mark.parametrize(("short", "said_so"), [(-45_25, "Over +45.25"), (0, "Agrees 0.00")])
def test_over_and_even_say_so(short: int, said_so: str) -> None:
    z = day.closed(REPORT, short=short, again=False)
    lines = after(paper(z=z), "Counted")
    assert lines[3] == said_so
    assert not any("times" in line for line in lines)


def test_a_tender_that_differs_says_by_how_much() -> None:
    z = replace(Z, settled=(Z.settled[0], Settled("KBANK", 100_00, 90_00)))
    lines = after(paper(z=z), "Counted")
    assert lines[lines.index("Credit card 90.00") + 2] == f"Short {MINUS}10.00"


def test_cash_counted_as_a_sum_has_no_pieces() -> None:
    z = replace(Z, closing=replace(Z.closing, cash=Count((), 12_275_50)))
    lines = after(paper(z=z), "Cash counted")
    assert lines[0] == "Total 12,275.50"


def test_a_z_is_signed_by_everybody_who_saw_it() -> None:
    def captions(z: ZReport) -> tuple[str, ...]:
        (block,) = [b for b in paper(z=z).blocks if isinstance(b, Signatures)]
        return block.captions

    assert captions(Z) == ("Counted by S01", "Approved by S09", "Seconded by S03")
    assert "Closed by S02" in flat(paper(z=Z))
    alone = replace(Z, approved_by="", seconded="", closing=replace(Z.closing, counted_by="S02"))
    assert captions(alone) == ("Counted by S02", "Approved by")


def test_a_z_without_a_signature_says_so() -> None:
    sentence = "Not signed: the till's key was missing"
    assert sentence in flat(paper(z=replace(Z, signature="")))
    assert sentence not in flat(paper(z=Z))
    assert sentence not in flat(paper())


def test_the_code_of_a_z_stands_under_the_figures() -> None:
    document = paper(z=Z, code=day.code(900))
    (square,) = [block for block in document.blocks if isinstance(block, Square)]
    assert square.data == day.code(900)
    assert square.captions == ("A photograph of this code is enough for head office",)


# --- marks and awkward data -----------------------------------------------------------------------


@pytest.mark.parametrize("z", [None, Z])
def test_it_carries_the_marks_of_copies_and_training(z: ZReport | None) -> None:
    lines = flat(paper(z=z, copy=2, training=True))
    assert lines[:2] == lines[-2:] == ["สำหรับฝึก", "FOR TRAINING"]
    assert "Copy, reprint no. 2" in lines


@pytest.mark.parametrize("roll", [MM58, MM80, A4], ids=lambda roll: roll.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_large_figures_and_hostile_names_stay_on_paper(
    roll: Paper, language: ReceiptLanguage
) -> None:
    large = day.report(times=1_000)
    hostile = replace(
        large,
        tenders=(
            *large.tenders,
            TenderTotal("ODD", 1, 0),
            TenderTotal("\x1bp\u202e" * 30, 9_999_999_99, 1),
        ),
        discounts=(("\x00\x1b", 1), *large.discounts),
    )
    z = day.closed(hostile, short=-9_999_99)
    z = replace(z, closing=replace(z.closing, reason="<b>\x1bp" * 20, bag="\u2066" * 80))
    layout = samples.laid_out(paper(hostile, z, language=language, code="A"), roll)
    words = text(layout)
    assert shown(large.grand_total) in words
    assert all(character.isprintable() or character == "\n" for character in words)
    for row in layout.rows:
        right = 0.0
        for cell in sorted(row.cells, key=lambda cell: cell.left):
            assert cell.left >= right - 1e-6
            right = cell.left + cell.width
        assert right <= layout.paper.width + 1e-6

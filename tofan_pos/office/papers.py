"""The makers' share on paper, to be signed, and as a workbook: the same figures and words."""

from typing import Literal, cast

from tofan_pos.domain.catalogue import SharePolicy, Text
from tofan_pos.domain.money import shown
from tofan_pos.office.finality import NOT_FINAL, cautions, day_of, reasons
from tofan_pos.office.ledger import ShareReport
from tofan_pos.office.sheet import sheet_bytes
from tofan_pos.office.standing import TillStanding
from tofan_pos.printing.account import Cells, Column, Figure, Listing, Signature, Statement
from tofan_pos.printing.statement import statement_pdf
from tofan_pos.receipt.document import Align
from tofan_pos.store.month import GroupTotals
from tofan_pos.thai.dates import format_date
from tofan_pos.thai.words import baht_text
from tofan_pos.words import LANGUAGES, Words

BRAND = "ทอฝัน by พม."
OWNER = Text(
    "กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์",
    "Ministry of Social Development and Human Security",
)
TITLE = Text("รายงานส่วนแบ่งผู้ผลิต", "Makers' share report")
NONE = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"


def report_pdf(report: ShareReport, say: Words) -> bytes:
    """Return the report as PDF in one language: A4, numbered pages, places to sign.

    The same report gives the same bytes.
    """
    return statement_pdf(_statement(report, say))


def report_sheet(report: ShareReport, say: Words) -> bytes:
    """Return the report as an XLSX workbook whose amounts are numbers in baht.

    The same report gives the same bytes.
    """
    head = (
        BRAND,
        f"{TITLE.get(say.language)}  ·  {_month(report, say.language)}",
        *_facts(report, say),
        *_notes(report, say),
    )
    warnings = (*_mark_line(report, say), *reasons(report, say), *cautions(report, say))
    return sheet_bytes(
        report, say, head=head, warnings=warnings, tills_head=_tills_head(report, say)
    )


def _statement(report: ShareReport, say: Words) -> Statement:
    (other,) = (language for language in LANGUAGES if language != say.language)
    rows = tuple(_cells(group, say) for group in report.groups)
    return Statement(
        language=say.language,
        brand=BRAND,
        owner=OWNER.get(say.language),
        title=TITLE.get(say.language),
        other_title=f"{TITLE.get(other)}  ·  {_month(report, other)}",
        period=_month(report, say.language),
        facts=_facts(report, say),
        mark=_mark(report, say),
        warnings=(*reasons(report, say), *cautions(report, say)),
        figures=_figures(report, say),
        columns=_columns(say),
        rows=rows,
        empty=say("Nothing was sold in this period."),
        total=_sums(report.groups, say("Total")),
        carried=lambda done: _sums(report.groups[:done], ""),
        carried_forward=say("Carried forward"),
        brought_forward=say("Brought forward"),
        in_words=_in_words(report, say),
        listing=_listing(report, say) if report.tills else None,
        notes=_notes(report, say),
        signatures=(
            Signature(role=say("Prepared by"), dated=say("Date")),
            Signature(role=say("Approved by"), dated=say("Date")),
        ),
        page=lambda number, pages: say("Page {number} of {pages}", number=number, pages=pages),
    )


def _columns(say: Words) -> tuple[Column, ...]:
    return (
        Column(heading=say("Group"), width=18, align=Align.LEFT),
        Column(heading=say("Producer group"), width=36.5, align=Align.LEFT),
        Column(heading=say("Pieces"), width=16.5),
        Column(heading=say("Sales"), width=22),
        Column(heading=say("Refunds"), width=19),
        Column(heading=say("VAT"), width=23),
        Column(heading=say("Value before VAT"), width=22),
        Column(heading=say("Makers' share"), width=23, bold=True),
    )


def _cells(group: GroupTotals, say: Words) -> tuple[str, ...]:
    label = Text(group.label_th, group.label_en).get(say.language) or NONE
    return (group.group, label, *_amounts((group,)))


def _sums(groups: tuple[GroupTotals, ...], name: str) -> tuple[str, ...]:
    return (name, "", *_amounts(groups))


def _amounts(groups: tuple[GroupTotals, ...]) -> tuple[str, ...]:
    sales, refunds = sum(g.sales for g in groups), sum(g.refunds for g in groups)
    vat, share = sum(g.vat for g in groups), sum(g.share for g in groups)
    pieces = sum(g.pieces for g in groups)
    return (
        f"{pieces:,}".replace("-", MINUS),
        *(shown(amount) for amount in (sales, refunds, vat, sales - refunds - vat, share)),
    )


def _figures(report: ShareReport, say: Words) -> tuple[Figure, ...]:
    """Return the report as one line of reckoning, which a reader can check at a glance."""
    base = report.sales - report.refunds - report.vat
    return (
        Figure(label=say("Sales"), value=shown(report.sales)),
        Figure(label=say("Refunds"), value=shown(report.refunds), sign=MINUS),
        Figure(label=say("VAT"), value=shown(report.vat), sign=MINUS),
        Figure(label=say("Value before VAT"), value=shown(base), sign="="),
        Figure(label=say("Makers' share"), value=shown(report.share), strong=True),
    )


def _facts(report: ShareReport, say: Words) -> tuple[str, ...]:
    language = cast("Literal['th', 'en']", say.language)
    first, last = (
        format_date(day, language=language, style="short")
        for day in (report.first_day, report.last_day)
    )
    final = (say("Final, as held on {day}.", day=day_of(report, say)),) if report.final else ()
    only = (say("Only group {group}", group=report.group),) if report.group else ()
    return (
        *only,
        say("Sales of {first} to {last}, amounts in baht", first=first, last=last),
        "  ·  ".join(
            (
                say("Documents: {count}", count=f"{report.documents:,}"),
                say("Producer groups: {count}", count=f"{len(report.groups):,}"),
            )
        ),
        *final,
    )


def _month(report: ShareReport, language: str) -> str:
    day = format_date(
        report.first_day, language=cast("Literal['th', 'en']", language), style="long"
    )
    _, month, year = day.split()
    return f"{month} พ.ศ. {year}" if language == "th" else f"{month} {year}"


def _mark(report: ShareReport, say: Words) -> str:
    """Return the mark of a report that is not final, in both languages, the reader's own first."""
    if report.final:
        return ""
    (other,) = (language for language in LANGUAGES if language != say.language)
    return f"{NOT_FINAL.get(say.language)}  ·  {NOT_FINAL.get(other)}"


def _mark_line(report: ShareReport, say: Words) -> tuple[str, ...]:
    return (_mark(report, say),) if not report.final else ()


def _listing(report: ShareReport, say: Words) -> Listing:
    """Return the tills and the numbers of their documents, from which every sum can be traced."""
    return Listing(
        caption=_tills_head(report, say),
        columns=(
            Column(heading=say("Till"), width=24, align=Align.LEFT),
            Column(heading=say("First number"), width=36, align=Align.LEFT),
            Column(heading=say("Last number"), width=36, align=Align.LEFT),
            Column(heading=say("Documents"), width=19),
            Column(heading=say("Held to entry"), width=22),
            Column(heading=say("Missing"), width=17),
            Column(heading=say("Last day"), width=26),
        ),
        rows=tuple(row for till in report.tills for row in _till_rows(till, say)),
    )


def _till_rows(till: TillStanding, say: Words) -> tuple[Cells, ...]:
    """Return a row for each series of numbers; how far the journal is held stands in the first."""
    language, day = cast("Literal['th', 'en']", say.language), till.last_business_date
    held = (
        f"{till.last:,}" if till.last else NONE,
        f"{till.missing:,}",
        format_date(day, language=language, style="short") if day else NONE,
    )
    documents = [(one.first, one.last, f"{one.documents:,}") for one in till.series]
    first, *more = documents or [(NONE, NONE, "0")]
    return ((till.name, *first, *held), *(("", *numbers, "", "", "") for numbers in more))


def _tills_head(report: ShareReport, say: Words) -> str:
    return say(
        "The tills these sums come from, all groups, as held on {day}", day=day_of(report, say)
    )


def _in_words(report: ShareReport, say: Words) -> str:
    """Return the share in words, as Thai papers of payment carry it."""
    if say.language != "th":
        return ""
    minus = "ลบ" if report.share < 0 else ""
    return say("Makers' share in words: {words}", words=minus + baht_text(abs(report.share)))


def basis(report: ShareReport, say: Words) -> str:
    """Say what the makers' share is a part of, and by which policies."""
    policy = SharePolicy()
    if set(report.policies) <= {policy.number}:
        return say(
            "The makers' share is {rate} of what customers paid, without VAT. It was set for "
            "each line at the moment of sale under share policy no. {number}, and is added up "
            "here to the satang.",
            rate=_rate(policy),
            number=policy.number,
        )
    # What each number means stands in the catalogues; a sale has its number alone.
    return say(
        "The makers' share is a part of what customers paid, without VAT. It was set for each "
        "line at the moment of sale under its share policy (no. {numbers}), and is added up here "
        "to the satang.",
        numbers=", ".join(map(str, report.policies)),
    )


def _rate(policy: SharePolicy) -> str:
    return f"{policy.rate_bp / 100:g} %"


def _notes(report: ShareReport, say: Words) -> tuple[str, ...]:
    policy = SharePolicy()
    one = set(report.policies) <= {policy.number}
    return (
        basis(report, say),
        say(
            "Each document is rounded once, so a sum may differ by some satang from {rate} of "
            "the value before VAT beside it.",
            rate=_rate(policy) if one else say("the policies' rates"),
        ),
        say(
            "A month counts as final when it is over, no journal entry is missing, kept apart or "
            "turned away, every till has sent something of its last day or later, none waits to be "
            "enrolled, and no till session of it is open."
        ),
    )

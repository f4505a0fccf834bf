"""The stable JSON of the commands: amounts are strings in baht, as in `"1234.50"`."""

from typing import TYPE_CHECKING, Any

from tofan_pos.domain.money import plain
from tofan_pos.store.facts import StoredSale
from tofan_pos.sync.chain import anchor
from tofan_pos.sync.sales import write_moment

if TYPE_CHECKING:
    # A counter starts without head office's own modules.
    from tofan_pos.office.gaps import Gap
    from tofan_pos.office.intake import Result
    from tofan_pos.office.ledger import ShareReport
    from tofan_pos.office.standing import TillStanding, Unclosed


def sale_record(stored: StoredSale, *, printed: str) -> dict[str, Any]:
    """Return what `ring` says of a sale."""
    sale = stored.sale
    return {
        "number": sale.number,
        "total": plain(sale.total),
        "change": plain(sale.change),
        "vat": plain(sale.vat),
        "share_total": plain(sale.share),
        "tendered": plain(sale.tendered),
        "gross": plain(sale.gross),
        "at": write_moment(sale.at),
        "business_date": sale.business_date.isoformat(),
        "document": sale.kind.value,
        "seq": stored.seq,
        "hash": stored.hash.hex(),
        "anchor": anchor(stored.hash),
        "printed": printed,
        "lines": [
            {
                "code": line.code,
                "name_th": line.name.th,
                "name_en": line.name.en,
                "group": line.group,
                "quantity": line.quantity,
                "price": plain(line.price),
                "paid": plain(line.paid),
                "vat": plain(line.vat),
                "share": plain(line.share),
            }
            for line in sale.lines
        ],
    }


def result_record(result: "Result", *, reason: str) -> dict[str, Any]:
    """Return what `import` says of one file."""
    return {
        "file": str(result.path),
        "outcome": result.outcome.value,
        "till": result.till,
        "first": result.first,
        "last": result.last,
        "added": result.added,
        "sales": result.sales,
        "unknown": result.unknown,
        "misdated": result.misdated,
        "gaps": [gap_record(gap) for gap in result.gaps],
        "reason": reason,
    }


def gap_record(gap: "Gap") -> dict[str, Any]:
    """Return what is said of a gap."""
    return {
        "till": gap.till,
        "epoch": gap.epoch,
        "first": gap.first,
        "last": gap.last,
        "lost": gap.lost,
    }


def report_record(report: "ShareReport") -> dict[str, Any]:
    """Return what `report shares` says of a month."""
    return {
        "first_day": report.first_day.isoformat(),
        "last_day": report.last_day.isoformat(),
        "documents": report.documents,
        "sales_total": plain(report.sales),
        "refunds_total": plain(report.refunds),
        "vat_total": plain(report.vat),
        "share_total": plain(report.share),
        "missing_entries": report.gaps,
        "final": report.final,
        "open_points": [point.lack.value for point in report.open_points],
        "as_of": report.as_of.isoformat(),
        "misdated_sales": report.misdated,
        "never_closed": [unclosed_record(one) for one in report.unclosed],
        "taken_back_too_often": [
            {
                "number": one.number,
                "group": one.group,
                "bought": one.bought,
                "returned": one.returned,
                "share": plain(one.share),
            }
            for one in report.taken_back
        ],
        "sold_too_often": [
            {
                "code": one.code,
                "group": one.group,
                "sold": one.sold,
                "returned": one.returned,
                "share": plain(one.share),
            }
            for one in report.sold_again
        ],
        "tills": [_till_record(till) for till in report.tills],
        "groups": [
            {
                "group": group.group,
                "label_th": group.label_th,
                "label_en": group.label_en,
                "pieces": group.pieces,
                "sales": plain(group.sales),
                "refunds": plain(group.refunds),
                "vat": plain(group.vat),
                "share": plain(group.share),
            }
            for group in report.groups
        ],
    }


def unclosed_record(one: "Unclosed") -> dict[str, Any]:
    """Return what is said of a session that no Z will close."""
    return {
        "till": one.till,
        "epoch": one.epoch,
        "session": one.n or None,
        "business_date": one.since.isoformat() if one.n else None,
        "sales": one.sales,
        "net": plain(one.total),
        "share": plain(one.share),
        "goes_on": one.goes_on,
        "whole": one.whole,
    }


def _till_record(till: "TillStanding") -> dict[str, Any]:
    day, series = till.last_business_date, till.series
    return {
        "till": till.till,
        "epoch": till.epoch,
        "documents": till.documents,
        "first_number": series[0].first if series else "",
        "last_number": series[-1].last if series else "",
        "series": [
            {
                "document": one.kind,
                "documents": one.documents,
                "first_number": one.first,
                "last_number": one.last,
            }
            for one in series
        ],
        "held_to": till.last,
        "missing": till.missing,
        "misdated": till.misdated,
        "last_business_date": day.isoformat() if day else "",
    }

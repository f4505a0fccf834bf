"""The stable JSON of the day's verbs: amounts are strings in baht, as in `"1234.50"`."""

from typing import Any

from tofan_pos.counter.day import StoredZ
from tofan_pos.counter.drawer import StoredMovement
from tofan_pos.domain.money import plain
from tofan_pos.domain.people import Staff
from tofan_pos.domain.report import Sums, Tally, TillReport
from tofan_pos.store.facts import StoredReversal
from tofan_pos.sync.chain import anchor
from tofan_pos.sync.sales import write_moment


def report_record(report: TillReport) -> dict[str, Any]:
    """Return what `x` says of the open session."""
    return {
        "till": report.till,
        "epoch": report.epoch,
        "session": report.n,
        "opened_at": write_moment(report.opened_at),
        "opened_by": report.opened_by,
        "business_date": report.business_date.isoformat(),
        "float": plain(report.opening),
        "documents": [
            {"series": run.series, "count": run.count, "first": run.first, "last": run.last}
            for run in report.runs
        ],
        "sales": _sums(report.sales),
        "refunds": _sums(report.refunds),
        "voids": _sums(report.voids),
        "net": _sums(report.net),
        "discounts": {bearer: plain(amount) for bearer, amount in report.discounts},
        "price_changes": _tally(report.price_changes),
        "refunds_without_receipt": _tally(report.no_receipt),
        "exchanges": _tally(report.exchanges),
        "tenders": {
            total.key: {
                "taken": plain(total.taken),
                "paid_back": plain(total.paid_back),
                "voided": plain(total.voided),
                "net": plain(total.net),
            }
            for total in report.tenders
        },
        "paid_in": _tally(report.paid_in),
        "paid_out": _tally(report.paid_out),
        "pickups": _tally(report.pickups),
        "no_sales": report.no_sales,
        "reprints": report.reprints,
        "overrides": report.overrides,
        "voided_lines": _tally(report.voided_lines),
        "voided_baskets": _tally(report.voided_baskets),
        "parked": report.parked,
        "grand_total_before": plain(report.grand_total_before),
        "grand_total": plain(report.grand_total),
        "seq": report.seq,
        "anchor": report.anchor,
    }


def blind_record(report: TillReport) -> dict[str, Any]:
    """Return what `x` says to who counts the drawer without being told what is in it."""
    hidden = {"sales", "refunds", "voids", "net", "tenders", "grand_total", "grand_total_before"}
    return {name: value for name, value in report_record(report).items() if name not in hidden}


def z_record(stored: StoredZ) -> dict[str, Any]:
    """Return what `close` and `z` say of a closed session."""
    z, closing = stored.z, stored.z.closing
    first = closing.first_cash
    return report_record(z.report) | {
        "z": z.report.n,
        "number": z.number,
        "closed_at": write_moment(z.report.at),
        "closed_by": z.report.by,
        "counted_by": closing.counted_by,
        "counts": closing.counts,
        "approved_by": z.approved_by,
        "seconded_by": z.seconded,
        "settled": {
            one.key: {
                "expected": plain(one.expected),
                "counted": plain(one.counted),
                "difference": plain(one.difference),
            }
            for one in z.settled
        },
        "difference": plain(z.difference),
        "first_count": plain(first.total) if first else None,
        "reason": closing.reason,
        "bag": closing.bag,
        "signed": bool(z.signature),
        "entry": stored.seq,
    }


def reversal_record(stored: StoredReversal) -> dict[str, Any]:
    """Return what `refund` and `void` say of what came back."""
    reversal = stored.reversal
    return {
        "number": reversal.number,
        "kind": reversal.kind.value,
        "of": reversal.of,
        "total": plain(reversal.total),
        "vat": plain(reversal.vat),
        "share_total": plain(reversal.share),
        "reason": reversal.reason,
        "by": reversal.by,
        "approved_by": reversal.approved_by,
        "tenders": [
            {"tender": tender.key, "amount": plain(tender.amount)} for tender in reversal.tenders
        ],
        "lines": [
            {
                "line": line.position + 1,
                "code": line.code,
                "quantity": line.quantity,
                "paid": plain(line.paid),
                "vat": plain(line.vat),
                "share": plain(line.share),
            }
            for line in reversal.lines
        ],
        "seq": stored.seq,
        "anchor": anchor(stored.hash),
    }


def movement_record(stored: StoredMovement) -> dict[str, Any]:
    """Return what the verbs of the drawer say of a movement."""
    moved = stored.movement
    return {
        "number": moved.number,
        "movement": moved.kind.value,
        "amount": plain(moved.amount),
        "reason": moved.reason,
        "by": moved.by,
        "approved_by": moved.approved_by,
        "bag": moved.bag,
        "seq": stored.seq,
    }


def staff_record(person: Staff) -> dict[str, Any]:
    """Return what `users` says of somebody."""
    return {"code": person.code, "name": person.name, "role": person.role.value}


def _sums(sums: Sums) -> dict[str, Any]:
    return {
        "count": sums.count,
        "total": plain(sums.total),
        "vat": plain(sums.vat),
        "share": plain(sums.share),
        "exempt": plain(sums.exempt),
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {"count": tally.count, "amount": plain(tally.amount)}

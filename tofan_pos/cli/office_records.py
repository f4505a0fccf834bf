"""What head office's newer commands print as JSON: stable names, amounts as strings in baht."""

from typing import TYPE_CHECKING, Any

from tofan_pos.domain.money import plain
from tofan_pos.domain.report import CASH

if TYPE_CHECKING:
    from tofan_pos.office.checks import DayCheck, Difference, ReadZ
    from tofan_pos.office.conflicts import Conflict
    from tofan_pos.store.office_returns import (
        Involved,
        Overdrawn,
        Oversold,
        ReturnedLine,
        Reused,
    )
    from tofan_pos.store.office_settled import Settlement
    from tofan_pos.sync.events import FiguresBody

_AMOUNTS = frozenset(
    {
        *("amount", "counted", "expected", "grand_total_before", "net", "net_share", "net_vat"),
        *("exempt", "loose", "opening", "paid_back", "share", "taken", "total", "vat"),
        "voided",
    }
)
"""The figures of a Z that are money, by the last part of their names."""


def is_amount(name: str) -> bool:
    """Tell whether a figure of a Z is money in satang."""
    return name.rpartition(".")[2] in _AMOUNTS


def day_record(check: "DayCheck") -> dict[str, Any]:
    """Return what `days` says of a Z."""
    report = check.z.report
    return {
        "till": report.till,
        "epoch": report.epoch,
        "n": report.n,
        "number": check.z.number,
        "business_date": report.business_date.isoformat(),
        "seq": check.seq,
        "net": plain(report.net.total),
        "share": plain(report.net.share),
        "cash_difference": plain(differences_of(check)[CASH]),
        "tender_differences": {key: plain(off) for key, off in differences_of(check).items()},
        "finding": check.finding.value,
        "signature": check.seal.value,
        "differences": [_difference_record(one) for one in check.differences],
        "unchecked": list(check.unchecked),
    }


def differences_of(check: "DayCheck") -> dict[str, int]:
    """Return what a Z says was over (or, below nought, short) by tender, cash first, in satang."""
    found = {CASH: 0}
    for one in check.z.settled:
        found[one.key] = found.get(one.key, 0) + one.difference
    return found


def _difference_record(one: "Difference") -> dict[str, Any]:
    def shown(figure: str | int | None) -> str | int | None:
        return plain(figure) if isinstance(figure, int) and is_amount(one.name) else figure

    return {"name": one.name, "says": shown(one.says), "finds": shown(one.finds)}


def read_record(read: "ReadZ") -> dict[str, Any]:
    """Return what `read-z` says of a Z's code."""
    return {
        "signature": read.seal.value,
        "arrival": read.arrival.value,
        "figures": figures_record(read.figures),
    }


def figures_record(figures: "FiguresBody") -> dict[str, Any]:
    """Return the figures of a Z, by the names they have in its entry."""
    from msgspec import to_builtins  # noqa: PLC0415 - a counter's commands never need it

    found: dict[str, Any] = _in_baht(to_builtins(figures))
    return found


def _in_baht(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _in_baht(each, key) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_in_baht(each) for each in value]
    return plain(value) if isinstance(value, int) and is_amount(name) else value


def settled_record(settled: "Settlement | None") -> dict[str, Any] | None:
    """Return who has dealt with something, when and how; None where nobody has."""
    if settled is None:
        return None
    return {"at": settled.at, "by": settled.by, "note": settled.note}


def conflict_record(one: "Conflict") -> dict[str, Any]:
    """Return what `conflicts` says of a conflict; `kind` tells which it is."""
    from tofan_pos.store.office_returns import Oversold, Reused  # noqa: PLC0415 - as above

    if isinstance(one, Reused):
        return _reused_record(one)
    return _oversold_record(one) if isinstance(one, Oversold) else _overdrawn_record(one)


def _reused_record(one: "Reused") -> dict[str, Any]:
    return {
        "kind": "reference_twice",
        "code": one.code,
        "reference": one.reference,
        "times": one.times,
        "amount": plain(one.amount),
        "documents": [_document_record(document) for document in one.documents],
    }


def _oversold_record(one: "Oversold") -> dict[str, Any]:
    return {
        "kind": "sold_too_often",
        "code": one.code,
        "name_th": one.name_th,
        "name_en": one.name_en,
        "sold": one.sold,
        "returned": one.returned,
        "paid": plain(one.paid),
        "documents": [_document_record(document) for document in one.documents],
    }


def _overdrawn_record(one: "Overdrawn") -> dict[str, Any]:
    return {
        "kind": "returned_too_often",
        "number": one.lines[0].number,
        "lines": [_line_record(line) for line in one.lines],
        "documents": [_document_record(document) for document in one.documents],
    }


def _line_record(line: "ReturnedLine") -> dict[str, Any]:
    return {
        "line": line.line + 1,
        "code": line.code,
        "returned_code": line.returned_code,
        "name_th": line.name_th,
        "name_en": line.name_en,
        "bought": line.bought,
        "returned": line.returned,
        "paid": plain(line.paid),
        "paid_back": plain(line.paid_back),
    }


def _document_record(document: "Involved") -> dict[str, Any]:
    return {
        "till": document.till,
        "epoch": document.epoch,
        "seq": document.seq,
        "document": document.document,
        "number": document.number,
        "business_date": document.business_date,
        "by": document.by,
        "total": plain(document.total),
    }

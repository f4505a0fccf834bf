"""Every figure of a Z is changed alone, and every one of these lies is found."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from msgspec import structs

from tests.office.forge import Till, key_of
from tests.office.shifts import full_day
from tests.office.test_days import taken
from tofan_pos.app import Office
from tofan_pos.office.checks import Finding, Seal, check_days
from tofan_pos.sync.days import sign_figures
from tofan_pos.sync.events import (
    BearerBody,
    FiguresBody,
    RunBody,
    SettledBody,
)


def lies() -> Iterator[tuple[str, Callable[[FiguresBody], FiguresBody]]]:
    """Yield every figure there is, and how to change it alone; who closed, only the Z knows."""
    shift = full_day(Till())
    shift.count({"EDC1": 1})
    truth = shift.figures({"EDC1": 1})
    for name, value in structs.asdict(truth).items():
        if name == "by":
            continue
        if isinstance(value, str | int):
            yield name, changing(name, other(value))
        elif isinstance(value, tuple):
            for at, row in enumerate(value):
                for part, each in structs.asdict(row).items():
                    yield f"{name}.{at}.{part}", in_row(name, at, part, other(each))
        else:
            for part, each in structs.asdict(value).items():
                changed = structs.replace(value, **{part: other(each)})
                yield f"{name}.{part}", changing(name, changed)
    yield "a run too many", more("runs", RunBody(count=1, first="x", last="x", series="X"))
    yield "a bearer too many", more("discounts", BearerBody(amount=1, bearer="nobody"))
    settled = SettledBody(counted=0, expected=1, key="ghost", paid_back=0, taken=0)
    yield "a tender too many", more("settled", settled)
    for name in ("runs", "discounts", "settled"):
        yield f"{name}, all left out", changing(name, ())
        yield f"{name}, the first one twice", doubled(name)


def other(value: Any) -> Any:
    """Return another value of the same shape."""
    if isinstance(value, int):
        return value + 1
    for old, new in (("2026-11-2", "2026-12-2"), ("CTW1", "CTW2")):
        if old in value:
            return value.replace(old, new)
    return "ff" + value[2:]


def changing(name: str, value: Any) -> Callable[[FiguresBody], FiguresBody]:
    return lambda figures: structs.replace(figures, **{name: value})


def in_row(name: str, at: int, part: str, value: Any) -> Callable[[FiguresBody], FiguresBody]:
    def change(figures: FiguresBody) -> FiguresBody:
        rows = list(getattr(figures, name))
        rows[at] = structs.replace(rows[at], **{part: value})
        return structs.replace(figures, **{name: tuple(rows)})

    return change


def more(name: str, row: Any) -> Callable[[FiguresBody], FiguresBody]:
    return lambda figures: structs.replace(figures, **{name: (*getattr(figures, name), row)})


def doubled(name: str) -> Callable[[FiguresBody], FiguresBody]:
    def change(figures: FiguresBody) -> FiguresBody:
        rows = getattr(figures, name)
        return structs.replace(figures, **{name: (*rows, rows[0])})

    return change


def test_no_single_figure_of_a_z_can_lie(office: Office, tmp_path: Path) -> None:
    told = list(lies())
    assert len(told) > 90
    tills = []
    for at, (name, change) in enumerate(told):
        code = "CTW1" if not at else f"T{at}"
        till = Till(code, key=key_of(code)).enrolled(office.store)
        shift = full_day(till)
        shift.count({"EDC1": 1})
        # Made for another till, so that numbers stand as they should.
        figures = shift.figures({"EDC1": 1})
        honest = _as_of_ctw1(figures, code)
        lied = _as_of_till(change(honest), code) if name != "till" else change(figures)
        closed = shift.close({"EDC1": 1})
        till.links.pop()
        till.write(structs.replace(closed, figures=lied, signature=sign_figures(lied, till.key)))
        taken(office, till, tmp_path)
        tills.append((code, name))
    for code, name in tills:
        (check,) = check_days(office.store, code)
        assert check.finding is Finding.DIFFERS, name
        assert check.seal is Seal.HOLDS
        assert check.differences, name
        assert check.wrong
        leaf = name.rpartition(".")[2]
        if name[-1].isalpha() and "." in name and leaf not in {"key", "series", "bearer"}:
            assert [one.name.rpartition(".")[2] for one in check.differences] == [leaf], name


def _as_of_ctw1(figures: FiguresBody, code: str) -> FiguresBody:
    return _renamed(figures, code, "CTW1")


def _as_of_till(figures: FiguresBody, code: str) -> FiguresBody:
    return _renamed(figures, "CTW1", code)


def _renamed(figures: FiguresBody, old: str, new: str) -> FiguresBody:
    runs = tuple(
        structs.replace(
            run, first=_prefixed(run.first, old, new), last=_prefixed(run.last, old, new)
        )
        for run in figures.runs
    )
    return structs.replace(figures, runs=runs)


def _prefixed(number: str, old: str, new: str) -> str:
    return new + number.removeprefix(old) if number.startswith(f"{old}-") else number

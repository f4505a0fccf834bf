"""Files come in any order, any number of times, in any overlap: every entry is there once."""

import random
from dataclasses import replace
from hashlib import sha256
from itertools import count, pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.office.forge import Till, all_rows, groups, key_of, sale, saved
from tofan_pos.app import Office
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.office.gaps import Gap, all_gaps, gaps_of
from tofan_pos.office.intake import Outcome, Result
from tofan_pos.store import schema
from tofan_pos.store.engine import open_url, writing

codes = count(1)


def why(result: Result) -> Why | None:
    return result.problem.why if isinstance(result.problem, Refusal) else None


def test_a_file_brings_its_entries_and_sales(office: Office, till: Till, tmp_path: Path) -> None:
    (result,) = office.intake.take_all([till.save(tmp_path)])
    assert (result.outcome, result.till) == (Outcome.IMPORTED, "CTW1")
    assert (result.first, result.last, result.added, result.sales) == (1, 12, 12, 12)
    assert office.store.counts() == {"entries": 12, "sales": 12, "lines": 12}
    assert [span.hash for span in office.store.spans("CTW1", 1)] == [till.head.hash]


def test_entries_are_kept_byte_for_byte(
    office: Office, office_url: str, till: Till, tmp_path: Path
) -> None:
    office.intake.take(till.save(tmp_path))
    kept = [(row[2], bytes(row[4]), bytes(row[5])) for row in all_rows(office_url)["entry"]]
    assert kept == [(link.seq, link.line, link.hash) for link in till.links]


def test_the_second_time_nothing_happens(
    office: Office, office_url: str, till: Till, tmp_path: Path
) -> None:
    path = till.save(tmp_path)
    office.intake.take(path)
    before = all_rows(office_url)
    again = office.intake.take(path)
    assert (again.outcome, again.added, again.sales) == (Outcome.ALREADY_THERE, 0, 0)
    assert all_rows(office_url) == before


def test_a_folder_is_searched_to_its_bottom(office: Office, till: Till, tmp_path: Path) -> None:
    deep = tmp_path / "stick" / "วันเสาร์"
    deep.mkdir(parents=True)
    till.save(deep, 1, 5)
    # As some sticks have names.
    path = till.save(tmp_path / "stick", 6, 12)
    path.rename(path.with_name(path.name.upper()))
    (tmp_path / "stick" / "notes.txt").write_text("not ours")
    (tmp_path / "stick" / ".CTW1-1.tofan.part").write_bytes(b"half")
    (tmp_path / "stick" / ".hidden.tofan").write_bytes(b"half")
    seen: list[tuple[int, int]] = []
    results = office.intake.take_all(
        [tmp_path / "stick"], progress=lambda done, all_: seen.append((done, all_))
    )
    assert [r.outcome for r in results] == [Outcome.IMPORTED, Outcome.IMPORTED]
    assert seen == [(1, 2), (2, 2)]
    assert all_gaps(office.store) == ()


def test_a_bad_file_does_not_stop_the_others(office: Office, till: Till, tmp_path: Path) -> None:
    (tmp_path / "0.tofan").write_bytes(b"nonsense")
    (tmp_path / "1.tofan").mkdir()
    till.save(tmp_path)
    results = office.intake.take_all([tmp_path, tmp_path / "gone.tofan", Path("x" * 3000)])
    assert [r.outcome for r in results if r.outcome is Outcome.IMPORTED] == [Outcome.IMPORTED]
    assert sum(r.outcome is Outcome.REFUSED for r in results) == len(results) - 1
    assert office.store.counts()["entries"] == 12


def test_any_order_ends_in_the_same_rows(office: Office, office_url: str, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    till.write(groups(G1="Old name", G2="Weavers"))
    for n in range(1, 20):
        till.write(sale(n))
    till.write(groups(G1="New name"))
    other = Till("MBK2", key=key_of("other")).enrolled(office.store)
    other.write(groups(G1="Other counter's name"), at="2026-11-21T00:00:00Z")
    paths = [till.save(tmp_path, first, min(first + 3, 21)) for first in range(1, 22, 4)]
    paths += [till.save(tmp_path, 3, 17), other.save(tmp_path)]
    random.Random(7).shuffle(paths)
    office.intake.take_all(paths)
    rows = all_rows(office_url)
    assert [row[2] for row in rows["entry"] if row[0] == "CTW1"] == list(range(1, 22))
    assert [row[:3] for row in rows["producer_group"]] == [
        ("G1", "กลุ่ม New name", "New name"),
        ("G2", "กลุ่ม Weavers", "Weavers"),
    ]
    assert office.intake.take(till.save(tmp_path)).outcome is Outcome.ALREADY_THERE
    assert all_rows(office_url) == rows


def test_an_old_file_does_not_bring_an_old_name_back(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    till = Till().enrolled(office.store)
    till.write(groups(G1="Old name"))
    till.write(groups(G1="New name"))
    office.intake.take(till.save(tmp_path, 2))
    office.intake.take(till.save(tmp_path, 1, 1))
    ((*_, name, _told),) = all_rows(office_url)["producer_group"]
    assert name == "New name"


def test_a_name_of_a_day_that_has_not_come_is_nobodys(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    ahead = Till("EVL1", key=key_of("ahead")).enrolled(office.store)
    for at in ("9999-12-31T23:59:59Z", "2026-11-25T00:00:00Z"):
        ahead.write(groups(G1="For ever", G2="For ever"), at=at)
    assert office.intake.take(ahead.save(tmp_path)).outcome is Outcome.IMPORTED
    assert all_rows(office_url)["producer_group"] == []
    till = Till().enrolled(office.store)
    till.write(groups(G1="Weavers"))
    office.intake.take(till.save(tmp_path))
    ((code, _, name, _told),) = all_rows(office_url)["producer_group"]
    assert (code, name) == ("G1", "Weavers")


def test_such_a_name_that_an_older_program_took_in_gives_way(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    engine = open_url(office_url)
    with writing(engine) as connection:
        connection.execute(
            schema.office_group.insert().values(
                code="G1", label_th="", label_en="For ever", told="9999-12-31T23:59:59Z EVL1"
            )
        )
    engine.dispose()
    till = Till().enrolled(office.store)
    till.write(groups(G1="Weavers"))
    office.intake.take(till.save(tmp_path))
    assert [row[:3] for row in all_rows(office_url)["producer_group"]] == [
        ("G1", "กลุ่ม Weavers", "Weavers")
    ]


runs = st.lists(
    st.tuples(st.integers(1, 24), st.integers(1, 24)).map(lambda ends: (min(ends), max(ends))),
    min_size=1,
    max_size=8,
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=settings().max_examples * 2 // 3,
)
@given(runs)
def test_what_is_held_is_the_union_of_the_runs(
    office: Office, tmp_path: Path, pieces: list[tuple[int, int]]
) -> None:
    # A fresh till for each example stands in for a fresh database, which costs a second.
    code = f"T{next(codes)}"
    till = Till.with_sales(24, code=code, key=key_of(code)).enrolled(office.store)
    held: set[int] = set()
    for first, last in pieces:
        result = office.intake.take(till.save(tmp_path, first, last))
        new = set(range(first, last + 1)) - held
        held |= new
        assert (result.added, result.sales) == (len(new), len(new))
        assert (result.outcome is Outcome.IMPORTED) == bool(new)
        missing = {seq for gap in result.gaps for seq in range(gap.first, gap.last + 1)}
        assert missing == set(range(1, max(held))) - held
    spans = office.store.spans(code, 1)
    assert {seq for span in spans for seq in range(span.first, span.last + 1)} == held
    assert all(a.last + 1 < b.first for a, b in pairwise(spans))
    assert [span.hash for span in spans] == [till.links[span.last - 1].hash for span in spans]


def test_a_gap_is_named_until_it_is_filled(office: Office, till: Till, tmp_path: Path) -> None:
    office.intake.take(till.save(tmp_path, 1, 3))
    late = office.intake.take(till.save(tmp_path, 9, 12))
    assert late.gaps == (Gap("CTW1", 1, 4, 8),)
    office.intake.take(till.save(tmp_path, 6, 6))
    assert gaps_of(office.store, "CTW1", 1) == (Gap("CTW1", 1, 4, 5), Gap("CTW1", 1, 7, 8))
    filled = office.intake.take(till.save(tmp_path, 2, 10))
    assert (filled.added, filled.gaps) == (4, ())
    assert all_gaps(office.store) == ()
    assert len(office.store.spans("CTW1", 1)) == 1


def test_a_tail_alone_shows_that_the_start_is_missing(
    office: Office, till: Till, tmp_path: Path
) -> None:
    assert office.intake.take(till.save(tmp_path, 12)).gaps == (Gap("CTW1", 1, 1, 11),)


@pytest.mark.parametrize(
    ("held", "sent", "parting"),
    [
        ((1, 12), (1, 12), 6),  # the same run, parting in the middle
        ((1, 12), (8, 15), 8),  # an overlap that begins after the parting
        ((1, 12), (4, 9), 6),  # a run inside what is held
        ((1, 8), (9, 15), 8),  # a run that follows on another past
        ((9, 12), (1, 8), 8),  # a past that does not lead to what is held
        ((4, 12), (1, 15), 6),  # a run around what is held
    ],
)
def test_a_fork_is_kept_apart_and_the_parting_named(  # noqa: PLR0913, PLR0917 - fixtures and a case
    office: Office,
    office_url: str,
    tmp_path: Path,
    held: tuple[int, int],
    sent: tuple[int, int],
    parting: int,
) -> None:
    till = Till.with_sales(12).enrolled(office.store)
    forked = till.branch(5)
    for n in range(6, 16):
        forked.write(sale(1000 + n))
    office.intake.take(till.save(tmp_path, *held))
    before = all_rows(office_url)
    file = forked.file(*sent)
    result = office.intake.take(forked.save(tmp_path, *sent))
    assert (result.outcome, why(result)) == (Outcome.QUARANTINED, Why.FORKED)
    assert isinstance(result.problem, Refusal)
    assert result.problem.facts == {"till": "CTW1", "seq": parting}
    after = all_rows(office_url)
    (kept,) = after.pop("quarantine")
    assert (kept[0], bytes(kept[-1])) == (sha256(file).hexdigest(), file)
    assert after == {name: rows for name, rows in before.items() if name != "quarantine"}


@pytest.mark.parametrize("parting", range(1, 13))
def test_the_first_entry_that_parts_is_found(office: Office, tmp_path: Path, parting: int) -> None:
    till = Till.with_sales(12).enrolled(office.store)
    forked = till.branch(parting - 1)
    for n in range(parting, 16):
        forked.write(sale(1000 + n))
    office.intake.take(till.save(tmp_path))
    result = office.intake.take(forked.save(tmp_path))
    assert isinstance(result.problem, Refusal)
    assert result.problem.facts["seq"] == parting


def test_a_till_that_is_not_enrolled_is_refused(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    till = Till.with_sales(2)
    before = all_rows(office_url)
    result = office.intake.take(till.save(tmp_path))
    assert why(result) is Why.NOT_ENROLLED
    assert isinstance(result.problem, Refusal)
    assert result.problem.facts["fingerprint"] == till.request().fingerprint
    assert all_rows(office_url) == before


def test_a_stranger_cannot_write_in_a_tills_name(
    office: Office, office_url: str, till: Till, tmp_path: Path
) -> None:
    office.intake.take(till.save(tmp_path, 1, 5))
    before = all_rows(office_url)
    stranger = replace(till, key=key_of("stranger"))
    assert why(office.intake.take(stranger.save(tmp_path))) is Why.KEY_DIFFERS
    assert why(office.intake.take(stranger.save(tmp_path, 1, 5))) is Why.KEY_DIFFERS
    assert all_rows(office_url) == before


def test_another_epoch_is_another_till(office: Office, till: Till, tmp_path: Path) -> None:
    second = Till.with_sales(3, epoch=2, key=key_of("second"))
    assert why(office.intake.take(second.save(tmp_path))) is Why.NOT_ENROLLED
    second.enrolled(office.store)
    assert office.intake.take(second.save(tmp_path)).sales == 3
    assert office.intake.take(till.save(tmp_path)).added == 12


def test_unknown_kinds_are_kept_opaque_and_counted_once(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    till = Till.with_sales(3).enrolled(office.store)
    till.tell(kind="weather")
    till.tell(kind="sale", v=2, body={"newer": ["shape"]})
    till.write(sale(4))
    assert office.intake.take(till.save(tmp_path, 1, 4)).unknown == 1
    result = office.intake.take(till.save(tmp_path))
    assert (result.unknown, result.added, result.sales) == (1, 2, 1)
    rows = all_rows(office_url)
    assert [row[3] for row in rows["entry"][3:]] == ["weather", "sale", "sale"]
    assert bytes(rows["entry"][4][4]) == till.links[4].line
    assert [row[2] for row in rows["sale"]] == [1, 2, 3, 6]


def test_names_inside_a_file_never_become_paths(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox, elsewhere = tmp_path / "inbox", tmp_path / "work"
    inbox.mkdir()
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    till = Till().enrolled(office.store)
    names = ("../../evil", "/etc/passwd", "C:\\evil", "~/evil", "$(touch evil)", "evil\n.tofan")
    for n, name in enumerate(names, start=1):
        till.write(sale(n, name=name))
        till.tell(kind=name)
    (path,) = saved(inbox, [till.file()])
    before = sorted(p for p in tmp_path.rglob("*") if "office.db" not in p.name)
    assert office.intake.take(path).added == 2 * len(names)
    assert sorted(p for p in tmp_path.rglob("*") if "office.db" not in p.name) == before

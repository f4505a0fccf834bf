"""Two importers at once over one database, each with the same files in another order."""

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from tests.office.forge import Till, all_rows, groups, key_of, sale
from tofan_pos import app
from tofan_pos.app import Office
from tofan_pos.office.gaps import all_gaps
from tofan_pos.office.intake import Outcome, Result


def test_two_importers_have_one_effect(office: Office, office_url: str, tmp_path: Path) -> None:
    tills = [
        Till(code, key=key_of(code)).enrolled(office.store) for code in ("CTW1", "MBK2", "EMQ3")
    ]
    paths: list[Path] = []
    for at, till in enumerate(tills):
        # Every till names the same groups, so that importers meet in those rows too.
        till.write(groups(G1=f"One {at}", G2=f"Two {at}"), at=f"2026-11-2{at}T00:00:00Z")
        for n in range(1, 31):
            till.write(sale(n))
        till.write(groups(G2=f"Two again {at}", G1=f"One again {at}"))
        paths += [till.save(tmp_path, first, first + 3) for first in range(1, 33, 4)]
        paths += [till.save(tmp_path, 5, 20), till.save(tmp_path, 11, 32)]
    start = Barrier(2)

    def run(seed: int) -> list[Result]:
        mine = paths.copy()
        random.Random(seed).shuffle(mine)
        own = app.build_office(office_url)
        start.wait(30)
        try:
            return own.intake.take_all(mine)
        finally:
            own.store.close()

    with ThreadPoolExecutor(2) as both:
        first, second = both.map(run, (1, 2))
    results = [*first, *second]
    assert [r.problem for r in results if r.outcome is Outcome.REFUSED] == []
    # Each entry and each sale is counted by the one importer that brought it.
    assert sum(r.added for r in results) == 3 * 32
    assert sum(r.sales for r in results) == 3 * 30
    assert all_gaps(office.store) == ()
    rows = all_rows(office_url)
    assert [bytes(row[5]) for row in rows["entry"]] == [
        link.hash for till in sorted(tills, key=lambda t: t.code) for link in till.links
    ]
    assert rows["producer_group"][0][:3] == ("G1", "กลุ่ม One again 1", "One again 1")


def test_one_file_at_the_same_moment_comes_in_once(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    path = Till.with_sales(5).enrolled(office.store).save(tmp_path)
    start = Barrier(2)

    def run(_: int) -> Result:
        own = app.build_office(office_url)
        start.wait(30)
        try:
            return own.intake.take(path)
        finally:
            own.store.close()

    with ThreadPoolExecutor(2) as both:
        outcomes = sorted(result.outcome for result in both.map(run, range(2)))
    assert outcomes == [Outcome.ALREADY_THERE, Outcome.IMPORTED]
    assert len(all_rows(office_url)["entry"]) == 5

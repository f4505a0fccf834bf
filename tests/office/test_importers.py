"""Two importers at once over one database, each with the same files in another order."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TypeVar

from msgspec import structs

from tests.office.forge import AT, Till, all_rows, groups, key_of, sale
from tests.office.test_epochs import rung
from tofan_pos import app
from tofan_pos.app import Office
from tofan_pos.office.gaps import all_gaps
from tofan_pos.office.intake import Outcome, Result
from tofan_pos.sync.entries import entry_line

Answer = TypeVar("Answer")
Thing = TypeVar("Thing")


def at_once(office_url: str, *imports: Callable[[Office], Answer]) -> list[Answer]:
    """Do each with a head office of its own over one database, all from the same moment on."""
    start = Barrier(len(imports))

    def run(do: Callable[[Office], Answer]) -> Answer:
        own = app.build_office(office_url)
        start.wait(30)
        try:
            return do(own)
        finally:
            own.store.close()

    with ThreadPoolExecutor(len(imports)) as pool:
        return list(pool.map(run, imports))


def shuffled(things: list[Thing], seed: int) -> list[Thing]:
    return random.Random(seed).sample(things, len(things))


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

    def importing(seed: int) -> Callable[[Office], list[Result]]:
        return lambda own: own.intake.take_all(shuffled(paths, seed))

    first, second = at_once(office_url, importing(1), importing(2))
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


def test_epochs_keys_and_forks_of_several_tills_come_from_several_importers(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    """Whatever meets, nobody waits for ever, and all that was sent is held or kept apart."""
    contents: list[bytes] = []
    lines: dict[str, list[tuple[Till, int, int]]] = {}
    for code in ("CTW1", "MBK2", "EMQ3"):
        first = Till(code, key=key_of(code)).enrolled(office.store)
        first.write(groups(G1=f"One {code}", G2=f"Two {code}"))
        rung(first, 9)
        rotated = rung(first.rotate(f"{code} rotated"), 6, start=20)
        second = rung(rotated.next_epoch(), 6, start=40).enrolled(office.store)
        copy = rung(rotated.branch(14), 5, start=60)
        second.write(groups(G2=f"Two again {code}", G1=f"One again {code}"))
        lines[code] = [(first, 1, 11), (rotated, 12, 17), (second, 18, second.head.seq)]
        for till, low, last in (*lines[code], (copy, 15, 19)):
            contents += [till.file(at, min(at + 3, last)) for at in range(low, last + 1, 3)]
    for (till, low, last), *_ in lines.values():
        # Their keys are to be known: else what comes first is refused, as it should be.
        assert office.intake.take_bytes(till.file(low, last), tmp_path).added == 11

    def importing(seed: int) -> Callable[[Office], list[Result]]:
        mine = shuffled(contents, seed)
        return lambda own: [own.reception.take(content).result for content in mine]

    results = [result for some in at_once(office_url, *map(importing, range(3))) for result in some]
    assert [result.problem for result in results if result.outcome is Outcome.REFUSED] == []
    for code, line in lines.items():
        with office.store.chain(code) as chain:
            for till, first_seq, last in line:
                for link in till.links[first_seq - 1 : last]:
                    here = chain.hash_at(till.epoch, link.seq) == link.hash
                    assert here or chain.apart_holding(link.seq, link.hash)
    documents = all_rows(office_url)["sale"]
    assert len(documents) == len({row[3] for row in documents})


def outcome_of(path: Path) -> Callable[[Office], Outcome]:
    return lambda own: own.intake.take(path).outcome


def test_importers_whose_documents_cross_do_not_wait_for_ever(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    """Two tills claim each other's ids, each first one, then the other: both come in."""
    ids = [f"{n:032x}" for n in range(1, 41)]
    paths = []
    for code, mine in (("CTW1", ids), ("MBK2", ids[::-1])):
        till = Till(code, key=key_of(code)).enrolled(office.store)
        for n, own in enumerate(mine, 1):
            body = structs.replace(sale(n), id=own, number=f"{code}-V{n:06d}")
            till.put(entry_line(body, till=code, epoch=1, seq=n, at=AT))
        paths.append(till.save(tmp_path))
    outcomes = sorted(at_once(office_url, *map(outcome_of, paths)))
    assert outcomes == [Outcome.IMPORTED, Outcome.IMPORTED]
    assert len(all_rows(office_url)["sale"]) == 80


def test_one_file_at_the_same_moment_comes_in_once(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    path = Till.with_sales(5).enrolled(office.store).save(tmp_path)
    outcomes = sorted(at_once(office_url, outcome_of(path), outcome_of(path)))
    assert outcomes == [Outcome.ALREADY_THERE, Outcome.IMPORTED]
    assert len(all_rows(office_url)["entry"]) == 5

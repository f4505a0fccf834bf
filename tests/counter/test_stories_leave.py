"""A story that was withdrawn, or whose lease is over, leaves every file of the till."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from tests.counter.people import crew
from tests.counter.publishing import gone, published, trust
from tests.counter.tills import NOW, Clock, catalogue, opened, proof, ring
from tofan_pos import app
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.setup import load_catalogue
from tofan_pos.domain.catalogue import Picture, Product, Story, Text
from tofan_pos.domain.published import Catalogue
from tofan_pos.store.counter import FILE_NAME

MANY = 300
LATER = NOW + timedelta(days=31)
SIZES = (10, 50, 200, 400, 900, 1_500)
"""How long stories are: some lie with others in a page, some over several pages."""


def canary(n: int) -> str:
    """Return words that stand in one story only, in Thai as stories are."""
    return f"นกขมิ้นเหลืองอ่อน{n:05d}ค่ำแล้วจะนอนไหน"


def song(n: int) -> bytes:
    """Return bytes that stand in one picture only."""
    return b"CANARY-%05d-SINGS" % n


_CANARIES = re.compile("นกขมิ้นเหลืองอ่อน([0-9]{5})".encode() + b"|CANARY-([0-9]{5})")


def telling(n: int, *, until: date) -> Product:
    text = (canary(n) + "ก" * SIZES[n * 7 // 3 % len(SIZES)])[:4_000]
    picture = shown(n)
    return Product(
        code=f"TF-{n:05d}",
        name=Text(f"ผ้าทอ {n}", f"Cloth {n}"),
        price=100_00 + n,
        group="G1",
        story=Story(short=Text(canary(n)), long=Text(text, text), approved_until=until),
        picture=picture.sha256,
    )


def shown(n: int) -> Picture:
    content = b"\x89PNG\r\n\x1a\n" + song(n) + bytes([n % 251]) * SIZES[n * 11 // 4 % len(SIZES)]
    return Picture(sha256(content).hexdigest(), content)


def goods(*told: int, silent: tuple[int, ...] = (), until: date = date(2027, 6, 1)) -> Catalogue:
    """Return a catalogue in which some products tell and show, and some are silent."""
    products = (
        *(telling(n, until=until) for n in told),
        *(replace(telling(n, until=until), story=None, picture="") for n in silent),
    )
    return replace(catalogue(), products=products, pictures=tuple(map(shown, told)))


def left_in(folder: Path, *numbers: int) -> set[tuple[str, int]]:
    """Return in which files of a till anything of stories still stands, byte for byte."""
    return {
        (str(path.relative_to(folder)), n)
        for path in folder.rglob("*")
        if path.is_file()
        for n in {int(a or b) for a, b in _CANARIES.findall(path.read_bytes())}.intersection(
            numbers
        )
    }


@pytest.fixture
def till(desk: Desk) -> Desk:
    """Return a till that trusts head office."""
    trust(desk)
    return desk


def sync(desk: Desk, version: int, whole: Catalogue, *, at: datetime = NOW) -> tuple[str, ...]:
    desk.incoming.take(published(version, whole, at=at))
    done = desk.incoming.apply()
    assert done is not None
    assert done.problem is None
    return done.gone


def lately(desk: Desk) -> list[tuple[str, tuple[str, ...]]]:
    """Return what left since the first catalogue came, which took the stories of before away."""
    first, *more = gone(desk)
    assert first == ("withdrawn", ("TF-SCARF", "TF-BASKET"))
    return more


def codes(*numbers: int) -> tuple[str, ...]:
    return tuple(f"TF-{n:05d}" for n in numbers)


def test_canaries_are_found_where_they_are(till: Desk, folder: Path) -> None:
    sync(till, 1, goods(*range(MANY)))
    assert left_in(folder, *range(MANY)) == {(FILE_NAME, n) for n in range(MANY)}


def test_withdrawn_stories_leave_no_byte(till: Desk, folder: Path) -> None:
    stay, go = tuple(range(0, MANY, 2)), tuple(range(1, MANY, 2))
    sync(till, 1, goods(*range(MANY)))
    ring(till, "TF-00001")
    till.incoming.used()
    assert sync(till, 2, goods(*stay, silent=go)) == codes(*go)
    assert left_in(folder, *go) == set()
    assert left_in(folder, *stay) == {(FILE_NAME, n) for n in stay}
    assert lately(till) == [("withdrawn", codes(*go))]
    assert proof(till).flaw is None


def test_stories_that_leave_one_by_one_leave_no_byte(till: Desk, folder: Path) -> None:
    """SQLite leaves copies behind when it moves rows about: each time some of what stays."""
    left: tuple[int, ...] = tuple(range(120))
    went: tuple[int, ...] = ()
    for version in range(1, 9):
        sync(till, version, goods(*left, silent=went))
        assert left_in(folder, *went) == set()
        went += left[version % 3 :: 9]
        left = tuple(n for n in left if n not in went)


def test_a_reworded_story_leaves_its_old_words_nowhere(till: Desk, folder: Path) -> None:
    before = goods(1, 2)
    sync(till, 1, before)
    new = replace(before.products[0], story=telling(3, until=date(2027, 6, 1)).story)
    assert sync(till, 2, replace(before, products=(new, before.products[1]))) == ()
    assert lately(till) == []
    content = (folder / FILE_NAME).read_bytes()
    assert canary(1).encode() not in content
    assert canary(3).encode() in content
    assert song(1) in content


def test_a_picture_that_others_show_stays(till: Desk, folder: Path) -> None:
    first = telling(1, until=date(2027, 6, 1))
    other = replace(telling(2, until=date(2027, 6, 1)), picture=first.picture)
    whole = replace(goods(1, 2), products=(first, other), pictures=(shown(1),))
    sync(till, 1, whole)
    silent = replace(first, story=None, picture="")
    assert sync(till, 2, replace(whole, products=(silent, other))) == codes(1)
    content = (folder / FILE_NAME).read_bytes()
    assert (canary(1).encode() in content, song(1) in content) == (False, True)


def test_over_its_lease_a_story_leaves_by_itself(folder: Path, clock: Clock) -> None:
    with opened(folder, clock=clock) as desk:
        trust(desk)
        sync(desk, 1, goods(*range(MANY)))
        clock.at = LATER - timedelta(days=1)
        assert desk.incoming.lapse() == ()
        assert desk.store.products_with(["TF-00001"])["TF-00001"].story is not None
        clock.at = LATER
        # The window stands open through the night.
        desk.incoming.begin()
        assert left_in(folder, *range(MANY)) == set()
        assert lately(desk) == [("lease", codes(*range(MANY)))]
        assert desk.incoming.lapse() == ()
        assert ring(desk, "TF-00001").sale.total == 100_01
        assert proof(desk).flaw is None
        # Renewed, it is told again.
        sync(desk, 2, goods(*range(MANY)), at=LATER)
        assert desk.store.products_with(["TF-00001"])["TF-00001"].story is not None


def test_leases_that_end_day_by_day_leave_no_byte(till: Desk, folder: Path, clock: Clock) -> None:
    """SQLite leaves copies behind when it moves rows about: today's of what leaves tomorrow."""
    many, chance = range(1_000), Random(3)
    days = {n: chance.randrange(10) for n in many}
    products = tuple(telling(n, until=date(2026, 11, 23) + timedelta(days[n])) for n in many)
    sync(till, 1, replace(goods(*many), products=products))
    for day in range(10):
        clock.at = NOW + timedelta(days=day + 2)
        assert set(till.incoming.lapse()) == set(codes(*(n for n in many if days[n] == day)))
        assert left_in(folder, *(n for n in many if days[n] <= day)) == set()
    assert proof(till).flaw is None


def test_a_till_that_was_switched_off_forgets_at_its_start(folder: Path, clock: Clock) -> None:
    with opened(folder, clock=clock) as desk:
        trust(desk)
        sync(desk, 1, goods(*range(20)))
    clock.at = LATER
    with opened(folder, clock=clock) as desk:
        assert left_in(folder, *range(20)) == set()
        assert lately(desk) == [("lease", codes(*range(20)))]


def test_what_comes_late_tells_nothing_any_more(till: Desk, folder: Path, clock: Clock) -> None:
    sync(till, 1, goods(1))
    clock.at = LATER + timedelta(days=30)
    till.incoming.take(published(2, goods(1, 2), at=NOW + timedelta(days=1)))
    done = till.incoming.apply()
    assert done is not None
    assert (done.gone, done.problem) == (codes(1), None)
    assert left_in(folder, 1, 2) == set()
    assert lately(till) == [("lease", codes(1))]


def test_the_till_to_learn_on_forgets_too(till: Desk, folder: Path, clock: Clock) -> None:
    sync(till, 1, goods(*range(MANY)))
    learning = app.build_training(folder, clock=clock)
    place = Path(app.TRAINING_FOLDER) / FILE_NAME
    try:
        assert (str(place), 1) in left_in(folder, 1)
        # While somebody learns on it.
        sync(till, 2, goods(*range(0, MANY, 2), silent=tuple(range(1, MANY, 2))))
        assert left_in(folder, *range(1, MANY, 2)) == set()
        assert (str(place), 2) in left_in(folder, 2)
        assert learning.shelf.search("ผ้าทอ")
        clock.at = LATER
        till.incoming.begin()
        assert left_in(folder, *range(MANY)) == set()
        assert learning.shelf.search("ผ้าทอ")
    finally:
        learning.close()


def test_a_damaged_till_to_learn_on_is_thrown_away(till: Desk, folder: Path, clock: Clock) -> None:
    sync(till, 1, goods(1, 2))
    app.build_training(folder, clock=clock).close()
    path = folder / app.TRAINING_FOLDER / FILE_NAME
    path.write_bytes(b"damaged " + path.read_bytes()[8:])
    sync(till, 2, goods(2, silent=(1,)))
    assert left_in(folder, 1) == set()


def test_a_workbook_loaded_by_hand_takes_stories_out_too(till: Desk, folder: Path) -> None:
    sync(till, 1, goods(1, 2))
    whole = goods(2, silent=(1,))
    load_catalogue(till.journal, whole, sha256="1" * 64, access=till.access)
    assert left_in(folder, 1) == set()
    assert lately(till) == [("withdrawn", codes(1))]


def test_a_file_put_aside_is_forgotten_once_its_leases_are_over(folder: Path, clock: Clock) -> None:
    with opened(folder, clock=clock) as desk:
        trust(desk)
        sync(desk, 1, replace(catalogue(), staff=crew()))
        (pepper,) = folder.glob("*.pepper")
        pepper.unlink()
        desk.incoming.take(published(2, replace(goods(1), staff=crew())))
        done = desk.incoming.apply()
        assert done is not None
        assert done.problem is not None
        assert song(1) in (folder / FILE_NAME).read_bytes()
    clock.at = LATER + timedelta(days=1)
    with opened(folder, clock=clock) as desk:
        assert left_in(folder, 1) == set()
        assert (desk.incoming.refused(), desk.incoming.waiting()) == (2, 0)


# --- backups -------------------------------------------------------------------------------------


def test_backups_that_hold_what_is_gone_are_named(till: Desk, tmp_path: Path, clock: Clock) -> None:
    sync(till, 1, goods(1, 2))
    stick = tmp_path / "stick"
    first = till.backups.make(stick)
    assert till.backups.outlived() == ()
    clock.move(timedelta(days=1))
    sync(till, 2, goods(2, silent=(1,)), at=clock())
    clock.move(timedelta(hours=1))
    second = till.backups.make(tmp_path)
    (named,) = till.backups.outlived()
    assert (named.path, named.at, named.is_there) == (first, NOW, True)
    assert canary(1).encode() in first.read_bytes()
    assert canary(1).encode() not in second.read_bytes()
    # Older than any lease, whatever left since.
    clock.at = LATER + timedelta(days=2)
    assert [one.path for one in till.backups.outlived()] == [first, second]
    # A stick in a drawer holds it still; what is gone from a stick that is in has been destroyed.
    stick.rename(tmp_path / "drawer")
    assert [one.is_there for one in till.backups.outlived()] == [False, True]
    (tmp_path / "drawer").rename(stick)
    first.unlink()
    assert [one.path for one in till.backups.outlived()] == [second]

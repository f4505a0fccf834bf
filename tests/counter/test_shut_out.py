"""Wrong PINs: whom they shut out, for how long, and what they cost a thief."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest

from tests.counter.people import PINS, WRONG, House, failed, mistake, refuses, verifier
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.domain.people import Right

DECADE = timedelta(days=3650)


@pytest.fixture
def house(folder: Path) -> Iterator[House]:
    """Yield a till where the crew works, as the morning finds it."""
    house = House(folder)
    house.staffed()
    yield house
    house.store.close()


def test_five_wrong_shut_somebody_out(house: House) -> None:
    for left in (4, 3, 2, 1):
        with refuses(Why.PIN_WRONG, left=left):
            house.access.sign_in("SELL1", WRONG)
    with refuses(Why.PIN_LOCKED, wait=30, who="SELL1"):
        house.access.sign_in("SELL1", WRONG)
    assert failed(house) == [("SELL1", n, 0) for n in (1, 2, 3, 4)] + [("SELL1", 5, 30)]
    assert house.is_whole()


def test_a_try_while_shut_out_is_neither_looked_at_nor_counted(house: House) -> None:
    mistake(house, "SELL1", 5)
    before = house.entries()
    for typed in (PINS["SELL1"], WRONG, "", "no PIN"):
        with refuses(Why.PIN_LOCKED, wait=30):
            house.access.sign_in("SELL1", typed)
    assert house.entries() == before
    assert house.store.failures("SELL1") == (5, house.ticks.at)


def test_it_ends_to_the_second(house: House) -> None:
    mistake(house, "SELL1", 5)
    house.ticks.at += 29
    with refuses(Why.PIN_LOCKED, wait=1):
        house.sign_in("SELL1")
    house.ticks.at += 1
    house.sign_in("SELL1")
    assert house.access.by == "SELL1"


def test_each_further_one_doubles(house: House) -> None:
    mistake(house, "SELL1", 10)
    assert [wait for _, _, wait in failed(house)[4:]] == [30, 60, 120, 240, 480, 900]
    mistake(house, "SELL1")
    assert failed(house)[-1] == ("SELL1", 11, 900)


def test_the_right_pin_forgives(house: House) -> None:
    mistake(house, "SELL1", 6)
    house.ticks.at += 60
    house.sign_in("SELL1")
    assert house.store.failures("SELL1") == (0, 0)
    with refuses(Why.PIN_WRONG, left=4):
        house.access.sign_in("SELL1", WRONG)


def test_a_colleague_goes_on(house: House) -> None:
    house.sign_in("SELL2")
    mistake(house, "SELL1", 9)
    assert house.access.by == "SELL2"
    assert house.access.warrant(Right.SELL).by == "SELL2"
    house.access.lock()
    house.sign_in("SELL2")
    with refuses(Why.PIN_LOCKED):
        house.sign_in("SELL1")


def test_a_restart_forgives_nothing(house: House) -> None:
    mistake(house, "SELL1", 5)
    house.ticks.at += 10
    house.restart()
    with refuses(Why.PIN_LOCKED, wait=20):
        house.sign_in("SELL1")
    house.ticks.at += 20
    with refuses(Why.PIN_LOCKED, wait=60):
        house.access.sign_in("SELL1", WRONG)


def test_switching_the_computer_off_counts_anew(house: House) -> None:
    mistake(house, "SELL1", 6)
    house.ticks.at = 5
    house.restart()
    with refuses(Why.PIN_LOCKED, wait=55):
        house.sign_in("SELL1")
    house.ticks.at = 60
    house.sign_in("SELL1")


@pytest.mark.parametrize("jump", [DECADE, -DECADE])
def test_no_clock_that_can_be_set_has_a_say(house: House, jump: timedelta) -> None:
    mistake(house, "SELL1", 5)
    house.clock.move(jump)
    house.restart()
    with refuses(Why.PIN_LOCKED, wait=30):
        house.sign_in("SELL1")
    house.ticks.at += 30
    house.clock.move(-2 * jump)
    house.sign_in("SELL1")


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef"])
def test_what_is_no_pin_is_not_counted(house: House, typed: str) -> None:
    with refuses(Why.PIN_SHAPE):
        house.access.sign_in("SELL1", typed)
    assert house.store.failures("SELL1") == (0, 0)
    assert failed(house) == []


@pytest.mark.parametrize("code", ["", "NOBODY", "SETUP", "MAİ", "คนขายหนึ่ง", "SELL1\ud800"])
def test_a_stranger_is_told_so(house: House, code: str) -> None:
    with refuses(Why.NO_SUCH_STAFF):
        house.access.sign_in(code, WRONG)
    assert failed(house) == []


def test_a_stranger_costs_what_a_wrong_pin_costs(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen at the library itself: the same work, whether there is such a person or not."""
    from argon2 import low_level  # noqa: PLC0415 - as the program does

    work: list[dict[str, object]] = []
    really = low_level.hash_secret_raw

    def watched(secret: bytes, salt: bytes, **cost: object) -> bytes:
        work.append(cost | {"salt": len(salt), "secret": len(secret)})
        return really(secret, salt, **cost)  # type: ignore[arg-type]  # handed on

    monkeypatch.setattr(low_level, "hash_secret_raw", watched)
    with refuses(Why.PIN_WRONG):
        house.access.sign_in("SELL1", WRONG)
    with refuses(Why.NO_SUCH_STAFF):
        house.access.sign_in("NOBODY", WRONG)
    known, stranger = work
    assert known == stranger


# --- many at once ---------------------------------------------------------------------------------


def test_many_at_once_get_what_one_gets(house: House) -> None:
    """Twelve have their try let through before the first is counted: five count all the same."""
    many = 12
    barrier = Barrier(many)
    runs = [House(house.folder, meanwhile=partial(barrier.wait, 60)) for _ in range(many)]

    def attempt(run: House) -> Why:
        with pytest.raises(Refusal) as refusal:
            run.access.sign_in("SELL1", WRONG)
        return refusal.value.why

    with ThreadPoolExecutor(many) as pool:
        told = Counter(pool.map(attempt, runs))
    for run in runs:
        run.store.close()
    assert told == {Why.PIN_WRONG: 4, Why.PIN_LOCKED: 8}
    assert failed(house) == [("SELL1", n, 0) for n in (1, 2, 3, 4)] + [("SELL1", 5, 30)]
    assert house.is_whole()


@pytest.fixture
def other(house: House) -> Iterator[House]:
    """Yield another run of the program over the same till."""
    other = House(house.folder, ticks=house.ticks)
    yield other
    other.store.close()


@pytest.mark.parametrize("typed", [PINS["SELL1"], WRONG])
def test_a_try_is_worth_what_it_is_once_it_was_looked_at(
    house: House, other: House, typed: str
) -> None:
    house.meanwhile = lambda: mistake(other, "SELL1", 5)
    with refuses(Why.PIN_LOCKED, wait=30, who="SELL1"):
        house.access.sign_in("SELL1", typed)
    assert house.access.who is None
    assert house.store.failures("SELL1") == (5, house.ticks.at), (
        "it is neither counted nor forgiven"
    )
    assert len(failed(house)) == 5


def test_a_right_pin_forgives_what_was_counted_meanwhile(house: House, other: House) -> None:
    house.meanwhile = lambda: mistake(other, "SELL1", 4)
    house.sign_in("SELL1")
    assert house.store.failures("SELL1") == (0, 0)


@pytest.mark.parametrize("typed", [PINS["SELL1"], WRONG])
def test_who_is_changed_meanwhile_is_not_let_in(house: House, other: House, typed: str) -> None:
    other.sign_in("LEAD2")
    for change in (
        lambda: other.access.change_pin("SELL1", "635208"),
        lambda: other.access.remove_staff("SELL1"),
    ):
        house.meanwhile = change
        with refuses(Why.NO_SUCH_STAFF, code="SELL1"):
            house.access.sign_in("SELL1", typed)
        assert house.access.who is None
        assert house.store.failures("SELL1") == (0, 0)


# --- the pepper -----------------------------------------------------------------------------------


def test_a_stolen_file_proves_nothing(house: House) -> None:
    """Who has the till's file but not its pepper cannot tell the right PIN from any other."""
    house.pepper = bytes(32)
    for code, pin in PINS.items():
        with refuses(Why.PIN_WRONG):
            house.access.sign_in(code, pin)


def test_the_file_holds_no_pin_and_nothing_of_the_catalogue_that_proves_one(house: House) -> None:
    content = (house.folder / "till.sqlite3").read_bytes()
    for code, pin in PINS.items():
        published = verifier(code)
        assert pin.encode() not in content
        assert published.rpartition("$")[2].encode() not in content
        assert published.rpartition("$")[2].encode() not in b"".join(
            entry.line for entry in house.store.entries()
        )


def test_without_the_pepper_nobody_is_let_in_and_nobody_blamed(house: House) -> None:
    house.pepper = None
    for code in ("SELL1", "NOBODY"):
        with pytest.raises(Trouble) as trouble:
            house.access.sign_in(code, WRONG)
        assert trouble.value.ailment is Ailment.KEY_MISSING
    assert failed(house) == []

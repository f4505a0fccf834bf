"""Buckets that fill with time, keys that are forgotten, and tills that do not all come at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.net.conftest import Hours
from tofan_pos.counter.backoff import Backoff
from tofan_pos.office.limits import Askers, Buckets, Memory, Rate, neighbourhood


def test_a_bucket_gives_what_is_in_it_and_fills_again() -> None:
    hours = Hours()
    buckets = Buckets(Rate(2, 0.5), hours)
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 2, 2]
    hours.now += 1
    assert buckets.take("a") == 1
    hours.now += 1
    assert buckets.take("a") == 0
    hours.now += 1_000_000
    assert [buckets.take("a") for _ in range(3)] == [0, 0, 2]


def test_what_is_larger_than_a_bucket_takes_all_of_it() -> None:
    hours = Hours()
    buckets = Buckets(Rate(10, 1), hours)
    assert buckets.take("a", 1000) == 0
    assert buckets.take("a", 1000) == 10
    hours.now += 10
    assert buckets.take("a", 1000) == 0


def test_what_was_had_already_is_taken_out_as_far_as_it_is_there() -> None:
    hours = Hours()
    buckets = Buckets(Rate(10, 2), hours)
    assert [buckets.wait("a", 10), buckets.wait("a", 99)] == [0, 0], "looking takes nothing"
    buckets.spend("a", 4)
    assert [buckets.wait("a", 6), buckets.wait("a", 10)] == [0, 2]
    buckets.spend("a", 1_000_000)
    assert buckets.wait("a", 10) == 5, "nobody owes anything"
    hours.now += 5
    assert buckets.take("a", 10) == 0


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 5)), max_size=50),
    st.floats(1, 20),
    st.floats(0.1, 5),
)
def test_no_bucket_ever_gives_more_than_its_rate(
    asked: list[tuple[float, float]], burst: float, each: float
) -> None:
    hours = Hours(0)
    buckets, given_out = Buckets(Rate(burst, each), hours), 0.0
    for pause, cost in asked:
        hours.now += pause
        if not buckets.take("a", cost):
            given_out += min(cost, burst)
        assert given_out <= burst + each * hours.now + 1e-6


def test_only_so_many_names_are_kept() -> None:
    buckets = Buckets(Rate(1, 0.1), Hours(), most=3)
    for name in "abcd":
        assert buckets.take(name) == 0
    assert buckets.take("d") > 0
    assert buckets.take("a") == 0, "the one that was not heard for longest is forgotten"


def test_keys_are_forgotten() -> None:
    hours = Hours()
    memory = Memory(10, hours, most=2)
    memory.keep(b"a", known=False)
    assert memory.recall(b"a") is False
    hours.now += 10
    assert memory.recall(b"a") is None
    for key in (b"a", b"b", b"c"):
        memory.keep(key, known=True)
    assert (memory.recall(b"a"), memory.recall(b"c")) == (None, True)
    memory.forget(b"c")
    assert memory.recall(b"c") is None


def test_the_first_few_of_each_place_may_wait() -> None:
    hours = Hours()
    askers = Askers(2, 100, hours, most=2)
    assert [askers.let_in("here", key) for key in (b"a", b"b", b"c", b"a")] == [True] * 2 + [
        False,
        True,
    ]
    assert askers.let_in("there", b"c")
    askers.forget("here", b"a")
    assert askers.let_in("here", b"c")
    hours.now += 60
    askers.let_in("here", b"c")
    hours.now += 60
    assert [askers.let_in("here", key) for key in (b"d", b"e")] == [True, False]
    for place in ("one", "another"):
        askers.let_in(place, b"x")
    assert askers.let_in("here", b"e"), "a place not heard of for longest is forgotten"


@pytest.mark.parametrize(
    ("address", "shared"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unix", "unix"),
        ("", ""),
    ],
)
def test_what_an_address_counts_as(address: str, shared: str) -> None:
    assert neighbourhood(address) == shared


# --- trying again -----------------------------------------------------------------------------


def waits(backoff: Backoff, chance: float, times: int, **asked: float) -> list[float]:
    found = []
    for _ in range(times):
        backoff, seconds = backoff.failed(chance=chance, **asked)
        found.append(seconds)
    return found


def test_waits_grow_up_to_the_longest() -> None:
    assert waits(Backoff(base=2, cap=60), 1.0, 7) == [2, 4, 8, 16, 32, 60, 60]


def test_chance_spreads_them_over_all_of_it() -> None:
    assert waits(Backoff(base=2, cap=60), 0.0, 3) == [0, 0, 0]
    assert waits(Backoff(base=2, cap=60), 0.5, 3) == [1, 2, 4]


def test_success_begins_anew() -> None:
    backoff, _ = Backoff().failed(chance=1.0)
    assert backoff.failures == 1
    assert backoff.succeeded() == Backoff()


def test_nobody_comes_before_the_server_wants_them() -> None:
    assert waits(Backoff(base=2, cap=60), 0.5, 2, retry_after=30) == [31, 32]
    assert waits(Backoff(base=2, cap=60), 0.0, 1, retry_after=1e9) == [60]
    assert waits(Backoff(base=2, cap=60), 0.0, 1, retry_after=-5) == [0]


@given(st.floats(0, 1, exclude_max=True), st.integers(0, 10**9))
def test_however_long_it_fails_the_wait_is_bounded(chance: float, failures: int) -> None:
    _, seconds = Backoff(failures=failures).failed(chance=chance)
    assert 0 <= seconds <= Backoff().cap

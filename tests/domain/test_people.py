"""People: their codes and names, which PINs will do, and how long wrong ones shut somebody out."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.people import (
    LONGEST_NAME,
    RIGHTS,
    SETUP,
    May,
    Right,
    Role,
    Staff,
    may,
    staff_code,
    staff_name,
)
from tofan_pos.domain.pin import check_new_pin, is_trivial, plain_pin, shut_out_for, wait_after

PINS = st.integers(0, 999_999).map("{:06}".format)
DIGIT = st.integers(0, 9)
GOOD = ("482913", "251046", "190826", "907351", "804627")


def new_pin(pin: str, code: str = "SELL1") -> str:
    return check_new_pin(pin, code=code)


def refused(pin: str, code: str = "SELL1") -> Why:
    with pytest.raises(Refusal) as refusal:
        new_pin(pin, code)
    return refusal.value.why


# --- PINs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("pin", GOOD)
def test_a_good_pin_will_do(pin: str) -> None:
    assert new_pin(pin) == pin


def test_nearly_all_pins_will_do() -> None:
    """Of a million, 10,433 are trivial; every 43rd is looked at here."""
    some = range(0, 1_000_000, 43)
    trivial = sum(is_trivial(f"{pin:06}") for pin in some)
    assert 0.009 < trivial / len(some) < 0.012


@pytest.mark.parametrize(
    "typed",
    ["", "48291", "4829130", "48291a", "482 13", " 482913", "-82913", "48291³", "48291\ud800"],
)
def test_six_digits_it_is(typed: str) -> None:
    assert refused(typed) is Why.PIN_SHAPE


@given(PINS)
def test_a_pin_is_the_same_in_thai_digits(pin: str) -> None:
    thai = pin.translate({ord("0") + digit: ord("๐") + digit for digit in range(10)})
    assert plain_pin(thai) == plain_pin(pin) == pin


@pytest.mark.parametrize(
    "pin",
    ["147258", "258369", "789456", "123789", "321654", "159357", "102030", "010203", "111222"],
)
def test_rows_of_keys_are_trivial(pin: str) -> None:
    assert refused(pin) is Why.PIN_TRIVIAL


@given(DIGIT, DIGIT)
@example(8, 1)
@example(3, 9)
def test_even_steps_are_trivial_round_the_ten_too(first: int, step: int) -> None:
    assert is_trivial("".join(str((first + place * step) % 10) for place in range(6)))


@given(PINS, st.sampled_from((1, 2, 3)))
def test_a_repeated_part_is_trivial(pin: str, length: int) -> None:
    assert is_trivial((pin[:length] * 6)[:6])


@given(DIGIT, DIGIT, DIGIT)
def test_pairs_and_mirrors_are_trivial(a: int, b: int, c: int) -> None:
    assert is_trivial(f"{a}{a}{b}{b}{c}{c}")
    assert is_trivial(f"{a}{b}{c}{c}{b}{a}")


@given(st.lists(st.sampled_from("47"), min_size=6, max_size=6))
def test_two_digits_are_too_few(digits: list[str]) -> None:
    assert is_trivial("".join(digits))


@given(st.one_of(st.integers(1900, 2100), st.integers(2443, 2643)))
def test_a_year_with_noughts_is_trivial(year: int) -> None:
    assert is_trivial(f"{year}00")
    assert is_trivial(f"00{year}")


@pytest.mark.parametrize(
    ("pin", "code"),
    [
        ("482913", "482913"),
        ("482913", "S482913"),
        ("482913", "94829137"),
        ("004829", "4829"),
        ("482900", "T4829"),
        ("000048", "A48"),
    ],
)
def test_ones_own_code_is_trivial(pin: str, code: str) -> None:
    assert refused(pin, code) is Why.PIN_TRIVIAL
    assert new_pin("907351", code)


def test_a_code_without_digits_forbids_no_pin() -> None:
    assert new_pin("907351", "SELL2") == "907351"


# --- being shut out -----------------------------------------------------------------------------


def test_five_wrong_then_doubling_to_a_quarter_of_an_hour() -> None:
    waits = [wait_after(failures) for failures in range(12)]
    assert waits == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]
    assert wait_after(10**9) == 900


@given(st.integers(5, 20), st.integers(0, 10**7), st.integers(0, 2000))
def test_time_passes_while_the_computer_runs(failures: int, since: int, passed: int) -> None:
    left = shut_out_for(failures, since=since, now=since + passed)
    assert left == max(0, wait_after(failures) - passed)


@given(st.integers(5, 20), st.integers(1, 10**7), st.data())
def test_after_a_new_start_the_wait_begins_anew(
    failures: int, since: int, data: st.DataObject
) -> None:
    now = data.draw(st.integers(0, since - 1))
    left = shut_out_for(failures, since=since, now=now)
    assert left == max(0, wait_after(failures) - now)


@given(st.integers(0, 20), st.integers(0, 10**5), st.integers(0, 10**5))
def test_nobody_waits_longer_than_the_longest_wait(failures: int, since: int, now: int) -> None:
    assert 0 <= shut_out_for(failures, since=since, now=now) <= wait_after(failures) <= 900


@given(st.integers(5, 20), st.integers(0, 10**5), st.integers(0, 10**5))
def test_what_ran_since_a_restart_is_the_most_that_counts(
    failures: int, since: int, now: int
) -> None:
    assert shut_out_for(failures, since=since, now=now) >= wait_after(failures) - now


# --- codes, names, rights -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "code"), [("sell1", "SELL1"), (" A1 ", "A1"), ("012345678901",) * 2]
)
def test_a_code_is_kept_in_capitals(typed: str, code: str) -> None:
    assert staff_code(typed) == code


@pytest.mark.parametrize(
    "typed", ["", "A", "A" * 13, "A B", "A-1", "คนขายหนึ่ง", "๑๒", "straße", "A\n1"]
)
def test_other_codes_are_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refusal:
        staff_code(typed)
    assert refusal.value.why is Why.STAFF_CODE


def test_nobody_is_called_set_up() -> None:
    with pytest.raises(Refusal) as refusal:
        staff_code("setup")
    assert refusal.value.why is Why.STAFF_EXISTS
    assert SETUP.role is Role.SUPERVISOR


def test_a_name_is_a_text_like_any_other() -> None:
    assert staff_name("  คุณ\tฝน ", code="LEAD2") == "คุณ ฝน"
    assert staff_name(" ", code="LEAD2") == "LEAD2"
    with pytest.raises(Refusal) as refusal:
        staff_name("ก" * (LONGEST_NAME + 1), code="LEAD2")
    assert refusal.value.why is Why.TEXT_TOO_LONG


def test_a_verifier_is_not_shown() -> None:
    person = Staff(code="SELL1", name="Sell One", role=Role.CASHIER, verifier="$argon2id$secret")
    assert "secret" not in repr(person)


def test_the_table_has_a_word_for_everybody_and_everything() -> None:
    assert set(RIGHTS) == set(Right)
    assert {frozenset(row) for row in RIGHTS.values()} == {frozenset(Role)}


@pytest.mark.parametrize("right", Right)
def test_no_right_is_beyond_a_supervisor(right: Right) -> None:
    """Else an approval could not be given by the one who gives it."""
    assert may(Role.SUPERVISOR, right) is May.YES


@pytest.mark.parametrize("right", Right)
def test_a_trainee_may_no_more_than_a_cashier(right: Right) -> None:
    order = (May.NO, May.ASK, May.YES)
    assert order.index(may(Role.TRAINEE, right)) <= order.index(may(Role.CASHIER, right))


def test_people_are_managed_by_supervisors_alone() -> None:
    row = RIGHTS[Right.MANAGE_STAFF]
    assert {role for role in Role if row[role] is not May.NO} == {Role.SUPERVISOR}

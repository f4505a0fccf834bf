"""Verifiers: what head office makes, what a till keeps of it, and what neither accepts."""

import base64
import hmac
import os
from hashlib import sha256

import pytest
from argon2 import PasswordHasher, extract_parameters, low_level
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.counter.people import PEPPER, WRONG, verifier
from tofan_pos.counter.pins import NOBODYS, check, make_verifier, seal, whose
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.people import Role

PIN = "190826"
PUBLISHED = verifier("SELL1")
WHO = whose("SELL1", Role.CASHIER)
SEALED = seal(PUBLISHED, PEPPER, who=WHO)


def refused(text: str) -> Why:
    with pytest.raises(Refusal) as refusal:
        seal(text, PEPPER, who=WHO)
    with pytest.raises(Refusal):
        check(text, PIN, PEPPER, who=WHO)
    return refusal.value.why


def test_what_is_published_is_argon2s_own_text() -> None:
    """The library itself reads and proves it, and finds in it what OWASP advises."""
    assert PasswordHasher().verify(PUBLISHED, PIN)
    found = extract_parameters(PUBLISHED)
    assert (found.type, found.version) == (low_level.Type.ID, 19)
    assert (found.memory_cost, found.time_cost, found.parallelism) == (19 * 1024, 2, 1)
    assert (found.salt_len, found.hash_len) == (16, 32)


def test_a_sealed_verifier_is_whose_it_is_and_the_hash_under_the_pepper() -> None:
    *before, salt, hashed = PUBLISHED.split("$")
    *kept, kept_salt, proof = SEALED.split("$")
    raw = base64.b64decode(hashed + "=")
    who = b"5:SELL1,7:cashier,"
    said = bytes([0, 0, 0, len(who)]) + who + bytes([0, 0, 0, 32]) + raw
    expected = hmac.new(PEPPER, said, sha256).digest()
    assert (kept_salt, kept[2:]) == (salt, before[2:])
    assert base64.b64decode(proof + "=") == expected


def test_the_pin_and_the_pepper_are_both_needed() -> None:
    assert check(SEALED, PIN, PEPPER, who=WHO)
    assert not check(SEALED, WRONG, PEPPER, who=WHO)
    assert not check(SEALED, PIN, bytes(32), who=WHO)
    assert not check(SEALED, PIN, PEPPER[:-1] + b"\0", who=WHO)


@pytest.mark.parametrize(
    ("code", "role"),
    [("SELL1", Role.SUPERVISOR), ("LEAD2", Role.CASHIER), ("MA", Role.CASHIER), ("", Role.CASHIER)],
)
def test_a_verifier_is_of_one_person_in_one_role(code: str, role: Role) -> None:
    assert not check(SEALED, PIN, PEPPER, who=whose(code, role))


@given(st.text(), st.sampled_from(Role), st.text(), st.sampled_from(Role))
def test_no_two_are_bound_alike(code: str, role: Role, other: str, others: Role) -> None:
    assert (whose(code, role) == whose(other, others)) is ((code, role) == (other, others))


@settings(max_examples=8, deadline=None)
@given(
    st.integers(0, 999_999).map("{:06}".format),
    st.integers(0, 999_999).map("{:06}".format),
    st.binary(min_size=32, max_size=32),
)
def test_only_the_same_pin_opens(pin: str, other: str, pepper: bytes) -> None:
    sealed = seal(make_verifier(pin, os.urandom), pepper, who=WHO)
    assert check(sealed, pin, pepper, who=WHO)
    assert check(sealed, other, pepper, who=WHO) is (other == pin)


def test_two_with_one_pin_have_two_verifiers() -> None:
    assert make_verifier(PIN, os.urandom) != make_verifier(PIN, os.urandom)


@pytest.mark.parametrize("pin", ["000000", PIN, WRONG])
def test_no_pin_is_nobodys(pin: str) -> None:
    assert not check(NOBODYS, pin, PEPPER, who="")


@pytest.mark.parametrize("typed", ["", "12345", "abcdef"])
def test_what_is_no_pin_is_neither_made_nor_tried(typed: str) -> None:
    for verb in (
        lambda t: make_verifier(t, os.urandom),
        lambda t: check(SEALED, t, PEPPER, who=WHO),
    ):
        with pytest.raises(Refusal) as refusal:
            verb(typed)
        assert refusal.value.why is Why.PIN_SHAPE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "190826",
        "$2b$12$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234",
        PUBLISHED.replace("argon2id", "argon2i"),
        PUBLISHED.replace("v=19", "v=16"),
        PUBLISHED + "\n",
        " " + PUBLISHED,
        PUBLISHED + "=",
        PUBLISHED[:-1],
        PUBLISHED.replace("m=19456", "m=019456"),
        PUBLISHED.replace("m=19456", "m=๑๙๔๕๖"),
        PUBLISHED.replace("m=19456,t=2", "t=2,m=19456"),
        PUBLISHED[:-1] + "é",
        PUBLISHED[:-1] + "B",
    ],
)
def test_what_cannot_be_read_is_told(text: str) -> None:
    assert refused(text) is Why.PIN_VERIFIER


def test_neither_kind_passes_for_the_other() -> None:
    with pytest.raises(Refusal) as refusal:
        seal(SEALED, PEPPER, who=WHO)
    assert refusal.value.why is Why.PIN_VERIFIER
    with pytest.raises(Refusal) as refusal:
        check(PUBLISHED, PIN, PEPPER, who=WHO)
    assert refusal.value.why is Why.PIN_VERIFIER


@pytest.mark.parametrize(
    "cost",
    [
        "m=19456,t=1,p=1",
        "m=8,t=9999,p=1",
        "m=7000,t=9,p=1",
        "m=9999999,t=1,p=1",
        "m=65536,t=5,p=1",
        "m=65537,t=2,p=1",
        "m=19456,t=2,p=5",
        "m=19456,t=2,p=0",
    ],
)
def test_what_costs_too_little_or_too_much_is_refused(cost: str) -> None:
    """Of another's making: so weak that it is soon guessed, or so dear that the till stands."""
    assert refused(PUBLISHED.replace("m=19456,t=2,p=1", cost)) is Why.PIN_VERIFIER


@pytest.mark.parametrize(
    ("kib", "passes"), [(47104, 1), (12288, 3), (9216, 4), (7168, 5), (65536, 3)]
)
def test_every_choice_that_owasp_names_is_accepted(kib: int, passes: int) -> None:
    hasher = PasswordHasher(passes, kib, 1)
    sealed = seal(hasher.hash(PIN), PEPPER, who=WHO)
    assert check(sealed, PIN, PEPPER, who=WHO)
    assert not check(sealed, WRONG, PEPPER, who=WHO)

"""Letters between a till and head office: signed for one purpose, in one spelling, or refused."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sync.records import KEY
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.sync import contact, enrolment
from tofan_pos.sync.contact import AcknowledgementBody, HelloBody, PartedBody, RunBody, Standing
from tofan_pos.sync.enrolment import GrantBody
from tofan_pos.sync.keys import SigningKey
from tofan_pos.sync.letters import LARGEST

AT = "2026-11-22T07:05:09Z"
OFFICE = SigningKey(bytes(range(32)))
GRANT = GrantBody(
    at=AT, epoch=1, office="สำนักงานใหญ่", till="CTW1", till_key=KEY.public.hex(), server="https://o"
)
HELLO = HelloBody(
    at=AT,
    catalogue=3,
    epoch=2,
    hash="cd" * 32,
    head=812,
    nonce="01" * 16,
    program="0.1.0",
    till="CTW1",
)
ACK = AcknowledgementBody(
    at=AT,
    catalogue=4,
    epoch=2,
    hash="cd" * 32,
    head=800,
    serial=77,
    till="CTW1",
    missing=(RunBody(first=803, last=804),),
    nonce="01" * 16,
    parted=PartedBody(hash="ef" * 32, seq=501),
    standing=Standing.REVOKED,
)
WRITTEN = {
    "grant": enrolment.write_grant(GRANT, OFFICE),
    "hello": contact.write_hello(HELLO, KEY),
    "acknowledgement": contact.write_acknowledgement(ACK, OFFICE),
}
READ: dict[str, Callable[[bytes], object]] = {
    "grant": enrolment.grant_in,
    "hello": contact.hello_in,
    "acknowledgement": contact.acknowledgement_in,
}
REFUSES = {
    "grant": Why.NOT_A_GRANT,
    "hello": Why.NOT_A_HELLO,
    "acknowledgement": Why.NOT_AN_ACKNOWLEDGEMENT,
}
KINDS = pytest.mark.parametrize("kind", WRITTEN)


def refused(kind: str, content: bytes) -> bool:
    try:
        READ[kind](content)
    except Refusal as refusal:
        assert refusal.why is REFUSES[kind]  # noqa: PT017
        return True
    return False


def test_each_comes_back_with_who_signed_it() -> None:
    grant = enrolment.grant_in(WRITTEN["grant"])
    assert (grant.body, grant.office_key) == (GRANT, OFFICE.public)
    hello = contact.hello_in(WRITTEN["hello"])
    assert (hello.body, hello.public_key) == (HELLO, KEY.public)
    ack = contact.acknowledgement_in(WRITTEN["acknowledgement"])
    assert (ack.body, ack.office_key) == (ACK, OFFICE.public)


@KINDS
def test_one_kind_never_passes_for_another(kind: str) -> None:
    for other, content in WRITTEN.items():
        assert refused(kind, content) == (other != kind)


@KINDS
def test_every_byte_counts(kind: str) -> None:
    content = WRITTEN[kind]
    for place in range(len(content)):
        for mask in (0x01, 0x20, 0x80):
            changed = bytearray(content)
            changed[place] ^= mask
            assert refused(kind, bytes(changed)), (place, mask)


@KINDS
def test_a_cut_at_any_length_is_refused(kind: str) -> None:
    for length in range(len(WRITTEN[kind])):
        assert refused(kind, WRITTEN[kind][:length]), length


@KINDS
@given(rest=st.binary(min_size=1, max_size=30))
def test_nothing_may_follow(kind: str, rest: bytes) -> None:
    assert refused(kind, WRITTEN[kind] + rest)


@KINDS
def test_what_is_far_too_long_is_refused_unread(kind: str) -> None:
    assert refused(kind, b"[" * (LARGEST + 1))


@KINDS
@given(content=st.binary(max_size=400))
def test_anything_else_is_refused(kind: str, content: bytes) -> None:
    assert refused(kind, content)

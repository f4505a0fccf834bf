"""An enrolment request as a code's text: the very letter comes out, or it is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sync.records import KEY
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.printing.codes import qr
from tofan_pos.sync.enrolment import Beginning, Request, write_request
from tofan_pos.sync.request_code import LONGEST, MARK, is_request_code, request_code, request_letter
from tofan_pos.thai.keyboard import decodings

INSTALL = "0123456789abcdef" * 2
FIRST = write_request(Request("CTW1", 1, INSTALL, KEY.public), KEY)
LATER = write_request(
    Request("CTW12345", 99, INSTALL, KEY.public, Beginning.RESTORED, 2**40, "ab" * 32, "0.1.0"),
    KEY,
)


@pytest.mark.parametrize("letter", [FIRST, LATER])
def test_the_very_letter_comes_out(letter: bytes) -> None:
    code = request_code(letter)
    assert request_letter(code) == letter
    assert request_letter(f" {code.lower()}\n") == letter
    assert is_request_code(code)


@pytest.mark.parametrize("letter", [FIRST, LATER])
def test_it_is_short_enough_to_be_scanned_from_a_screen(letter: bytes) -> None:
    code = request_code(letter)
    assert len(code) < LONGEST
    assert len(qr(code)) <= 73


def test_a_scanner_under_the_thai_layout_types_it_as_well() -> None:
    code = request_code(FIRST)
    assert code in decodings(code)


@pytest.mark.parametrize("text", ["", MARK, f"{MARK}AAAA", "TOFANR1.AAAA", "8850123456789"])
def test_what_is_no_request_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        request_letter(text)
    assert caught.value.why is Why.NOT_AN_ENROLMENT


@given(st.integers(0, len(request_code(FIRST)) - 1), st.sampled_from("ABZ27."))
def test_another_letter_anywhere_is_never_another_request(place: int, sign: str) -> None:
    code = request_code(FIRST)
    changed = code[:place] + sign + code[place + 1 :]
    try:
        assert request_letter(changed) == FIRST
    except Refusal as refusal:
        assert refusal.why is Why.NOT_AN_ENROLMENT  # noqa: PT017


def test_only_a_request_becomes_a_code() -> None:
    with pytest.raises(Refusal):
        request_code(b"{}\n")

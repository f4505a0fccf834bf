"""Document numbers, till codes and check digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tofan_pos.domain.catalogue import ean13_check_digit, has_right_check_digit, is_ean
from tofan_pos.domain.errors import Refusal
from tofan_pos.domain.numbering import DocumentKind, document_number, till_code


def test_numbers_as_printed() -> None:
    assert document_number(till="CTW1", epoch=1, series="R", n=42) == "CTW1-R000042"
    assert document_number(till="CTW1", epoch=2, series="V", n=1) == "CTW1.2-V000001"
    assert document_number(till="CTW1", epoch=1, series="V", n=10_000_000) == "CTW1-V10000000"


WHO = st.tuples(
    st.from_regex(r"[A-Z][A-Z0-9]{1,7}", fullmatch=True),
    st.integers(1, 999),
    st.sampled_from([kind.series for kind in DocumentKind]),
    st.integers(1, 10**9),
)


@given(WHO, WHO)
def test_two_documents_never_share_a_number(
    one: tuple[str, int, str, int], other: tuple[str, int, str, int]
) -> None:
    numbers = [document_number(till=t, epoch=e, series=s, n=n) for t, e, s, n in (one, other)]
    assert (numbers[0] == numbers[1]) == (one == other)


def test_each_kind_has_a_series_of_its_own() -> None:
    assert len({kind.series for kind in DocumentKind}) == len(DocumentKind)


@pytest.mark.parametrize("code", ["CTW1", "AB", "A1234567"])
def test_till_codes(code: str) -> None:
    assert till_code(code) == code


@pytest.mark.parametrize(
    "code", ["", "A", "ctw1", "1TW", "CTW-1", "A12345678", "CTW1\n", "กขค", "A１", "../X", "A.2"]
)
def test_what_is_no_till_code(code: str) -> None:
    with pytest.raises(Refusal):
        till_code(code)


@pytest.mark.parametrize("code", ["8850123456789", "4006381333931", "96385074", "0012345678905"])
def test_known_barcodes(code: str) -> None:
    assert is_ean(code)
    assert has_right_check_digit(code) == (code != "8850123456789")


@given(st.from_regex(r"[0-9]{12}", fullmatch=True), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(twelve: str, place: int, more: int) -> None:
    code = twelve + ean13_check_digit(twelve)
    assert has_right_check_digit(code)
    wrong = str((int(code[place]) + more) % 10)
    assert not has_right_check_digit(code[:place] + wrong + code[place + 1 :])


@pytest.mark.parametrize(
    "code", ["", "123456789012", "๘๘๕๐๑๒๓๔๕๖๗๘๙", "88501234567890", "885012345678X"]
)
def test_what_has_no_shape_of_a_barcode(code: str) -> None:
    assert not is_ean(code)

"""VAT: once per document, out of prices that include it."""

import json
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.baskets import of, product
from tofan_pos.domain.basket import reckon
from tofan_pos.domain.catalogue import SharePolicy
from tofan_pos.domain.money import MOST, parse_baht
from tofan_pos.domain.tax import TaxRate, rate_on, vat_within

VECTORS = json.loads((Path(__file__).parent / "vectors" / "vat.json").read_text())


@pytest.mark.parametrize(("total", "parts"), VECTORS["inclusive"].items())
def test_known_documents(total: str, parts: list[str]) -> None:
    vat = vat_within(parse_baht(total), VECTORS["rate_bp"])
    assert [vat, parse_baht(total) - vat] == [parse_baht(part) for part in parts]


@given(st.integers(0, MOST), st.sampled_from((0, 700, 1000)))
def test_vat_is_rounded_half_up_to_the_satang(total: int, rate_bp: int) -> None:
    exact = Decimal(total) * rate_bp / (10_000 + rate_bp)
    assert vat_within(total, rate_bp) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def test_it_is_taken_once_from_the_document_not_summed_from_lines() -> None:
    ten = of(*(product(f"T{i}", 10_00) for i in range(10)))
    reckoning = reckon(ten, vat_rate_bp=700, policy=SharePolicy())
    assert vat_within(10_00, 700) * 10 == 6_50
    assert reckoning.vat == 6_54
    assert sum(line.vat for line in reckoning.lines) == 6_54


def test_a_seller_who_is_not_registered_takes_none() -> None:
    reckoning = reckon(of(product()), vat_rate_bp=0, policy=SharePolicy())
    assert (reckoning.vat, reckoning.share) == (0, 70_00)


def test_the_rate_is_the_days_own() -> None:
    rates = (TaxRate(date(2030, 1, 1), 1000), TaxRate(date(1999, 4, 1), 700))
    assert rate_on(date(2029, 12, 31), rates) == 700
    assert rate_on(date(2030, 1, 1), rates) == 1000
    assert rate_on(date(1999, 3, 31), rates) == 0
    assert rate_on(date(2026, 11, 22)) == 700

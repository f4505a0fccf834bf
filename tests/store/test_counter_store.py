"""The till's file: what goes in comes out, fact for fact."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.counter.tills import NOW, catalogue, make_till, opened, proof, ring
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.setup import load_catalogue, profile_of
from tofan_pos.domain.catalogue import Product, Story, TaxKind, Text
from tofan_pos.domain.errors import Ailment, Refusal, Trouble
from tofan_pos.domain.money import MOST
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.domain.published import Catalogue, over, without
from tofan_pos.domain.till import ReceiptLanguage
from tofan_pos.store.facts import EntryRow
from tofan_pos.thai.dates import business_day


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("store")
    make_till(folder)
    with opened(folder) as desk:
        yield desk


WORDS = st.text(st.characters(codec="utf-8"), max_size=40)
TEXTS = st.builds(Text, WORDS, WORDS)
STORIES = st.builds(
    Story,
    short=TEXTS.filter(lambda text: text != Text()),
    long=TEXTS,
    approved_until=st.none() | st.dates(),
)
PRODUCTS = st.builds(
    Product,
    code=st.text("ABC-123", min_size=1, max_size=8),
    name=TEXTS,
    price=st.integers(0, MOST),
    group=st.sampled_from(("G1", "G2")),
    category=TEXTS,
    barcode=st.sampled_from(("", "8850123456787")),
    vat=st.sampled_from(TaxKind),
    unique=st.booleans(),
    favourite=st.booleans(),
    active=st.booleans(),
    story=st.none() | STORIES,
)


@given(st.lists(PRODUCTS, min_size=1, max_size=4, unique_by=lambda product: product.code))
def test_products_come_back_whole(desk: Desk, products: list[Product]) -> None:
    goods = Catalogue(products=tuple(products), groups=catalogue().groups)
    load_catalogue(desk.journal, goods, sha256="1" * 64, access=desk.access)
    found = desk.store.products_with([product.code for product in products])
    # But for stories whose time is over: they are not laid down at all.
    told = without(goods, over(goods, business_day(NOW)))
    assert found == {product.code: product for product in told.products}


def test_a_new_catalogue_takes_the_place_of_the_whole_old_one(tmp_path: Path) -> None:
    make_till(tmp_path)
    only = Product(code="ONLY", name=Text("ชิ้นเดียว"), price=1_00, group="G9")
    with opened(tmp_path) as desk:
        sale = ring(desk, "TF-SCARF").sale
        load_catalogue(
            desk.journal,
            Catalogue(products=(only,), groups=()),
            sha256="2" * 64,
            access=desk.access,
        )
        assert desk.shelf.scan("ONLY") == only
        assert [product.code for product in desk.shelf.search("ชิ้นเดียว")] == ["ONLY"]
        with pytest.raises(Refusal):
            desk.shelf.scan("TF-SCARF")
        again = desk.store.sale_with_id(sale.id)
        assert again is not None
        assert again.sale == sale, "what was sold stays as it was sold"
        assert proof(desk).flaw is None


def test_who_a_till_is_comes_back(tmp_path: Path) -> None:
    identity = make_till(
        tmp_path,
        till="CTW9",
        kind=DocumentKind.NON_VAT,
        receipt_language=ReceiptLanguage.BOTH,
        paper_mm=58,
        printer="tcp:127.0.0.1:9100",
    )
    with opened(tmp_path) as desk:
        assert desk.identity == identity
        assert desk.profile == profile_of(identity)
        assert (desk.profile.kind, desk.profile.paper_mm) == (DocumentKind.NON_VAT, 58)


def test_settings_nobody_made_are_damage(tmp_path: Path) -> None:
    identity = make_till(tmp_path)
    for settings in ({}, identity.settings | {"paper_mm": "wide"}, identity.settings | {"kind": 1}):
        with pytest.raises(Trouble) as trouble:
            profile_of(replace(identity, settings=settings))
        assert trouble.value.ailment is Ailment.STORE_DAMAGED


def test_entries_are_read_in_pieces_and_in_order(tmp_path: Path) -> None:
    make_till(tmp_path)
    with opened(tmp_path) as desk:
        for _ in range(3):
            with desk.store.writing() as tx:
                head = tx.head()
                assert head is not None
                for seq in range(head.seq + 1, head.seq + 1601):
                    tx.append(EntryRow(seq, "x", "2026-01-01T00:00:00Z", b"{}", bytes(32)))
        read = [row.seq for row in desk.store.entries()]
        assert read == list(range(1, len(read) + 1))
        assert len(read) > 4800
        some = [row.seq for row in desk.store.entries(500, until=4_001)]
        assert some == list(range(501, 4_002))
        assert desk.store.journal_size()[0] == len(read)


def test_sales_are_found_each_way(tmp_path: Path) -> None:
    make_till(tmp_path)
    with opened(tmp_path) as desk:
        assert desk.store.last_sale() is None
        first, second = ring(desk), ring(desk, "TF-HONEY", "TF-HONEY")
        store = desk.store
        assert store.last_sale() == second
        assert store.sale_at(first.seq) == first
        assert store.sale_with_id(first.sale.id) == first
        assert store.sale_numbered("V", 2) == second
        assert store.sale_numbered("R", 1) is None
        assert store.sale_with_id("' OR 1=1 --") is None
        assert store.sale_counts() == (2, 2, 2)
        assert first.sale.business_date == date(2026, 11, 22)

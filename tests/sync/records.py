"""Entries for tests: one of each kind, runs of them chained, and any sale at all."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from tests.domain.baskets import baskets
from tofan_pos.domain.basket import Basket
from tofan_pos.domain.catalogue import SharePolicy
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.domain.sale import Sale, Tender, TenderKind, Terms, complete
from tofan_pos.sync.chain import Head, Link
from tofan_pos.sync.entries import entry_line
from tofan_pos.sync.events import (
    CatalogueBody,
    ClockStepBody,
    ExportedBody,
    GroupBody,
    GroupsBody,
    OpenedBody,
)
from tofan_pos.sync.keys import SigningKey
from tofan_pos.sync.kinds import Body

KEY = SigningKey(bytes(range(32)))
AT = "2026-11-22T03:04:05Z"
BODIES: tuple[Body, ...] = (
    OpenedBody(
        document="VAT_RECEIPT", install_id="i1", program="0.1.0", public_key=KEY.public.hex()
    ),
    CatalogueBody(products=3, sha256="ab" * 32),
    GroupsBody(groups=(GroupBody(code="G1", label_en="Weavers", label_th="กลุ่มทอผ้า"),)),
    ClockStepBody(seconds=86_400),
    ExportedBody(header='{"a":"\\n"}', signature="0f" * 64),
)


def sale_of(basket: Basket, *, n: int = 1, kind: DocumentKind = DocumentKind.VAT_RECEIPT) -> Sale:
    """Return a basket's sale, paid to the satang."""
    rate = 700 if kind is DocumentKind.VAT_RECEIPT else 0
    return complete(
        basket,
        [Tender(TenderKind.CASH, basket.total)],
        terms=Terms(kind=kind, vat_rate_bp=rate, policy=SharePolicy()),
        sale_id=f"id-{n}",
        till="CTW1",
        epoch=1,
        n=n,
        at=datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC),
        business_date=date(2026, 11, 22),
        by="SETUP",
    )


def sales() -> st.SearchStrategy[Sale]:
    """Draw a sale of any basket, of either kind of document."""
    return st.builds(
        lambda basket, n, kind: sale_of(basket, n=n, kind=kind),
        baskets(),
        st.integers(1, 10**9),
        st.sampled_from(DocumentKind),
    )


def written(*bodies: Body, till: str = "CTW1", epoch: int = 1) -> list[Link]:
    """Return bodies as a journal's first entries."""
    head, links = Head(), []
    for body in bodies:
        line = entry_line(body, till=till, epoch=epoch, seq=head.seq + 1, at=AT)
        links.append(head.then(line))
        head = Head(links[-1].seq, links[-1].hash)
    return links

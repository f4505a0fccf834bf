"""Hides how a head office is put together over each of its two databases, with a till it trusts."""

from collections.abc import Iterator

import pytest

from tests.office.forge import AT, Till
from tofan_pos import app
from tofan_pos.app import Office
from tofan_pos.store.office import OfficeStore
from tofan_pos.sync.sales import read_moment


@pytest.fixture
def office(office_url: str) -> Iterator[Office]:
    """Yield a head office over a fresh database of each kind."""
    OfficeStore.create(office_url).close()
    office = app.build_office(office_url, clock=lambda: read_moment(AT))
    yield office
    office.store.close()


@pytest.fixture
def till(office: Office) -> Till:
    """Return an enrolled till with twelve sales."""
    return Till.with_sales(12).enrolled(office.store)

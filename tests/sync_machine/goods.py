"""What head office publishes in a history: few goods, whose price tells the version."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from tests.counter.tills import catalogue
from tofan_pos.domain.published import Catalogue
from tofan_pos.store.office_published import Publication
from tofan_pos.sync.keys import SigningKey
from tofan_pos.sync.published import seal_catalogue
from tofan_pos.sync.sales import write_moment


def small_catalogue(price: int = 590_00) -> Catalogue:
    """Return a catalogue of one product, told apart by its price."""
    whole = catalogue()
    scarf = replace(whole.products[0], price=price, picture="", story=None)
    return Catalogue(products=(scarf,), groups=whole.groups[:1])


def published(version: int, *, at: datetime, key: SigningKey) -> Publication:
    """Return a version as head office seals it."""
    goods = small_catalogue(590_00 + version)
    content = seal_catalogue(goods, version=version, at=at, key=key)
    return Publication(
        version=version,
        at=write_moment(at),
        sha256=sha256(content).hexdigest(),
        products=len(goods.products),
        content=content,
    )

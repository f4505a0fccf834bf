"""The catalogue file: what is sealed comes back, and nothing else is taken for it."""

import json
import random
import resource
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pytest
import zstandard

from tests.domain.baskets import SOAK
from tests.sync.goods import AT, DISH, OFFICE, PICTURE, SCARF, WHOLE, file_of, with_scarf
from tofan_pos.domain.catalogue import KnownTill, Picture, SharePolicy, Story, Text
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.people import Role, Staff
from tofan_pos.domain.published import LEASE_DAYS, Catalogue
from tofan_pos.domain.rules import DatedPolicy, DatedPrice, Head, Rules
from tofan_pos.domain.tax import TaxRate
from tofan_pos.sync.canonical import canonical
from tofan_pos.sync.keys import KEY_BYTES, SIGNATURE_BYTES, SigningKey
from tofan_pos.sync.published import (
    LARGEST_FILE,
    LONGEST_HEADER,
    MAGIC,
    MOST_BODY,
    MOST_RAW,
    catalogue_name,
    seal_catalogue,
    unseal_catalogue,
)
from tofan_pos.thai.dates import business_day

MUTATIONS = 10_000 if SOAK else 600
MIB = 1024 * 1024
FILE = file_of()
BODY = len(MAGIC) + 2 + int.from_bytes(FILE[8:10], "big") + KEY_BYTES + SIGNATURE_BYTES
HEADER = json.loads(FILE[10 : BODY - KEY_BYTES - SIGNATURE_BYTES])
LINES = zstandard.decompress(FILE[BODY : BODY + HEADER["packed"]])


def refused(content: bytes) -> bool:
    """Tell whether a file is refused, and for the one reason there is."""
    try:
        unseal_catalogue(content).catalogue()
    except Refusal as refusal:
        return refusal.why is Why.NOT_A_CATALOGUE_FILE
    return False


def remade(said: bytes = LINES, pictures: bytes = PICTURE, /, **changes: object) -> bytes:
    """Return the file with another body or header, signed by the right key all the same."""
    packed = changes.pop("packed_lines", None) or zstandard.compress(said)
    assert isinstance(packed, bytes)
    header = HEADER | {
        "lines": said.count(b"\n"),
        "packed": len(packed),
        "pictures": len(pictures),
        "raw": len(said),
        "sha256": sha256(packed + pictures).hexdigest(),
    }
    head = canonical(header | changes)
    part = MAGIC + len(head).to_bytes(2, "big") + head + OFFICE.public
    return part + OFFICE.sign(part) + packed + pictures


def test_all_that_is_published_comes_back() -> None:
    found = unseal_catalogue(FILE)
    assert (found.version, found.office_key, found.products) == (1, OFFICE.public, 2)
    assert (found.at, found.sha256) == (AT, sha256(FILE).hexdigest())
    assert found.catalogue() == WHOLE


def test_the_same_catalogue_gives_the_same_bytes() -> None:
    assert file_of(unseal_catalogue(FILE).catalogue()) == FILE
    assert catalogue_name(12) == "catalogue-00000012.tofancat"


def test_a_catalogue_without_people_leaves_them_to_the_till() -> None:
    assert unseal_catalogue(file_of(replace(WHOLE, staff=()))).catalogue().staff is None


def test_pictures_go_as_they_are() -> None:
    assert FILE.endswith(PICTURE)


# --- leases --------------------------------------------------------------------------------------


def story(until: date | None) -> Story:
    return Story(short=Text("ย้อมคราม"), approved_until=until)


def test_a_story_is_told_for_thirty_days_at_the_most() -> None:
    today = business_day(AT)
    for until, told in (
        (today, today),
        (today + timedelta(days=29), today + timedelta(days=29)),
        (date(2029, 1, 1), today + timedelta(days=LEASE_DAYS)),
    ):
        found = unseal_catalogue(file_of(with_scarf(story=story(until)))).catalogue()
        assert found.products[0].story == story(told)


@pytest.mark.parametrize("until", [None, business_day(AT) - timedelta(days=1)])
def test_what_may_not_be_told_is_not_published(until: date | None) -> None:
    sealed = file_of(with_scarf(story=story(until)))
    found = unseal_catalogue(sealed).catalogue()
    assert (found.products[0].story, found.products[0].picture, found.pictures) == (None, "", ())
    assert PICTURE not in sealed


def test_a_longer_lease_is_refused() -> None:
    assert refused(remade(LINES.replace(b"2026-12-20", b"2026-12-23")))
    assert not refused(remade(LINES.replace(b"2026-12-20", b"2026-12-22")))


# --- what is not exactly such a file --------------------------------------------------------------


def test_every_byte_counts() -> None:
    for place in range(len(FILE)):
        changed = bytearray(FILE)
        changed[place] ^= 1 << place % 8
        assert refused(bytes(changed)), place


def test_every_cut_is_refused() -> None:
    for length in range(len(FILE)):
        assert refused(FILE[:length]), length
    assert refused(FILE + b"\0")


def test_remade_without_a_change_it_is_taken() -> None:
    assert unseal_catalogue(remade()).catalogue() == WHOLE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"price":59000', b'"price":59000.0'),
        (b'"price":59000', b'"price":5.9e4'),
        (b'"price":59000', b'"price":59000,"price":59000'),
        (b'"price":59000', b'"price":-1'),
        (b'"price":59000', b'"price":NaN'),
        (b'"price":59000', b'"price":true'),
        (b'"price":59000', b'"price": 59000'),
        (b'"price":59000', b'"price":9007199254740993'),
        (b'"code":"TF-DISH"', b'"code":"TF-DISH","colour":"blue"'),
        (b'"code":"TF-DISH"', b'"code":"tf-dish"'),
        (b'"code":"TF-DISH"', b'"code":"TF-SCARF"'),
        (b'"code":"TF-DISH"', b'"code":"8850123456787"'),
        (b'"code":"TF-DISH"', b'"code":"4111111111111111"'),
        (b'"group":"G2"', b'"group":"G3"'),
        (b'"kind":"product"', b'"kind":"produce"'),
        (b'"role":"cashier"', b'"role":"owner"'),
        (b'"role":"supervisor"', b'"role":"cashier"'),
        (b"m=19456,t=2", b"m=19456,t=1"),
        (b"m=19456,t=2", b"m=65536,t=9"),
        (b"$argon2id$", b"$argon2i$$"),
        (b"8850123456787", b"8850123456788"),
        (b"Natural indigo", b"4111 1111 1111 1111"),
        (b"Natural indigo", b"Natural\\u0007indigo"),
        (b"Natural indigo", b"Natural\\u202eindigo"),
        (b"Natural indigo", b"Natural  indigo"),
        (b"Natural indigo", b"Natural indigo" * 40),
        (b"Natural indigo", b"\xff\xfe"),
        (b'"about":"TF-SCARF"', b'"about":"TF-OTHER"'),
        (b'"count":3', b'"count":1'),
        (b'"product":"TF-SCARF"', b'"product":"TF-OTHER"'),
        (b'"since":"2027-01-01"', b'"since":"2027-02-30"'),
        (b'"number":2', b'"number":1'),
        (b'"rate_bp":1000', b'"rate_bp":10001'),
        (b"0994000158378", b"0994000158379"),
        (b'"branch":"00012"', b'"branch":"12"'),
        (b'"till":"CTW1"', b'"till":"ctw1"'),
        (b"6b6b", b"6B6B"),
    ],
)
def test_lines_are_held_to_every_limit(old: bytes, new: bytes) -> None:
    assert old in LINES
    assert refused(remade(LINES.replace(old, new)))


def test_lines_stand_in_their_places() -> None:
    first, *rest = LINES.splitlines(keepends=True)
    assert refused(remade(b"".join((*rest, first))))
    assert refused(remade(LINES + first))
    assert refused(remade(LINES[:-1] + b" \n"))
    assert refused(remade(LINES + b"\n"))
    assert refused(remade(b"", b"", products=0))


def test_pictures_are_those_that_are_named() -> None:
    assert refused(remade(LINES, PICTURE + b"\0"))
    assert refused(remade(LINES, PICTURE[:-1]))
    assert refused(remade(LINES, PICTURE[:-1] + b"\0"))
    assert refused(remade(LINES.replace(b"5128", b"5127")))


@pytest.mark.parametrize(
    "change",
    [
        {"version": 0},
        {"schema": 2},
        {"packing": "gzip"},
        {"packing": "none"},
        {"products": 3},
        {"lines": 5},
        {"raw": len(LINES) + 1},
        {"raw": MOST_RAW + 1},
        {"at": "2026-13-22T03:04:05Z"},
        {"at": "2026-11-22"},
        {"sha256": "0" * 64},
        {"note": "x"},
        {"packed": MOST_BODY + 1},
    ],
)
def test_headers_are_held_to_every_limit(change: dict[str, object]) -> None:
    assert refused(remade(**change))


def peak_of(attempt: Callable[[], bool]) -> int:
    """Return by how many bytes the most memory this process ever had has grown."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert attempt()
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024


@pytest.mark.parametrize("declared", [MOST_RAW, 1024 * MIB])
def test_a_bomb_does_not_go_off(declared: int) -> None:
    packer = zstandard.ZstdCompressor(level=1).compressobj(size=1024 * MIB)
    packed = b"".join([*(packer.compress(bytes(MIB)) for _ in range(1024)), packer.flush()])
    bomb = remade(packed_lines=packed, raw=declared, lines=1)
    assert peak_of(lambda: refused(bomb)) < 8 * MIB


def test_a_frame_that_does_not_tell_its_length_is_refused() -> None:
    packed = zstandard.ZstdCompressor(write_content_size=False).compress(LINES)
    assert refused(remade(packed_lines=packed))


def test_what_is_longer_than_any_file_is_not_read() -> None:
    assert refused(FILE + bytes(LARGEST_FILE))
    assert refused(MAGIC + (LONGEST_HEADER + 1).to_bytes(2, "big") + FILE[10:])


def test_mutated_files_are_refused_and_never_crash() -> None:
    chance = random.Random(20261122)
    for _ in range(MUTATIONS):
        content = bytearray(FILE)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(content))
            match chance.randrange(4):
                case 0:
                    content[place] = chance.randrange(256)
                case 1:
                    del content[place : place + chance.randint(1, 64)]
                case 2:
                    content[place:place] = chance.randbytes(chance.randint(1, 64))
                case _:
                    content[place : place + 8] = content[:8]
        assert bytes(content) == FILE or refused(bytes(content))


def test_mutated_lines_that_head_office_signed_never_crash() -> None:
    """Whatever the lines say: a catalogue that is fit comes out, or a refusal, and nothing else."""
    chance = random.Random(2026)
    taken = 0
    for _ in range(MUTATIONS):
        lines = bytearray(LINES)
        for _ in range(chance.randint(1, 3)):
            place = chance.randrange(len(lines))
            match chance.randrange(4):
                case 0:
                    lines[place] = chance.choice(b'0123456789"{}[]:,\\ azAZ\xe0\x00')
                case 1:
                    del lines[place : place + chance.randint(1, 40)]
                case 2:
                    other = chance.randrange(len(lines))
                    lines[place:place] = lines[other : other + chance.randint(1, 40)]
                case _:
                    lines[place : place + 1] = str(chance.randrange(10**17)).encode()
        taken += not refused(remade(bytes(lines)))
    assert taken < MUTATIONS


# --- what is never sealed -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "catalogue",
    [
        replace(WHOLE, products=()),
        replace(WHOLE, groups=()),
        replace(WHOLE, products=(SCARF, SCARF)),
        replace(WHOLE, pictures=()),
        replace(WHOLE, pictures=(Picture("0" * 64, PICTURE),)),
        with_scarf(name=Text("", "Indigo scarf")),
        with_scarf(name=Text("ก" * 81)),
        with_scarf(price=-1),
        with_scarf(category=Text("ผ้า\nทอ")),
        replace(WHOLE, staff=(Staff(code="LEAD1", name="LEAD1", role=Role.SUPERVISOR),)),
        replace(WHOLE, known_tills=(KnownTill("CTW1", 0, b"k" * 32),)),
        replace(WHOLE, known_tills=(KnownTill("CTW1", 1, b"k" * 31),)),
        replace(WHOLE, prices=(DatedPrice("TF-SCARF", date(1999, 1, 1), 1),)),
        replace(WHOLE, prices=(DatedPrice("TF-SCARF", date(2027, 1, 1), 1),) * 2),
        replace(WHOLE, rules=Rules(rates=(TaxRate(date(2027, 1, 1), -1),))),
        replace(WHOLE, rules=Rules(rates=(TaxRate(date(2027, 1, 1), 700),) * 2)),
        replace(WHOLE, rules=Rules(heads=(Head(since=date(2027, 1, 1), owner=Text("ก" * 81)),))),
        replace(
            WHOLE,
            rules=Rules(policies=(DatedPolicy(date(2027, 1, 1), SharePolicy(rate_bp=6_000)),)),
        ),
    ],
)
def test_what_no_till_would_take_is_never_sealed(catalogue: Catalogue) -> None:
    with pytest.raises(Refusal) as refusal:
        file_of(catalogue)
    assert refusal.value.why is Why.NOT_A_CATALOGUE_FILE


def test_what_is_too_large_is_never_sealed() -> None:
    content = [b"\x89PNG\r\n\x1a\n" + bytes([n]) + bytes(2 * MIB - 9) for n in range(33)]
    pictures = tuple(Picture(sha256(one).hexdigest(), one) for one in content)
    products = tuple(
        replace(DISH, code=f"TF-{n}", picture=one.sha256) for n, one in enumerate(pictures)
    )
    with pytest.raises(Refusal) as refusal:
        file_of(
            replace(WHOLE, products=(SCARF, DISH, *products), pictures=pictures + WHOLE.pictures)
        )
    assert refusal.value.why is Why.CATALOGUE_TOO_LARGE
    assert refusal.value.facts == {"most": 64}


def test_lines_all_alike_are_not_taken_for_a_bomb() -> None:
    products = tuple(
        replace(SCARF, code=f"TF-{n}", barcode="", story=story(date(2026, 12, 1)))
        for n in range(20_000)
    )
    whole = replace(WHOLE, products=products, promotions=(), prices=())
    assert len(unseal_catalogue(file_of(whole)).catalogue().products) == 20_000


def test_another_key_makes_another_file() -> None:
    other = SigningKey(b"p" * 32)
    found = unseal_catalogue(seal_catalogue(WHOLE, version=1, at=AT, key=other))
    assert found.office_key == other.public != OFFICE.public

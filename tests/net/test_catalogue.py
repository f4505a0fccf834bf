"""A catalogue comes down a bad line: gone on from where it broke, whole, and then never again."""

import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from tests.counter.tills import catalogue, quick_folder
from tests.net.carrying import Carried, carried, introduce
from tests.net.link import Fault, Kind, Link
from tests.net.serving import served
from tofan_pos.app import Office
from tofan_pos.counter.courier import Step
from tofan_pos.counter.parcel import Parcel, parcel_in
from tofan_pos.domain.catalogue import Picture
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.office.publishing import publish
from tofan_pos.store.office_published import Publication

NOISE = b"".join(sha256(bytes([n % 256, n // 256])).digest() for n in range(20_000))
"""What cannot be packed: a catalogue of many pieces."""


@pytest.fixture
def office_url(tmp_path: Path) -> str:
    """Have one kind of database: none of this is about it."""
    return f"sqlite:///{tmp_path}/office.db"


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as made:
        yield made


@contextmanager
def known_till(office: Office, folder: Path) -> Iterator[tuple[Carried, Link]]:
    with ExitStack() as stack:
        office.key()
        link = stack.enter_context(Link(stack.enter_context(served(office))))
        till = stack.enter_context(carried(folder / "till", f"http://127.0.0.1:{link.port}"))
        introduce(till.desk, office)
        till.contact()
        yield till, link


def published(office: Office, version: int = 1) -> Publication:
    """Publish a catalogue with a large picture; return it as it is handed out."""
    noise = b"\x89PNG\r\n\x1a\n" + NOISE + bytes([version])
    plain = catalogue()
    seen = Picture(sha256(noise).hexdigest(), noise)
    scarf, *others = plain.products
    goods = replace(
        plain,
        products=(replace(scarf, picture=seen.sha256), *others),
        pictures=(seen,),
    )
    publish(office.store, office.key(), goods, clock=office.reception.clock)
    found = office.store.newest_publication(with_content=True)
    assert found
    return found


def parts(till: Carried) -> list[Path]:
    return list(till.desk.store.path.parent.glob("catalogue-*.part"))


def test_a_catalogue_comes_and_is_applied(office: Office, folder: Path) -> None:
    with known_till(office, folder) as (till, link):
        newest = published(office)
        told: list[tuple[Step, int, int]] = []
        contact = till.courier().contact(told=lambda *step: told.append(step))
        assert contact.catalogue == newest.version
        assert told[-1] == (Step.FETCHING, len(newest.content), len(newest.content))
        assert till.desk.incoming.waiting() == newest.version
        assert not parts(till)
        applied = till.desk.incoming.apply()
        assert applied
        assert applied.problem is None
        before = link.moved
        assert till.contact().catalogue == 0
        assert link.moved - before < 20_000, "it was fetched again"


def test_a_catalogue_is_gone_on_from_where_it_broke(office: Office, folder: Path) -> None:
    with known_till(office, folder) as (till, link):
        newest = published(office)
        size, sizes = len(newest.content), [0]
        while True:
            at, link.moved = link.connections, 0
            link.fault_of = lambda n, at=at: (  # type: ignore[misc]
                Fault(Kind.CUT, 200_000, up=False) if n == at else None
            )
            try:
                contact = till.contact()
                break
            except Trouble as trouble:
                assert trouble.ailment in {Ailment.ANSWER_DAMAGED, Ailment.NETWORK_SLOW}  # noqa: PT017
            (part,) = parts(till)
            assert stat.S_IMODE(part.stat().st_mode) == 0o600
            assert newest.content.startswith(part.read_bytes())
            sizes.append(part.stat().st_size)
            assert link.moved < 250_000
        assert contact.catalogue == newest.version
        assert sizes == sorted(set(sizes)), "what had come was thrown away"
        assert len(sizes) > size // 200_000
        assert not parts(till)


def test_a_newer_one_takes_the_place_of_half_an_older_one(office: Office, folder: Path) -> None:
    with known_till(office, folder) as (till, link):
        published(office)
        link.fault_of = lambda _: Fault(Kind.CUT, 200_000, up=False)
        with pytest.raises(Trouble):
            till.contact()
        assert len(parts(till)) == 1
        link.fault_of = lambda _: None
        newer = published(office, 2)
        assert till.contact().catalogue == newer.version
        assert not parts(till)


def test_a_whole_file_that_was_not_taken_yet_is_not_fetched_again(
    office: Office, folder: Path
) -> None:
    with known_till(office, folder) as (till, link):
        newest = published(office)
        Parcel(till.desk.store.path.parent, newest.sha256).add(newest.content)
        before = link.moved
        assert till.contact().catalogue == newest.version
        assert link.moved - before < 20_000
        assert not parts(till)


@pytest.mark.parametrize("where", ["first", "last"])
def test_what_lies_there_changed_is_thrown_away(office: Office, folder: Path, where: str) -> None:
    with known_till(office, folder) as (till, _):
        newest = published(office)
        half = bytearray(newest.content[: len(newest.content) // 2])
        half[0 if where == "first" else -1] ^= 1
        Parcel(till.desk.store.path.parent, newest.sha256).add(bytes(half))
        with pytest.raises(Trouble) as raised:
            till.contact()
        assert raised.value.ailment is Ailment.ANSWER_DAMAGED
        assert not parts(till)
        assert till.desk.incoming.waiting() == 0
        assert till.contact().catalogue == newest.version


def test_what_is_no_catalogue_of_ours_is_refused_and_thrown_away(
    office: Office, folder: Path
) -> None:
    content = b"not a catalogue"
    with known_till(office, folder) as (till, _):
        office.store.add_publication(
            Publication(
                version=7,
                at="2026-11-22T03:04:05Z",
                sha256=sha256(content).hexdigest(),
                products=1,
                content=content,
            )
        )
        with pytest.raises(Refusal) as refused:
            till.contact()
        assert refused.value.why is Why.NOT_A_CATALOGUE_FILE
        assert not parts(till)


def test_a_contact_is_broken_off_between_two_pieces(office: Office, folder: Path) -> None:
    with known_till(office, folder) as (till, _):
        newest = published(office)
        at = 0

        def told(_step: Step, done: int, _of: int) -> None:
            nonlocal at
            at = done

        contact = till.courier().contact(cancelled=lambda: at > 0, told=told)
        assert contact.cancelled
        (part,) = parts(till)
        assert 0 < part.stat().st_size < len(newest.content)
        assert till.contact().catalogue == newest.version


def test_no_link_that_somebody_left_is_followed(folder: Path) -> None:
    other = folder / "other"
    other.write_bytes(b"precious")
    parcel = Parcel(folder, "ab" * 32)
    parcel.path.symlink_to(other)
    assert parcel_in(folder).size == 0
    with pytest.raises(Trouble):
        parcel.add(b"x")
    assert other.read_bytes() == b"precious"
    parcel.drop()
    assert not parcel.path.is_symlink()

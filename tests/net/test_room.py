"""Nobody fills the receiver's room by sending what others have signed, over real sockets."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.net.answering import PATIENCE
from tests.net.knocking import (
    FILE_HEAD,
    HELLO_HEAD,
    connected,
    several_addresses,
    status_of,
    until_held,
    until_metered,
)
from tests.net.letters import hello_of
from tests.net.serving import served
from tests.office.forge import Till, key_of
from tofan_pos.app import Office
from tofan_pos.office.limits import Limits
from tofan_pos.sync.contact import acknowledgement_in
from tofan_pos.sync.sealed import front_of

Begin = Callable[..., socket.socket]


@pytest.fixture
def office_url(tmp_path: object) -> str:
    """Have one kind of database: none of this is about it."""
    return f"sqlite:///{tmp_path}/office.db"


@pytest.fixture
def others(office: Office) -> list[Till]:
    """Return tills that are enrolled, whose files nobody has seen."""
    return [
        Till.with_sales(2, code=f"T{n}", key=key_of(f"till {n}")).enrolled(office.store)
        for n in range(4)
    ]


@pytest.fixture
def begin() -> Iterator[Begin]:
    """Send a till's file but for its last byte; the connection stays."""
    with ExitStack() as stack:

        def begun(port: int, till: Till, address: str = "127.0.0.1") -> socket.socket:
            peer = stack.enter_context(connected(port, address))
            content = till.file()
            peer.sendall(FILE_HEAD % len(content) + content[:-1])
            return peer

        yield begun


def sent(port: int, till: Till, address: str = "127.0.0.1") -> int:
    """Send a till's whole file; return the answer's status."""
    content = till.file()
    with connected(port, address) as peer:
        peer.sendall(FILE_HEAD % len(content) + content)
        return status_of(peer)


def test_only_so_many_bodies_at_once(office: Office, others: list[Till], begin: Begin) -> None:
    with served(office, limits=Limits(bodies=2)) as port:
        waiting = [begin(port, till) for till in others[:2]]
        until_held(port, 2)
        assert sent(port, others[2]) == 503
        with connected(port) as other:
            # Letters are small, and have room of their own.
            letter = hello_of(others[2])
            other.sendall(HELLO_HEAD % len(letter) + letter)
            assert status_of(other) == 200
        for peer, till in zip(waiting, others, strict=False):
            peer.sendall(till.file()[-1:])
            assert status_of(peer) == 200
        assert sent(port, others[2]) == 200
    assert office.store.counts()["sales"] == 6


def test_a_file_that_is_held_is_answered_by_its_front_and_waited_for_no_more(
    office: Office, others: list[Till]
) -> None:
    """Whoever finds an old stick could otherwise keep every till out with it."""
    old, content = others[0], others[0].file()
    office.reception.take(content)
    front = front_of(content)
    assert front
    limits = Limits(bodies=1)
    with served(office, limits=limits) as port, ExitStack() as stack:
        for _ in range(20):
            peer = stack.enter_context(connected(port))
            peer.sendall(FILE_HEAD % len(content) + content[: front.length])
            assert status_of(peer) == 200
            said = acknowledgement_in(peer.recv(65536)).body
            assert (said.head, said.hash) == (old.head.seq, old.head.hash.hex())
        assert sent(port, others[1]) == 200


def test_the_rest_of_a_file_that_is_held_does_no_harm(office: Office, others: list[Till]) -> None:
    content = others[0].file()
    office.reception.take(content)
    with served(office) as port, connected(port) as peer:
        for _ in range(2):
            peer.sendall(FILE_HEAD % len(content) + content[:-9])
            assert status_of(peer) == 200
            said = acknowledgement_in(peer.recv(65536)).body
            assert said.head == others[0].head.seq
            peer.sendall(content[-9:])


@several_addresses
def test_one_key_has_little_of_the_room(office: Office, others: list[Till], begin: Begin) -> None:
    lost, *others = others
    with served(office, limits=Limits()) as port:
        waiting = [begin(port, lost, address) for address in ("127.0.0.2", "127.0.0.3")]
        until_held(port, 2)
        assert sent(port, lost) == 503
        for till in others:
            assert sent(port, till) == 200
        for peer in waiting:
            peer.close()


def test_who_sends_anew_has_given_up_what_they_were_sending(
    office: Office, others: list[Till], begin: Begin
) -> None:
    """A till whose link froze is not kept waiting for what will never come."""
    limits = Limits(bodies=1, stall=PATIENCE * 9, grace=PATIENCE * 9)
    with served(office, limits=limits) as port:
        for _ in range(3):
            frozen = begin(port, others[0])
            until_held(port, 1)
            again = begin(port, others[0])
            assert status_of(frozen) == 408
            again.close()
            until_held(port, 0)
        begin(port, others[0])
        until_held(port, 1)
        assert sent(port, others[0]) == 200


@several_addresses
def test_nobody_elsewhere_gives_up_for_a_till(
    office: Office, others: list[Till], begin: Begin
) -> None:
    with served(office, limits=Limits()) as port:
        sending = begin(port, others[0])
        until_held(port, 1)
        for _ in range(5):
            begin(port, others[0], "127.0.0.2").close()
        sending.sendall(others[0].file()[-1:])
        assert status_of(sending) == 200


@several_addresses
def test_one_address_has_little_of_the_room(
    office: Office, others: list[Till], begin: Begin
) -> None:
    with served(office, limits=Limits(of_address=2)) as port:
        waiting = [begin(port, till) for till in others[:2]]
        until_held(port, 2)
        assert sent(port, others[2]) == 503
        assert sent(port, others[2], "127.0.0.2") == 200
        for peer in waiting:
            peer.close()


@several_addresses
def test_one_address_has_little_of_the_room_for_letters(office: Office, till: Till) -> None:
    letter = hello_of(till)
    limits = Limits(letters_of_address=1)
    with served(office, limits=limits) as port, connected(port) as silent:
        silent.sendall(FILE_HEAD % 9000)

        def hello(address: str) -> int:
            with connected(port, address) as peer:
                peer.sendall(HELLO_HEAD % len(letter) + letter)
                return status_of(peer)

        until_metered(port, "tofan_letters", 1)
        assert hello("127.0.0.1") == 503
        assert hello("127.0.0.2") == 200


@pytest.mark.parametrize("head", [FILE_HEAD, FILE_HEAD.replace(b"runs", b"catalogue")])
def test_whoever_has_shown_no_key_takes_no_room_from_files(
    office: Office, others: list[Till], head: bytes
) -> None:
    content = others[0].file()
    with served(office, limits=Limits(bodies=1)) as port, ExitStack() as stack:
        for _ in range(3):
            peer = stack.enter_context(connected(port))
            peer.sendall(head % 9000 + content[:50])
        for till in others:
            assert sent(port, till) == 200

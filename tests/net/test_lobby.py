"""Who stands at the receiver's door and says nothing makes room for whoever does; real sockets."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.net.answering import PATIENCE, is_closed
from tests.net.certificates import Authority
from tests.net.knocking import HELLO_HEAD, begin_hello, connected, several_addresses, status_of
from tests.net.letters import hello_of
from tests.net.serving import served
from tests.office.forge import Till
from tofan_pos.app import Office
from tofan_pos.office.lobby import Lobby
from tofan_pos.office.serving import Patience
from tofan_pos.store.office_published import Publication
from tofan_pos.sync.contact import acknowledgement_in

SOON = 0.3
LONG = PATIENCE * 9
"""Longer than any test waits: who is hung up on was shown out."""
Knock = Callable[..., socket.socket]


@pytest.fixture
def office_url(tmp_path: object) -> str:
    """Have one kind of database: none of this is about it."""
    return f"sqlite:///{tmp_path}/office.db"


@pytest.fixture
def knock() -> Iterator[Knock]:
    """Connect, and stay until the test ends."""
    with ExitStack() as stack:
        yield lambda port, address="127.0.0.1": stack.enter_context(connected(port, address))


@pytest.fixture
def says_hello(till: Till) -> Callable[[socket.socket], bool]:
    """Say hello on a connection; tell whether that was acknowledged."""
    letter = hello_of(till)

    def said(peer: socket.socket) -> bool:
        peer.sendall(HELLO_HEAD % len(letter) + letter)
        if status_of(peer) != 200:
            return False
        return acknowledgement_in(peer.recv(65536)).body.till == till.code

    return said


Says = Callable[[socket.socket], bool]


def test_the_oldest_that_is_silent_makes_room(
    office: Office, knock: Knock, says_hello: Says
) -> None:
    with served(office, patience=Patience(each=3, head=LONG)) as port:
        silent = [knock(port) for _ in range(3)]
        silent[0].sendall(HELLO_HEAD[:-4])
        assert says_hello(knock(port)), "a till behind the same address"
        assert is_closed(silent[0])
        assert all(says_hello(peer) for peer in silent[1:])


@several_addresses
def test_the_oldest_of_all_makes_room_where_all_is_full(
    office: Office, knock: Knock, says_hello: Says
) -> None:
    with served(office, patience=Patience(connections=3, head=LONG)) as port:
        silent = [knock(port, f"127.0.0.{n}") for n in (2, 3, 4)]
        assert says_hello(knock(port))
        assert is_closed(silent[0])
        assert all(says_hello(peer) for peer in silent[1:])


def test_a_crowd_of_the_silent_keeps_no_till_out(
    office: Office, knock: Knock, says_hello: Says
) -> None:
    with served(office, patience=Patience(head=LONG)) as port:
        silent = [knock(port) for _ in range(200)]
        assert says_hello(knock(port))
        assert all(is_closed(peer) for peer in silent[: 200 - 63])


def test_nobody_is_shown_out_who_is_being_served(office: Office, till: Till, knock: Knock) -> None:
    letter = hello_of(till)
    with served(office, patience=Patience(each=2, head=LONG)) as port:
        within = [knock(port) for _ in range(2)]
        for peer in within:
            begin_hello(peer, letter)
        assert is_closed(knock(port))
        for peer in within:
            peer.sendall(letter)
            assert status_of(peer) == 200


@several_addresses
def test_one_address_keeps_nobody_else_out(
    office: Office, till: Till, knock: Knock, says_hello: Says
) -> None:
    with served(office, patience=Patience(each=2, head=LONG)) as port:
        within = [knock(port) for _ in range(2)]
        for peer in within:
            begin_hello(peer, hello_of(till))
        assert is_closed(knock(port))
        assert says_hello(knock(port, "127.0.0.2"))
        for peer in within:
            peer.close()


def test_whoever_was_answered_gives_way_after_the_silent(
    office: Office, till: Till, knock: Knock, says_hello: Says
) -> None:
    with served(office, patience=Patience(each=2, head=LONG)) as port:
        answered = knock(port)
        assert says_hello(answered)
        silent, third = knock(port), knock(port)
        assert is_closed(silent)
        begin_hello(third, hello_of(till))
        assert says_hello(answered)
        assert says_hello(knock(port))
        assert is_closed(answered)
        third.close()


def test_an_answer_that_is_still_being_sent_is_not_cut(
    office: Office, till: Till, knock: Knock
) -> None:
    content = b"x" * 16_000_000
    office.store.add_publication(
        Publication(
            version=1, at="2026-11-22T03:04:05Z", sha256="ab" * 32, products=1, content=content
        )
    )
    letter = hello_of(till)
    with served(office, patience=Patience(each=1, head=LONG)) as port:
        reader = knock(port)
        reader.sendall((HELLO_HEAD % len(letter)).replace(b"hello", b"catalogue") + letter)
        assert status_of(reader) == 200
        assert is_closed(knock(port))
        left = len(content)
        while left:
            piece = reader.recv(min(left, 1_000_000))
            assert piece
            left -= len(piece)


# --- before hands are shaken -------------------------------------------------------------------


@contextmanager
def shaken(port: int, authority: Authority) -> Iterator[socket.socket]:
    context = ssl.create_default_context(cafile=str(authority.file))
    with (
        socket.create_connection(("127.0.0.1", port), PATIENCE) as peer,
        context.wrap_socket(peer, server_hostname="127.0.0.1") as private,
    ):
        yield private


def test_who_never_shakes_hands_is_hung_up_on(office: Office, authority: Authority) -> None:
    made = authority.vouch("127.0.0.1")
    with served(office, certified=made, patience=Patience(handshake=SOON)) as port:
        for begun in (b"", b"\x16\x03\x01\x02\x00", b"GET / HTTP/1.1\r\n\r\n"):
            with connected(port) as peer:
                peer.sendall(begun)
                assert is_closed(peer)


def test_who_never_shakes_hands_makes_room(
    office: Office, authority: Authority, knock: Knock, says_hello: Says
) -> None:
    made = authority.vouch("127.0.0.1")
    patience = Patience(each=3, handshake=LONG, head=LONG)
    with served(office, certified=made, patience=patience) as port:
        silent = [knock(port) for _ in range(5)]
        assert all(is_closed(peer) for peer in silent[:2])
        with shaken(port, authority) as till:
            assert is_closed(silent[2])
            assert says_hello(till)
            for _ in range(5):
                knock(port)
            assert says_hello(till), "the silent make room before who has spoken"


# --- who is counted ----------------------------------------------------------------------------


def test_who_has_left_is_not_counted() -> None:
    lobby = Lobby(most=2, each=2)
    for _ in range(5):
        here, there = socket.socketpair()
        with here, there:
            assert lobby.enter(here, "192.0.2.1")
            assert lobby.enter(there, "192.0.2.1")
            found = lobby.guest(here)
            assert found
            assert not found.shown_out

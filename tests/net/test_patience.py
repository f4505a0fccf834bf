"""Whoever dawdles, hoards or hangs about at the receiver's door is shown out, over real sockets."""

import socket
import threading
import time

import pytest

from tests.net.answering import PATIENCE, is_closed
from tests.net.knocking import FILE_HEAD, HELLO_HEAD, connected, status_of
from tests.net.letters import hello_of
from tests.net.serving import served
from tests.office.forge import Till
from tofan_pos.app import Office
from tofan_pos.office.limits import Limits
from tofan_pos.office.serving import Patience
from tofan_pos.store.office_published import Publication

SOON = 0.3


@pytest.fixture
def office_url(tmp_path: object) -> str:
    """Have one kind of database: none of this is about it."""
    return f"sqlite:///{tmp_path}/office.db"


def test_who_never_says_anything_is_hung_up_on(office: Office) -> None:
    with served(office, limits=Limits(), patience=Patience(head=SOON)) as port:
        for begun in (b"", b"POST /v1/hello HT", HELLO_HEAD[:-6]):
            with connected(port) as peer:
                peer.sendall(begun)
                assert is_closed(peer)


def test_who_trickles_a_head_is_hung_up_on(office: Office) -> None:
    with (
        served(office, limits=Limits(), patience=Patience(head=SOON)) as port,
        connected(port) as peer,
    ):
        stop = threading.Event()

        def trickle() -> None:
            try:
                while not stop.wait(SOON / 10):
                    peer.sendall(b"x")
            except OSError:
                pass

        thread = threading.Thread(target=trickle)
        thread.start()
        assert is_closed(peer)
        stop.set()
        thread.join(PATIENCE)


def test_who_stays_on_after_an_answer_is_hung_up_on(office: Office, till: Till) -> None:
    letter = hello_of(till)
    with served(office, limits=Limits(), patience=Patience(head=SOON)) as port:
        for after in (b"", b"POST /v1/hel"):
            with connected(port) as peer:
                peer.sendall(HELLO_HEAD % len(letter) + letter)
                assert status_of(peer) == 200
                peer.sendall(after)
                assert is_closed(peer)


@pytest.mark.parametrize("head", [HELLO_HEAD, FILE_HEAD])
def test_who_sends_half_a_body_is_told_so(office: Office, till: Till, head: bytes) -> None:
    content = till.file() if head is FILE_HEAD else hello_of(till)
    limits = Limits(stall=SOON)
    with (
        served(office, limits=limits, patience=Patience(head=SOON)) as port,
        connected(port) as peer,
    ):
        peer.sendall(head % len(content) + content[:-10])
        assert status_of(peer) == 408
        assert is_closed(peer)
    assert office.store.counts()["entries"] == 0


def test_who_trickles_a_body_is_told_so(office: Office, till: Till) -> None:
    content = till.file()
    limits = Limits(stall=PATIENCE, grace=SOON, slowest=1_000_000)
    with (
        served(office, limits=limits, patience=Patience(head=SOON)) as port,
        connected(port) as peer,
    ):
        stop = threading.Event()

        def trickle() -> None:
            try:
                peer.sendall(FILE_HEAD % len(content))
                for at in range(len(content) - 1):
                    peer.sendall(content[at : at + 1])
                    if stop.wait(SOON / 10):
                        return
            except OSError:
                pass

        thread = threading.Thread(target=trickle)
        thread.start()
        assert status_of(peer) == 408
        stop.set()
        thread.join(PATIENCE)
    assert office.store.counts()["entries"] == 0


def test_what_is_left_of_a_refused_body_is_not_waited_for(office: Office) -> None:
    stranger = Till.with_sales(1).file()
    with (
        served(office, limits=Limits(), patience=Patience(head=SOON)) as port,
        connected(port) as peer,
    ):
        # The rest never comes; the answer does.
        peer.sendall(FILE_HEAD % 8_000_000 + stranger[:2000])
        assert status_of(peer) == 403
        assert is_closed(peer)


def refuses_more(peer: socket.socket) -> bool:
    deadline = time.monotonic() + PATIENCE
    try:
        while time.monotonic() < deadline:
            peer.sendall(b"x" * 65536)
    except ConnectionError:
        return True
    return False


def test_who_does_not_read_an_answer_is_hung_up_on(office: Office, till: Till) -> None:
    content = b"x" * 16_000_000
    office.store.add_publication(
        Publication(
            version=1, at="2026-11-22T03:04:05Z", sha256="ab" * 32, products=1, content=content
        )
    )
    letter = hello_of(till)
    patience = Patience(reader=SOON)
    with served(office, limits=Limits(), patience=patience) as port, connected(port) as peer:
        peer.sendall((HELLO_HEAD % len(letter)).replace(b"hello", b"catalogue") + letter)
        assert status_of(peer) == 200
        # Nothing is read now. That it was hung up on shows by what can no longer be sent.
        assert refuses_more(peer)


def test_nonsense_is_not_logged_with_what_it_says(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        served(office, limits=Limits(), patience=Patience()) as port,
        connected(port) as peer,
    ):
        peer.sendall(b"secret nonsense \xff\r\n\r\n")
        assert is_closed(peer)
    assert "secret" not in caplog.text


def test_who_tells_two_lengths_is_refused_and_hung_up_on(office: Office, till: Till) -> None:
    letter = hello_of(till)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(letter), letter)
    with served(office, patience=Patience(head=PATIENCE * 9)) as port, connected(port) as peer:
        head = (HELLO_HEAD % len(chunked))[:-2] + b"transfer-encoding: chunked\r\n\r\n"
        peer.sendall(head + chunked + b"GET /health HTTP/1.1\r\nhost: a\r\n\r\n")
        answer = b""
        while piece := peer.recv(65536):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.count(b"HTTP/1.1 ") == 1, "what came behind is not answered"
    assert b'"two_lengths"' in answer

"""Whoever else is on the line: sign-in pages, listeners, proxies, half a network, told apart."""

import socket
import ssl
import threading
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.net.answering import PATIENCE, Server, http, nobody, says, whole_request
from tests.net.certificates import DAY, Authority
from tests.net.lines import ACK, HURRY, PAGE, ailment, line_to, now, problem, problem_of
from tofan_pos.domain.errors import Ailment, Refusal, Trouble

# --- somebody else answers --------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        http("200 OK", PAGE, marked=False, content_type="text/html"),
        http("302 Found", marked=False, location="https://elsewhere.example/login"),
        http("307 Temporary Redirect", marked=False, location="/login"),
        http("511 Network Authentication Required", PAGE, marked=False),
        http("404 Not Found", PAGE, marked=False),
        http("200 OK", ACK, marked=False),
    ],
)
def test_a_sign_in_page_is_a_sign_in_page(answer: bytes) -> None:
    with Server(says(answer)) as server, line_to(server) as line:
        assert ailment(problem(line)) is Ailment.NETWORK_PORTAL
    assert len(server.heard) == 1, "it was followed"


def test_not_even_head_office_may_send_a_till_elsewhere() -> None:
    with Server(says(http("200 OK", ACK))) as other:
        moved = says(http("308 Permanent Redirect", location=f"{other.address}/v1/runs"))
        assert ailment(problem_of(moved)) is Ailment.SERVER_REFUSED
    assert not other.heard


def test_somebody_who_speaks_no_tls(authority: Authority) -> None:
    with Server(says(http("400 Bad Request", PAGE, marked=False)), hasty=True) as plain:
        address = f"https://127.0.0.1:{plain.port}"
        with line_to(address, ca=authority.file) as line:
            assert ailment(problem(line)) is Ailment.NETWORK_PORTAL


@pytest.mark.parametrize("status", ["403 Forbidden", "407 Proxy Authentication Required"])
def test_a_filter_on_the_way(status: str) -> None:
    found = problem_of(says(http(status, PAGE, marked=False)))
    assert ailment(found) is Ailment.NETWORK_PROXY
    assert found.facts == {"detail": status[:3]}


# --- TLS --------------------------------------------------------------------------------------


def test_an_unknown_authority_is_told_nothing(authority: Authority, tmp_path: Path) -> None:
    other = Authority(tmp_path, "Somebody else")
    server = Server(says(http("200 OK", ACK)), other.vouch("127.0.0.1"))
    with server, line_to(server, ca=authority.file) as line:
        assert ailment(problem(line, b"secret")) is Ailment.TLS_UNTRUSTED
    assert not server.heard


def test_a_certificate_of_another_name_is_told_nothing(authority: Authority) -> None:
    server = Server(says(http("200 OK", ACK)), authority.vouch("office.example"))
    with server, line_to(server, ca=authority.file) as line:
        assert ailment(problem(line, b"secret")) is Ailment.TLS_UNTRUSTED
    assert not server.heard


AT_ANOTHER_TIME = [
    pytest.param((-10 * DAY, -5 * DAY), -7 * DAY, id="our clock is ahead"),
    pytest.param((5 * DAY, 10 * DAY), 7 * DAY, id="our clock is behind"),
]


@pytest.mark.parametrize(("valid", "servers"), AT_ANOTHER_TIME)
def test_a_wrong_clock_is_told_apart(
    authority: Authority, valid: tuple[timedelta, timedelta], servers: timedelta
) -> None:
    date = format_datetime(now() + servers, usegmt=True)
    certified = authority.vouch("127.0.0.1", since=valid[0], until=valid[1])
    server = Server(says(http("200 OK", b"{}", date=date)), certified)
    with server, line_to(server, ca=authority.file) as line:
        assert ailment(problem(line, b"secret")) is Ailment.CLOCK_WRONG
    # It was asked the time, and told nothing.
    assert [request.split(b" ", 2)[:2] for request in server.heard] == [[b"GET", b"/health"]]


def test_a_certificate_run_out_is_no_wrong_clock(authority: Authority) -> None:
    certified = authority.vouch("127.0.0.1", since=-10 * DAY, until=-DAY)
    date = format_datetime(now(), usegmt=True)
    server = Server(says(http("200 OK", b"{}", date=date)), certified)
    with server, line_to(server, ca=authority.file) as line:
        assert ailment(problem(line, b"secret")) is Ailment.TLS_UNTRUSTED
    assert b"secret" not in b"".join(server.heard)


def test_nobody_in_between_can_make_our_clock_wrong(authority: Authority, tmp_path: Path) -> None:
    other = Authority(tmp_path, "Somebody else")
    certified = other.vouch("127.0.0.1", since=-10 * DAY, until=-DAY)
    date = format_datetime(now() - 7 * DAY, usegmt=True)
    server = Server(says(http("200 OK", b"{}", date=date)), certified)
    with server, line_to(server, ca=authority.file) as line:
        assert ailment(problem(line)) is Ailment.TLS_UNTRUSTED
    assert not server.heard


def test_a_file_that_is_no_certificate(tmp_path: Path) -> None:
    bad = tmp_path / "ca.pem"
    bad.write_text("nothing of the kind")
    for path in (bad, tmp_path / "missing.pem"):
        with line_to("https://127.0.0.1:9", ca=path) as line:
            assert ailment(problem(line)) is Ailment.FILE_UNREADABLE


# --- no network, and half of one --------------------------------------------------------------


def test_nobody_listens() -> None:
    with nobody() as port, line_to(f"http://127.0.0.1:{port}") as line:
        assert ailment(problem(line)) is Ailment.NETWORK_DOWN


def test_a_name_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with line_to("https://office.example") as line:
        assert ailment(problem(line)) is Ailment.NETWORK_DOWN


def test_somebody_who_never_answers() -> None:
    def silent(peer: socket.socket, _: bytes) -> None:
        peer.recv(1)

    assert ailment(problem_of(silent, patience=HURRY)) is Ailment.NETWORK_SLOW


@pytest.mark.parametrize("part", ["head", "body"])
def test_somebody_who_trickles_for_ever(part: str) -> None:
    def trickle(peer: socket.socket, _: bytes) -> None:
        peer.sendall(b"HTTP/1.1 200 OK\r\ntofan: 1\r\n")
        if part == "body":
            peer.sendall(b"content-length: 9000\r\n\r\n")
        while True:
            peer.sendall(b"x")
            # Soon enough for each byte, too late for all of them: it ends when they hang up.
            gone.wait(HURRY.read / 10)

    gone = threading.Event()
    assert ailment(problem_of(trickle, patience=HURRY)) is Ailment.NETWORK_SLOW


def test_somebody_who_hangs_up() -> None:
    assert ailment(problem_of(says(b""))) is Ailment.NETWORK_SLOW


def test_a_line_is_cut_from_another_thread() -> None:
    begun = threading.Event()

    def silent(peer: socket.socket, _: bytes) -> None:
        begun.set()
        peer.recv(1)

    found: list[Trouble | Refusal] = []
    with Server(silent) as server, line_to(server) as line:
        sending = threading.Thread(target=lambda: found.append(problem(line)))
        sending.start()
        assert begun.wait(PATIENCE)
        line.cut()
        sending.join(PATIENCE)
        # Whatever would have been said next is not said either, until somebody begins anew.
        found.append(problem(line))
        line.close()
        server.talk = says(http("200 OK", ACK))
        assert line.send(b"x") == ACK
    assert [ailment(one) for one in found] == [Ailment.NETWORK_SLOW] * 2


def test_a_line_that_broke_serves_again() -> None:
    answers = iter([b"", http("200 OK", ACK)])

    def talk(peer: socket.socket, _: bytes) -> None:
        peer.sendall(next(answers))

    with Server(talk) as server, line_to(server) as line:
        assert ailment(problem(line)) is Ailment.NETWORK_SLOW
        assert line.send(b"x") == ACK


# --- proxies ----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["407 Proxy Authentication Required", "403 Forbidden"])
def test_a_proxy_that_refuses(status: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server(says(f"HTTP/1.1 {status}\r\n\r\n".encode())) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        with line_to("https://office.example") as line:
            found = problem(line, b"secret")
    assert ailment(found) is Ailment.NETWORK_PROXY
    assert found.facts == {"detail": status[:3]}
    assert proxy.heard[0].startswith(b"CONNECT office.example:443 HTTP/1.")
    assert b"secret" not in b"".join(proxy.heard)


def test_a_proxy_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with nobody() as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        with line_to("https://office.example") as line:
            assert ailment(problem(line)) is Ailment.NETWORK_PROXY


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1", "ftp://127.0.0.1:1", "http://:0:0"])
def test_a_proxy_of_a_kind_we_cannot_use(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with line_to("https://office.example") as line:
        assert ailment(problem(line)) is Ailment.NETWORK_PROXY


def test_through_a_proxy(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    office = authority.vouch("office.example", label="office")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(office.certificate, office.key)
    inside: list[bytes] = []

    def tunnel(peer: socket.socket, _: bytes) -> None:
        peer.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with context.wrap_socket(peer, server_side=True) as within:
            inside.append(whole_request(within))
            within.sendall(http("200 OK", ACK))

    with Server(tunnel) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://someone:word@127.0.0.1:{proxy.port}")
        with line_to("https://office.example", ca=authority.file) as line:
            assert line.send(b"secret") == ACK
    assert b"proxy-authorization: basic" in proxy.heard[0].lower()
    assert b"proxy-authorization" not in inside[0].lower()
    assert inside[0].endswith(b"secret")


def test_no_proxy_is_asked_for_this_very_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    with nobody() as port:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
        with Server(says(http("200 OK", ACK))) as server, line_to(server) as line:
            assert line.send(b"x") == ACK

"""The line: whoever answers in head office's place is named, and nothing is believed of it."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.net.answering import PATIENCE, Server, Talk, http, nobody, says, whole_request
from tests.net.certificates import DAY, Authority
from tofan_pos import resources
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.sentences import sentence
from tofan_pos.sync.address import Patience, address_of
from tofan_pos.sync.contact import AcknowledgementBody, Standing, write_acknowledgement
from tofan_pos.sync.https import Line
from tofan_pos.sync.keys import SigningKey
from tofan_pos.sync.letters import LARGEST
from tofan_pos.sync.published import LARGEST_FILE

HURRY = Patience(connect=5, read=0.3, total=0.9, slowest=10**9)
"""What a test waits for on purpose it waits for this long."""

UNHURRIED = Patience(connect=PATIENCE, read=PATIENCE, total=PATIENCE)
OFFICE = SigningKey(bytes(range(32)))
ACK = write_acknowledgement(
    AcknowledgementBody(
        at="2026-11-22T03:04:05Z",
        catalogue=0,
        epoch=1,
        hash="0" * 64,
        head=0,
        serial=1,
        till="CTW1",
        standing=Standing.TRUSTED,
    ),
    OFFICE,
)
PAGE = b"<html><title>Mall WiFi</title>Please sign in.</html>"
TAG = "ab" * 32


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("certificates"))


def now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def line_to(
    server: Server | str, *, ca: Path | None = None, patience: Patience = UNHURRIED
) -> Iterator[Line]:
    address = server if isinstance(server, str) else server.address
    made = Line(address, program="1", clock=now, ca_file=ca, patience=patience)
    with closing(made):
        yield made


def problem_of(
    talk: Talk, *, patience: Patience = UNHURRIED, content: bytes = b"x"
) -> Trouble | Refusal:
    """Return what comes of sending something to a server that talks like that."""
    with Server(talk) as server, line_to(server, patience=patience) as line:
        return problem(line, content)


def problem(line: Line, content: bytes = b"x") -> Trouble | Refusal:
    with pytest.raises((Trouble, Refusal)) as raised:
        line.send(content)
    found = raised.value
    assert isinstance(found, Trouble | Refusal)
    for language in ("th", "en"):
        said = sentence(found, resources.words(language))
        assert said
        assert "{" not in said
    return found


def ailment(found: Trouble | Refusal) -> Ailment:
    assert isinstance(found, Trouble), found
    return found.ailment


# --- what is well -----------------------------------------------------------------------------


def test_a_letter_comes_back() -> None:
    with Server(says(http("200 OK", ACK))) as server, line_to(server) as line:
        assert line.send(b"a sync file") == ACK
    (request,) = server.heard
    head, _, body = request.partition(b"\r\n\r\n")
    assert head.startswith(b"POST /v1/runs HTTP/1.1\r\n")
    assert b"user-agent: tofan-pos/1" in head.lower()
    assert body == b"a sync file"


def test_the_servers_own_name_for_a_path_stands_before_the_protocols() -> None:
    server = Server(says(http("200 OK", ACK)))
    with server, line_to(f"{server.address}/tofan/") as line:
        assert line.hello(b"hello") == ACK
    assert server.heard[0].startswith(b"POST /tofan/v1/hello ")


def test_a_request_that_waits_for_a_person_brings_nothing() -> None:
    waits = says(http("202 Accepted", b'{"waits":true}'))
    with Server(waits) as server, line_to(server) as line:
        assert line.ask_enrolment(b"request") is None


def test_over_tls_with_an_authority_of_ones_own(authority: Authority) -> None:
    server = Server(says(http("200 OK", ACK)), authority.vouch("127.0.0.1"))
    with server, line_to(server, ca=authority.file) as line:
        assert line.hello(b"hello") == ACK


# --- addresses --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "office.example",
        "http://office.example",
        "ftp://office.example",
        "https://",
        "https://user:secret@office.example",
        "https://office.example/?a=1",
        "https://office.example/#a",
        "https://office.example:99999",
        "https://office.example:http",
        "https://office example",
        "https://office.example/a\r\nb",
        "https://ออฟฟิศ.example",
        "https://[::1",
        "https://" + "a" * 300,
        "http://127.0.0.1.example",
        "file:///etc/passwd",
    ],
)
def test_what_is_no_private_address_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        address_of(text)
    assert refused.value.why is Why.SERVER_ADDRESS


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("https://office.example", "office.example", 443),
        ("https://office.example:8443/", "office.example", 8443),
        (" https://OFFICE.example/tofan ", "office.example", 443),
        ("http://127.0.0.1:8443", "127.0.0.1", 8443),
        ("http://localhost", "localhost", 80),
        ("http://[::1]:8443", "::1", 8443),
    ],
)
def test_addresses(text: str, host: str, port: int) -> None:
    address = address_of(text)
    assert (address.host, address.port) == (host, port)


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


# --- what answers may not be ------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        http("200 OK", ACK[:-20], length=len(ACK)),
        http("200 OK", ACK[:-20]),
        http("200 OK", ACK.replace(b'"head":0', b'"head":9')),
        http("200 OK", b""),
        http("200 OK", PAGE),
        http("200 OK", b"x" * (LARGEST + 1)),
        http("400 Bad Request", b"no json"),
        http("400 Bad Request", b"[1]"),
        http("400 Bad Request", b"[" * 9000),
        http("400 Bad Request", b"x" * (LARGEST + 1)),
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 200,
    ],
)
def test_a_damaged_answer(answer: bytes) -> None:
    assert ailment(problem_of(says(answer))) is Ailment.ANSWER_DAMAGED


def no(status: str, **told: object) -> Talk:
    return says(http(status, json.dumps(told).encode()))


def test_head_offices_no_is_the_refusal_it_names() -> None:
    found = problem_of(no("403 Forbidden", why="key_revoked", till="CTW1", self="x", other=[1]))
    assert isinstance(found, Refusal)
    assert found.why is Why.KEY_REVOKED
    assert found.facts == {"till": "CTW1"}


@pytest.mark.parametrize("why", ["", "something new", "disk_full", "store_damaged", 5, None])
def test_a_no_that_names_nothing_of_ours(why: object) -> None:
    found = problem_of(no("400 Bad Request", why=why))
    assert ailment(found) is Ailment.SERVER_REFUSED
    assert found.facts == {"detail": "400"}


@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize(
    ("status", "after", "seconds"),
    [
        ("503 Service Unavailable", "7", 7),
        ("429 Too Many Requests", "120", 120),
        ("503 Service Unavailable", "Wed, 21 Oct 2026 07:28:00 GMT", 60),
        ("503 Service Unavailable", "999999999", 86_400),
        ("503 Service Unavailable", "-5", 60),
        ("502 Bad Gateway", "", 60),
    ],
)
def test_busy_says_when_to_come_back(
    status: str, after: str, seconds: int, *, marked: bool
) -> None:
    found = problem_of(says(http(status, marked=marked, retry_after=after)))
    assert ailment(found) is Ailment.SERVER_BUSY
    assert found.facts == {"retry_after": seconds}


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


# --- a catalogue on its way -------------------------------------------------------------------


def fetched(answer: bytes, *, offset: int = 0, sha256: str = "") -> tuple[int, int, bytes] | None:
    with ExitStack() as stack:
        server = stack.enter_context(Server(says(answer)))
        line = stack.enter_context(line_to(server))
        found = stack.enter_context(line.catalogue(b"hello", offset=offset, sha256=sha256))
        return (found.first, found.size, b"".join(found.pieces)) if found else None


def tagged(
    status: str, body: bytes = b"", *, tag: str = TAG, length: int | None = None, reach: str = ""
) -> bytes:
    etag = f'"{tag}"'
    if reach:
        return http(status, body, length=length, etag=etag, content_range=f"bytes {reach}")
    return http(status, body, length=length, etag=etag)


def test_a_whole_catalogue() -> None:
    assert fetched(tagged("200 OK", b"catalogue")) == (0, 9, b"catalogue")


def test_the_rest_of_one() -> None:
    rest = tagged("206 Partial Content", b"logue", reach="4-8/9")
    assert fetched(rest, offset=4, sha256=TAG) == (4, 9, b"logue")


def test_another_one_since_then() -> None:
    assert fetched(tagged("200 OK", b"other", tag="cd" * 32), offset=4, sha256=TAG) == (
        0,
        5,
        b"other",
    )


def test_no_newer_one() -> None:
    assert fetched(http("204 No Content")) is None


def test_more_was_there_than_there_is() -> None:
    answers = iter(
        [http("416 Range Not Satisfiable", content_range="bytes */9"), tagged("200 OK", b"new")]
    )

    def talk(peer: socket.socket, _: bytes) -> None:
        peer.sendall(next(answers))

    with (
        Server(talk) as server,
        line_to(server) as line,
        line.catalogue(b"hello", offset=900, sha256=TAG) as found,
    ):
        assert found
        assert (found.first, b"".join(found.pieces)) == (0, b"new")
    assert b"range: bytes=900-" in server.heard[0].lower()
    assert b"range:" not in server.heard[1].lower()


@pytest.mark.parametrize(
    "answer",
    [
        http("200 OK", b"catalogue"),
        http("200 OK", b"catalogue", etag="W/abc"),
        tagged("200 OK", b""),
        tagged("200 OK", length=LARGEST_FILE + 1),
        tagged("206 Partial Content", b"logue", reach="5-9/10"),
        tagged("206 Partial Content", b"logue", reach="4-9/9"),
        tagged("206 Partial Content", b"logue", reach="4-8/*"),
        tagged("206 Partial Content", b"logue"),
        tagged("206 Partial Content", b"logue", tag="cd" * 32, reach="4-8/9"),
    ],
)
def test_a_catalogue_that_does_not_fit(answer: bytes) -> None:
    with pytest.raises(Trouble) as raised:
        fetched(answer, offset=4, sha256=TAG)
    assert raised.value.ailment is Ailment.ANSWER_DAMAGED


def test_what_came_before_a_break_is_kept() -> None:
    answer = http("200 OK", b"catal", length=9, etag=f'"{TAG}"')
    with (
        Server(says(answer)) as server,
        line_to(server) as line,
        line.catalogue(b"hello") as found,
    ):
        assert found
        assert next(found.pieces) == b"catal"
        with pytest.raises(Trouble) as raised:
            next(found.pieces)
    assert raised.value.ailment is Ailment.ANSWER_DAMAGED

"""The line: whoever answers in head office's place is named, and nothing is believed of it."""

import json
import socket
from contextlib import ExitStack

import pytest

from tests.net.answering import Server, Talk, http, says
from tests.net.certificates import Authority
from tests.net.lines import (
    ACK,
    PAGE,
    TAG,
    ailment,
    line_to,
    problem_of,
)
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.sync.address import address_of
from tofan_pos.sync.letters import LARGEST
from tofan_pos.sync.published import LARGEST_FILE

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

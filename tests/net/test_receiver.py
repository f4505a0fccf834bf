"""The receiver's answers, asked as a server asks them: over the real reception and database."""

from collections.abc import Mapping
from hashlib import sha256

import psycopg
import pytest
import sqlalchemy as sa
from prometheus_client.parser import text_string_to_metric_families
from starlette.responses import Response

from tests.net.asking import Answer, ask
from tests.net.conftest import Door, MakeDoor
from tests.net.letters import NONCE, hello_of, request_of
from tests.office.forge import Till, forged, key_of, sale
from tofan_pos.app import Office
from tofan_pos.domain.errors import Ailment, Why
from tofan_pos.office.limits import Rate
from tofan_pos.office.ranges import catalogue_answer
from tofan_pos.office.receiver import Neighbours, receiver
from tofan_pos.store.office_published import Publication
from tofan_pos.sync.contact import Standing, acknowledgement_in
from tofan_pos.sync.enrolment import grant_in
from tofan_pos.sync.letters import LARGEST
from tofan_pos.sync.sealed import LARGEST_FILE

STRANGER = Till.with_sales(3, code="XX1", key=key_of("stranger"))
FRONT = 2048
"""More than the front of any of our files, less than any of them that is padded."""


@pytest.fixture
def published(office: Office) -> Publication:
    content = b"catalogue " * 100
    made = Publication(
        version=3, at="2026-11-22T03:04:05Z", sha256=sha256(content).hexdigest(), products=1,
        content=content,
    )  # fmt: skip
    office.store.add_publication(made)
    return made


def meter(door: Door, name: str, **labels: str) -> float:
    return door.meters.registry.get_sample_value(name, labels or None) or 0.0


# --- what is taken ----------------------------------------------------------------------------


def test_a_till_says_hello(door: Door, till: Till, office: Office) -> None:
    answer = ask(door.app, "/v1/hello", hello_of(till))
    assert (answer.status, answer.headers["tofan"]) == (200, "1")
    told = acknowledgement_in(answer.body)
    assert told.office_key == office.key().public
    assert (told.body.till, told.body.head, told.body.nonce) == ("CTW1", 0, NONCE)
    assert told.body.standing is Standing.TRUSTED


def test_a_file_comes_in_once_however_often_it_is_sent(
    door: Door, till: Till, office: Office
) -> None:
    answers = [ask(door.app, "/v1/runs", till.file()) for _ in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 200]
    heads = [acknowledgement_in(answer.body).body for answer in answers]
    assert {(told.head, told.hash) for told in heads} == {(12, till.head.hash.hex())}
    assert [told.serial for told in heads] == sorted({told.serial for told in heads})
    assert office.store.counts()["sales"] == 12
    assert meter(door, "tofan_files_total", outcome="imported") == 1
    assert meter(door, "tofan_files_total", outcome="already_there") == 2
    assert meter(door, "tofan_entries_total") == 12
    assert meter(door, "tofan_sales_total") == 12


def test_a_file_that_contradicts_is_kept_and_acknowledged(door: Door, till: Till) -> None:
    ask(door.app, "/v1/runs", till.file())
    other = till.branch(10)
    other.write(sale(900))
    answer = ask(door.app, "/v1/runs", other.file())
    assert answer.status == 200
    parted = acknowledgement_in(answer.body).body.parted
    assert parted
    assert parted.seq == 11
    assert meter(door, "tofan_files_total", outcome="quarantined") == 1


def test_a_body_in_small_pieces_and_of_no_declared_length(door: Door, till: Till) -> None:
    content = till.file()
    pieces = [content[at : at + 7] for at in range(0, len(content), 7)]
    assert ask(door.app, "/v1/runs", pieces, declared=False).status == 200


def test_a_stranger_is_answered_and_waits_for_a_person(door: Door, office: Office) -> None:
    said = acknowledgement_in(ask(door.app, "/v1/hello", hello_of(STRANGER)).body).body
    assert (said.standing, said.head) == (Standing.UNKNOWN, 0)
    waits = ask(door.app, "/v1/enrolments", request_of(STRANGER))
    assert waits.status == 202
    (asked,) = office.reception.pending()
    office.reception.enrol(asked)
    granted = ask(door.app, "/v1/enrolments", request_of(STRANGER))
    assert granted.status == 200
    assert grant_in(granted.body).office_key == office.key().public
    assert ask(door.app, "/v1/runs", STRANGER.file()).status == 200


def test_a_stranger_who_was_enrolled_is_known_at_its_next_hello(door: Door, office: Office) -> None:
    assert ask(door.app, "/v1/runs", STRANGER.file()).why == Why.NOT_ENROLLED
    STRANGER.enrolled(office.store)
    ask(door.app, "/v1/hello", hello_of(STRANGER))
    assert ask(door.app, "/v1/runs", STRANGER.file()).status == 200


@pytest.mark.usefixtures("till")
def test_an_epoch_that_another_key_has(door: Door) -> None:
    copy = Till.with_sales(3, key=key_of("copy"))
    answer = ask(door.app, "/v1/enrolments", request_of(copy))
    assert (answer.status, answer.why) == (409, Why.ALREADY_ENROLLED)
    said = acknowledgement_in(ask(door.app, "/v1/hello", hello_of(copy)).body).body
    assert said.standing is Standing.TAKEN


def test_a_revoked_key(door: Door, till: Till, office: Office) -> None:
    office.reception.revoke(till.code, till.epoch)
    for path, body in (("/v1/runs", till.file()), ("/v1/catalogue", hello_of(till))):
        answer = ask(door.app, path, body)
        assert (answer.status, answer.why) == (403, Why.KEY_REVOKED)


# --- catalogues -------------------------------------------------------------------------------


def catalogue(door: Door, till: Till, *, has: int = 0, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return ask(door.app, "/v1/catalogue", hello_of(till, catalogue=has), headers=named)


def test_the_newest_catalogue(door: Door, till: Till, published: Publication) -> None:
    answer = catalogue(door, till)
    assert (answer.status, answer.body) == (200, published.content)
    assert answer.headers["etag"] == f'"{published.sha256}"'
    assert answer.headers["content-length"] == "1000"


def test_however_many_fetch_a_catalogue_it_is_in_memory_once(
    door: Door, till: Till, published: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[bytes] = []

    def answered(asked: Mapping[str, str], whole: Publication) -> Response:
        sent.append(whole.content)
        return catalogue_answer(asked, whole)

    monkeypatch.setattr("tofan_pos.office.receiver.catalogue_answer", answered)
    for _ in range(3):
        assert catalogue(door, till).body == published.content
    assert len({id(content) for content in sent}) == 1


def test_no_newer_catalogue(door: Door, till: Till, published: Publication) -> None:
    for has in (published.version, published.version + 1):
        assert catalogue(door, till, has=has).status == 204


def test_no_catalogue_at_all(door: Door, till: Till) -> None:
    assert catalogue(door, till).status == 204


def test_the_rest_of_a_catalogue(door: Door, till: Till, published: Publication) -> None:
    same = f'"{published.sha256}"'
    answer = catalogue(door, till, range="bytes=400-", if_range=same)
    assert (answer.status, answer.body) == (206, published.content[400:])
    assert answer.headers["content-range"] == "bytes 400-999/1000"
    assert answer.headers["content-length"] == "600"


def test_the_rest_of_another_catalogue_is_all_of_this(
    door: Door, till: Till, published: Publication
) -> None:
    answer = catalogue(door, till, range="bytes=400-", if_range=f'"{"ab" * 32}"')
    assert (answer.status, answer.body) == (200, published.content)


@pytest.mark.parametrize("first", [1000, 1001, 999_999_999_999])
def test_the_rest_behind_the_end(
    door: Door, till: Till, published: Publication, first: int
) -> None:
    answer = catalogue(door, till, range=f"bytes={first}-", if_range=f'"{published.sha256}"')
    assert (answer.status, answer.headers["content-range"]) == (416, "bytes */1000")


@pytest.mark.parametrize(
    "asked", ["bytes=-5", "bytes=1-5", "bytes=1-,5-", "lines=1-", "bytes=x-", "bytes=" + "9" * 99]
)
def test_ranges_of_other_kinds_are_as_none(
    door: Door, till: Till, published: Publication, asked: str
) -> None:
    assert catalogue(door, till, range=asked).body == published.content


def test_a_stranger_is_shown_no_catalogue(door: Door, published: Publication) -> None:
    answer = catalogue(door, STRANGER)
    assert (answer.status, answer.why) == (403, Why.NOT_ENROLLED)
    assert published.content not in answer.body


# --- what is refused before it is there -------------------------------------------------------


def padded(content: bytes) -> list[bytes]:
    """Return a file's bytes as a front, and pieces that nobody should ask for."""
    return [content[:FRONT], *(b"x" * 1024 for _ in range(50))]


def test_a_strangers_file_is_refused_by_its_front(door: Door) -> None:
    answer = ask(door.app, "/v1/runs", padded(STRANGER.file()))
    assert (answer.status, answer.why) == (403, Why.NOT_ENROLLED)
    assert answer.json["fingerprint"] == STRANGER.request().fingerprint
    assert answer.read == 1


def test_a_stranger_costs_one_query_then_none(make_door: MakeDoor, statements: list[str]) -> None:
    door = make_door(remembered=10)
    statements.clear()
    for _ in range(50):
        assert ask(door.app, "/v1/runs", padded(STRANGER.file())).status == 403
    assert len(statements) == 1, statements
    assert "FROM till" in statements[0]
    door.hours.now += 11
    assert ask(door.app, "/v1/runs", padded(STRANGER.file())).status == 403
    assert len(statements) == 2


def test_every_stranger_costs_one_query_at_most(make_door: MakeDoor, statements: list[str]) -> None:
    door = make_door(strangers=Rate(1000, 1))
    files = [Till.with_sales(1, key=key_of(f"stranger {n}")).file() for n in range(20)]
    statements.clear()
    for content in files * 2:
        assert ask(door.app, "/v1/runs", content).status == 403
    assert len(statements) == 20


@pytest.fixture
def statements(office: Office) -> list[str]:
    """Return the statements that head office's database is sent, transactions apart."""
    found: list[str] = []

    def told(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            found.append(statement)

    sa.event.listen(office.store._engine, "before_cursor_execute", told)  # noqa: SLF001
    return found


def test_no_work_is_done_for_what_is_no_sync_file(door: Door, statements: list[str]) -> None:
    statements.clear()
    for body in ([b"GET / HTTP/1.1", b"more"], [b"\x00", b"more"], [b"TOFAM", b"more"]):
        answer = ask(door.app, "/v1/runs", body)
        assert (answer.status, answer.why, answer.read) == (400, Why.NOT_A_SYNC_FILE, 1)
    assert not statements
    assert not door.asked


def test_a_header_too_long_is_refused_by_its_length(door: Door) -> None:
    answer = ask(door.app, "/v1/runs", [b"TOFAN\x00S\x01\xff\xff", *[b"x" * 1024] * 50])
    assert (answer.status, answer.why, answer.read) == (413, Why.FILE_TOO_LARGE, 1)


def test_a_forged_front_is_refused_by_its_signature(door: Door, till: Till) -> None:
    content = bytearray(till.file())
    content[20] ^= 1
    answer = ask(door.app, "/v1/runs", padded(bytes(content)))
    assert (answer.status, answer.why, answer.read) == (400, Why.SIGNATURE_WRONG, 1)


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/v1/runs", LARGEST_FILE),
        ("/v1/hello", LARGEST),
        ("/v1/enrolments", LARGEST),
        ("/v1/catalogue", LARGEST),
    ],
)
def test_what_says_it_is_too_long_is_not_read(door: Door, path: str, most: int) -> None:
    headers = {"content-length": str(most + 1)}
    answer = ask(door.app, path, [b"x", b"x"], headers=headers)
    assert (answer.status, answer.why, answer.read) == (413, Why.FILE_TOO_LARGE, 0)


def test_a_letter_without_an_end_is_read_up_to_the_limit(door: Door) -> None:
    answer = ask(door.app, "/v1/hello", [b"x" * 1024] * 99, declared=False)
    assert (answer.status, answer.why, answer.read) == (413, Why.FILE_TOO_LARGE, 17)


def test_a_file_is_read_as_far_as_its_header_says(door: Door, till: Till) -> None:
    content = till.file()
    answer = ask(door.app, "/v1/runs", [content, *[b"x"] * 99], declared=False)
    assert (answer.status, answer.why, answer.read) == (400, Why.CONTENT_CHANGED, 2)


def test_a_file_cut_short(door: Door, till: Till, office: Office) -> None:
    content = till.file()
    for length in (0, 5, 9, 100, len(content) - 1):
        answer = ask(door.app, "/v1/runs", content[:length])
        assert (answer.status, answer.why) == (400, Why.FILE_CUT)
    assert office.store.counts()["entries"] == 0


def test_a_bomb_is_refused_by_its_header(door: Door, till: Till) -> None:
    content = forged(till, till.links[0].line + b"\n", lies={"raw": 64 * 1024 * 1024})
    answer = ask(door.app, "/v1/runs", padded(content))
    assert (answer.status, answer.why, answer.read) == (413, Why.UNPACKS_TOO_LARGE, 1)


@pytest.mark.parametrize("path", ["/v1/hello", "/v1/catalogue"])
@pytest.mark.parametrize("body", [b"", b"{}", b"\xff" * 99, b"[" * 9999, b"null"])
def test_what_is_no_letter(door: Door, path: str, body: bytes) -> None:
    answer = ask(door.app, path, body)
    assert (answer.status, answer.why) == (400, Why.NOT_A_HELLO)


def test_one_letter_is_not_another(door: Door, till: Till) -> None:
    assert ask(door.app, "/v1/hello", request_of(till)).why == Why.NOT_A_HELLO
    assert ask(door.app, "/v1/enrolments", hello_of(till)).why == Why.NOT_AN_ENROLMENT


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/v1/runs", 405),
        ("PUT", "/v1/hello", 405),
        ("POST", "/health", 405),
        ("POST", "/v1/runs/../hello", 404),
        ("GET", "/.env", 404),
    ],
)
def test_there_is_nothing_else(door: Door, method: str, path: str, status: int) -> None:
    answer = ask(door.app, path, method=method)
    assert (answer.status, answer.headers["tofan"]) == (status, "1")
    assert answer.json == {"why": "not_here"}


# --- how much -----------------------------------------------------------------------------------


def test_a_till_has_so_many_requests(make_door: MakeDoor, till: Till) -> None:
    door = make_door(requests=Rate(3, 0.5))
    answers = [ask(door.app, "/v1/hello", hello_of(till)) for _ in range(5)]
    assert [answer.status for answer in answers] == [200, 200, 200, 429, 429]
    assert (answers[-1].why, answers[-1].headers["retry-after"]) == (Ailment.SERVER_BUSY, "2")
    door.hours.now += 2
    assert ask(door.app, "/v1/hello", hello_of(till)).status == 200


def test_one_till_takes_nothing_from_another(
    make_door: MakeDoor, till: Till, office: Office
) -> None:
    door = make_door(requests=Rate(1, 0.1))
    other = Till.with_sales(2, code="CTW2", key=key_of("other")).enrolled(office.store)
    assert [ask(door.app, "/v1/hello", hello_of(one)).status for one in (till, till, other)] == [
        200,
        429,
        200,
    ]


def test_a_till_has_so_many_bytes(make_door: MakeDoor, till: Till) -> None:
    size = len(till.file())
    door = make_door(content=Rate(size * 2, size / 10))
    answers = [ask(door.app, "/v1/runs", till.file()) for _ in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 429]
    assert answers[-1].headers["retry-after"] == "10"
    assert answers[-1].read == 0 or answers[-1].body
    door.hours.now += 10
    assert ask(door.app, "/v1/runs", till.file()).status == 200


def test_nobody_uses_up_a_tills_share_by_claiming_its_key(make_door: MakeDoor, till: Till) -> None:
    door = make_door(requests=Rate(1, 0.1), strangers=Rate(1000, 1))
    content = bytearray(till.file())
    content[20] ^= 1
    for _ in range(5):
        assert ask(door.app, "/v1/runs", bytes(content)).why == Why.SIGNATURE_WRONG
    assert ask(door.app, "/v1/runs", till.file()).status == 200


def test_an_address_has_so_many_tries_and_tills_behind_it_have_theirs(
    make_door: MakeDoor, till: Till
) -> None:
    door = make_door(strangers=Rate(3, 0.25))
    tries = [b"nonsense", hello_of(STRANGER), b"{}", b"{}"]
    answers = [ask(door.app, "/v1/hello", body) for body in tries]
    assert [answer.status for answer in answers] == [400, 200, 400, 429]
    assert answers[-1].headers["retry-after"] == "4"
    assert ask(door.app, "/v1/runs", STRANGER.file()).status == 429
    assert ask(door.app, "/v1/hello", hello_of(till)).status == 200
    assert ask(door.app, "/v1/hello", b"{}", client="198.51.100.1").status == 400


def test_neighbours_in_one_ipv6_network_share_their_tries(make_door: MakeDoor) -> None:
    door = make_door(strangers=Rate(2, 0.1))
    clients = ["2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8:0:1::1"]
    answers = [ask(door.app, "/v1/hello", b"{}", client=client) for client in clients]
    assert [answer.status for answer in answers] == [400, 400, 429, 400]


# --- how it is with head office ---------------------------------------------------------------


def test_health(door: Door) -> None:
    answer = ask(door.app, "/health", method="GET")
    assert (answer.status, answer.json) == (200, {"ready": True})


# A file always answers.
@pytest.mark.parametrize("office_url", ["postgresql"], indirect=True)
def test_a_database_that_does_not_answer(
    make_door: MakeDoor, till: Till, office_url: str, postgres: str
) -> None:
    door, name = make_door(busy=5), sa.make_url(office_url).database
    with psycopg.connect(postgres.replace("+psycopg", ""), autocommit=True) as server:
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        answer = ask(door.app, "/health", method="GET")
        assert (answer.status, answer.json) == (503, {"ready": False})
        answer = ask(door.app, "/v1/hello", hello_of(till))
        assert (answer.status, answer.json) == (503, {"why": "server_busy"})
        assert answer.headers["retry-after"] == "30"
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    assert ask(door.app, "/health", method="GET").status == 200
    assert ask(door.app, "/v1/runs", till.file()).status == 200


def test_meters(door: Door, till: Till) -> None:
    ask(door.app, "/v1/hello", hello_of(till))
    ask(door.app, "/v1/runs", till.file(1, 5))
    ask(door.app, "/v1/runs", STRANGER.file())
    ask(door.app, "/v1/hello", hello_of(STRANGER))
    ask(door.app, "/wp-login.php", method="GET")
    door.hours.now += 60
    ask(door.app, "/v1/hello", hello_of(till))
    answer = ask(door.app, "/metrics", method="GET", client="127.0.0.1")
    assert answer.status == 200
    text = answer.body.decode()
    assert list(text_string_to_metric_families(text))
    assert meter(door, "tofan_requests_total", path="/v1/hello", status="200") == 3
    assert meter(door, "tofan_requests_total", path="/v1/runs", status="403") == 1
    assert meter(door, "tofan_requests_total", path="other", status="404") == 1
    assert meter(door, "tofan_refused_total", why="not_enrolled") == 1
    assert meter(door, "tofan_till_behind_entries", till="CTW1") == 7
    assert meter(door, "tofan_till_heard_timestamp_seconds", till="CTW1") == 1_800_001_060
    assert "XX1" not in text, "a stranger may say anything: it is no label"
    for secret in ("wp-login", STRANGER.key.public.hex(), till.request().fingerprint, "192.0.2.7"):
        assert secret not in text


@pytest.mark.parametrize("headers", [{}, {"x-forwarded-for": "127.0.0.1"}])
def test_meters_are_for_whoever_is_near(door: Door, headers: dict[str, str]) -> None:
    client = "127.0.0.1" if headers else "192.0.2.7"
    answer = ask(door.app, "/metrics", method="GET", headers=headers, client=client)
    assert (answer.status, answer.json) == (404, {"why": "not_here"})


def test_a_bug_says_nothing_of_what_it_met(
    office: Office, till: Till, caplog: pytest.LogCaptureFixture
) -> None:
    def mistaken(_: bytes) -> bool:
        raise ZeroDivisionError("till CTW1 sold ผ้าทอมือ")

    app = receiver(
        office.reception,
        Neighbours(
            knows=mistaken, ready=lambda: True, now=lambda: 0, time=lambda: 0, near=lambda _: True
        ),
    )
    answer = ask(app, "/v1/runs", till.file())
    assert (answer.status, answer.json) == (500, {"why": "server_failed"})
    assert answer.headers["tofan"] == "1"
    (record,) = [one for one in caplog.records if one.name == "tofan.receiver"]
    said = record.getMessage()
    assert said.startswith("/v1/runs: ZeroDivisionError at ")
    assert record.exc_info is None
    assert "CTW1" not in said

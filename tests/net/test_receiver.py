"""The receiver's answers, asked as a server asks them: over the real reception and database."""

import threading
from collections.abc import Callable, Mapping
from hashlib import sha256

import psycopg
import pytest
import sqlalchemy as sa
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.responses import Response

from tests.net.answering import PATIENCE
from tests.net.asking import Answer, ask
from tests.net.conftest import Door, Hours, MakeDoor
from tests.net.letters import NONCE, hello_of, request_of
from tests.office.forge import Till, key_of, sale
from tofan_pos.app import Office
from tofan_pos.domain.errors import Why
from tofan_pos.office.limits import Limits, Seconds
from tofan_pos.office.ranges import catalogue_answer
from tofan_pos.office.receiver import Neighbours, receiver
from tofan_pos.store.office_published import Publication
from tofan_pos.sync.contact import Standing, acknowledgement_in
from tofan_pos.sync.enrolment import grant_in

STRANGER = Till.with_sales(3, code="XX1", key=key_of("stranger"))


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


# --- what is taken -----------------------------------------------------------------------------


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


# --- catalogues --------------------------------------------------------------------------------


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


# --- how it is with head office ----------------------------------------------------------------


def test_health(door: Door) -> None:
    answer = ask(door.app, "/health", method="GET")
    assert (answer.status, answer.json) == (200, {"ready": True})


def watched(office: Office, ready: Callable[[], bool], now: Seconds) -> Starlette:
    """Return a receiver whose database answers as it is told."""
    neighbours = Neighbours(
        knows=office.store.knows_key, ready=ready, now=now, time=lambda: 0, near=lambda _: True
    )
    return receiver(office.reception, neighbours, limits=Limits(stall=0.1))


def test_however_many_ask_the_database_is_asked_once_a_second(office: Office) -> None:
    hours, asked = Hours(), []

    def ready() -> bool:
        asked.append(hours.now)
        return len(asked) < 3

    app = watched(office, ready, hours)
    for expected in (True, True, False):
        answers = [ask(app, "/health", method="GET").json["ready"] for _ in range(20)]
        assert answers == [expected] * 20
        hours.now += 1
    assert len(asked) == 3


def test_a_database_that_hangs_holds_one_thread_and_keeps_no_till_out(
    office: Office, till: Till
) -> None:
    hours, hangs, asked = Hours(), threading.Event(), []

    def ready() -> bool:
        asked.append(hours.now)
        return hangs.wait(PATIENCE)

    app = watched(office, ready, hours)
    try:
        for _ in range(10):
            assert ask(app, "/health", method="GET").status == 503
            hours.now += 60
        assert len(asked) == 1
        assert ask(app, "/v1/runs", till.file()).status == 200
    finally:
        hangs.set()


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
    door.hours.now += 1
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

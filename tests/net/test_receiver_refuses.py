"""The receiver refuses cheaply what it does not know, and nobody has more of it than is theirs."""

import pytest

from tests.net.asking import ask
from tests.net.conftest import Door, MakeDoor
from tests.net.letters import hello_of, padded, request_of
from tests.office.forge import Till, forged, key_of
from tofan_pos.app import Office
from tofan_pos.domain.errors import Ailment, Why
from tofan_pos.office.limits import Rate
from tofan_pos.sync.letters import LARGEST
from tofan_pos.sync.sealed import LARGEST_FILE

STRANGER = Till.with_sales(3, code="XX1", key=key_of("stranger"))


# --- what is refused before it is there --------------------------------------------------------


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
    for length in (str(most + 1), "9" * 5000):
        answer = ask(door.app, path, [b"x", b"x"], headers={"content-length": length})
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


# --- how much ----------------------------------------------------------------------------------


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
    files = [till.file(first, first + 3) for first in (1, 5, 9)]
    first, second, third = map(len, files)
    door = make_door(content=Rate(first + second, third / 10))
    answers = [ask(door.app, "/v1/runs", content) for content in files]
    assert [answer.status for answer in answers] == [200, 200, 429]
    assert answers[-1].headers["retry-after"] == "10"
    door.hours.now += 10
    assert ask(door.app, "/v1/runs", files[2]).status == 200


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


def test_strangers_push_no_till_out_that_waits_to_be_enrolled(
    make_door: MakeDoor, office: Office
) -> None:
    door = make_door(asking=3)
    ask(door.app, "/v1/enrolments", request_of(STRANGER))
    strangers = [Till(f"S{n}", key=key_of(f"s {n}")) for n in range(8)]

    def asks(till: Till, client: str) -> int:
        door.hours.now += 60
        return ask(door.app, "/v1/enrolments", request_of(till), client=client).status

    nearby = [asks(till, f"2001:db8::{n}") for n, till in enumerate(strangers)]
    assert nearby == [202] * 3 + [503] * 5
    assert STRANGER.code in [request.till for request in office.reception.pending()]
    assert len(office.reception.pending()) == 4
    # Who waits may ask again; who waits no more makes room.
    assert asks(strangers[0], "2001:db8::9") == 202
    office.reception.enrol(strangers[0].request())
    assert asks(strangers[0], "2001:db8::9") == 200
    assert asks(strangers[7], "2001:db8::9") == 202

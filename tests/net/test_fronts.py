"""What a front is worth: little to whoever found it, and nothing of its till's is used up."""

import pytest
from msgspec.structs import replace

from tests.net.asking import ask
from tests.net.conftest import Door, MakeDoor
from tests.net.letters import FRONT, hello_of, padded
from tests.office.forge import Till, key_of, sale
from tofan_pos.app import Office
from tofan_pos.domain.errors import Why
from tofan_pos.office.limits import Rate
from tofan_pos.sync.contact import acknowledgement_in


def test_a_file_that_is_held_is_acknowledged_by_its_front(door: Door, till: Till) -> None:
    whole = [till.file(1, 8), till.file()]
    told = [acknowledgement_in(ask(door.app, "/v1/runs", content).body).body for content in whole]
    for content in (*whole, till.file(3, 5)):
        answer = ask(door.app, "/v1/runs", padded(content))
        assert (answer.status, answer.read) == (200, 1)
        again = acknowledgement_in(answer.body).body
        assert again.serial > told[-1].serial
        assert replace(again, serial=told[-1].serial, at=told[-1].at) == told[-1]


def test_what_only_looks_like_a_file_that_is_held_is_read(door: Door, till: Till) -> None:
    ask(door.app, "/v1/runs", till.file())
    branch = till.branch(10)
    branch.write(sale(900))
    for content in (branch.file(), branch.file(3), till.branch(12).file()[:-1]):
        assert ask(door.app, "/v1/runs", content).read == 1
    answer = ask(door.app, "/v1/runs", padded(branch.file()))
    assert answer.read > 1, "a second branch is only known once it has come"


def test_a_file_that_is_held_costs_the_same_however_often_it_is_sent(
    door: Door, till: Till, statements: list[str]
) -> None:
    ask(door.app, "/v1/runs", till.file())
    counts = []
    for _ in range(5):
        statements.clear()
        assert ask(door.app, "/v1/runs", padded(till.file())).status == 200
        counts.append(len(statements))
    assert len(set(counts)) == 1
    assert counts[0] <= 16, statements


@pytest.mark.parametrize("held", [True, False])
def test_a_revoked_keys_file_is_refused_by_its_front(
    door: Door, till: Till, office: Office, *, held: bool
) -> None:
    if held:
        ask(door.app, "/v1/runs", till.file())
    office.reception.revoke(till.code)
    answer = ask(door.app, "/v1/runs", padded(till.file()))
    assert (answer.status, answer.why, answer.read) == (403, Why.KEY_REVOKED, 1)
    assert answer.json["fingerprint"] == till.request().fingerprint


# --- whose share it comes out of ---------------------------------------------------------------


def test_whoever_found_a_front_uses_up_nothing_of_its_tills(
    make_door: MakeDoor, till: Till
) -> None:
    content = till.file()
    door = make_door(requests=Rate(2, 0.1), content=Rate(len(content), 1))
    changed = content[:-1] + bytes([content[-1] ^ 1])
    for n in range(40):
        for net, sent, why in (
            (100, content[:-1], Why.FILE_CUT),
            (101, changed, Why.CONTENT_CHANGED),
        ):
            answer = ask(door.app, "/v1/runs", sent, client=f"198.51.{net}.{n}")
            assert (answer.status, answer.why) == (400, why)
    assert ask(door.app, "/v1/runs", content).status == 200
    assert ask(door.app, "/v1/hello", hello_of(till)).status == 200


def test_what_a_finder_sends_is_counted_against_their_address_as_it_comes(
    make_door: MakeDoor, till: Till
) -> None:
    content = till.file()
    begun = content[: FRONT // 2]
    door = make_door(content=Rate(len(content) + 2 * len(begun), 1))
    answers = [ask(door.app, "/v1/runs", begun) for _ in range(4)]
    assert [answer.status for answer in answers] == [400, 400, 400, 429]
    assert answers[-1].headers["retry-after"] == str(len(begun))
    assert ask(door.app, "/v1/runs", content, client="198.51.100.1").status == 200


def test_an_address_may_send_so_many_fronts_of_one_key(
    make_door: MakeDoor, till: Till, office: Office
) -> None:
    door = make_door(requests=Rate(3, 0.5))
    ask(door.app, "/v1/runs", till.file(), client="198.51.100.1")
    answers = [ask(door.app, "/v1/runs", padded(till.file())) for _ in range(4)]
    assert [answer.status for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].read == 1
    # Neither its till elsewhere nor another till at that address is touched.
    other = Till.with_sales(2, code="CTW2", key=key_of("other")).enrolled(office.store)
    assert ask(door.app, "/v1/runs", other.file()).status == 200
    assert ask(door.app, "/v1/hello", hello_of(till)).status == 200


def test_a_till_has_its_share_once_wherever_it_sends_from(make_door: MakeDoor, till: Till) -> None:
    files = [till.file(first, first + 3) for first in (1, 5, 9)]
    door = make_door(content=Rate(sum(map(len, files[:2])), 1))
    for n, content in enumerate(files[:2]):
        assert ask(door.app, "/v1/runs", content, client=f"198.51.100.{n}").status == 200
    answer = ask(door.app, "/v1/runs", padded(files[2]), client="198.51.100.9")
    assert (answer.status, answer.read) == (429, 1)

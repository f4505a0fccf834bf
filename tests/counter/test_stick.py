"""To a folder and back: answers are taken first, then what is lacking is written and checked."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.counter.headoffice import HeadOffice
from tests.counter.publishing import published
from tests.counter.tills import catalogue, make_till, opened, ring
from tofan_pos import resources
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.stick import Brought, to_folder_and_back
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.sentences import sentence
from tofan_pos.sync.contact import ack_name
from tofan_pos.sync.enrolment import GRANT_SUFFIX, request_in
from tofan_pos.sync.published import catalogue_name
from tofan_pos.ui.counter.carrying import brought_said


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    make_till(tmp_path / "till")
    with opened(tmp_path / "till") as desk:
        yield desk


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


def go(desk: Desk, stick: Path) -> Brought:
    return to_folder_and_back(desk.dealings, desk.outbox, stick, take_catalogue=desk.incoming.take)


def till_of(desk: Desk) -> str:
    return desk.profile.till


def test_a_new_till_leaves_its_journal_and_its_request(desk: Desk, stick: Path) -> None:
    brought = go(desk, stick)
    assert brought.exported is not None
    assert brought.exported.first == 1
    assert brought.request == stick / f"{till_of(desk)}-1.tofanreq"
    assert brought.request is not None
    assert request_in(brought.request.read_bytes()).till == till_of(desk)
    assert brought.heard is None
    assert not brought.grants


def test_what_was_answered_is_taken_before_anything_is_written(desk: Desk, stick: Path) -> None:
    office = HeadOffice()
    office.enrol(desk)
    go(desk, stick)
    head = desk.store.journal_size()[0]
    ring(desk)
    (stick / ack_name(till_of(desk), 1)).write_bytes(office.says(desk, head))
    brought = go(desk, stick)
    assert brought.heard is not None
    assert brought.heard.acked == head
    assert brought.exported is not None
    assert brought.exported.first == head + 1
    assert brought.request is None
    assert not brought.problems


def test_grants_wait_for_people_and_can_be_trusted_as_they_are(desk: Desk, stick: Path) -> None:
    office = HeadOffice()
    stick.mkdir()
    letter = office.grant(desk.dealings.request())
    (stick / f"{till_of(desk)}-1{GRANT_SUFFIX}").write_bytes(letter)
    (grant,) = go(desk, stick).grants
    assert desk.dealings.known().office_key == b""
    assert grant.content == letter
    desk.dealings.trust(grant.content)
    assert desk.dealings.known().office_key == office.key.public


def test_a_damaged_answer_is_named_and_the_rest_is_done(desk: Desk, stick: Path) -> None:
    office = HeadOffice()
    office.enrol(desk)
    stick.mkdir()
    (stick / ack_name(till_of(desk), 1)).write_bytes(b"{}")
    (stick / catalogue_name(3)).write_bytes(b"no catalogue")
    brought = go(desk, stick)
    named = {path.name for path, _ in brought.problems}
    assert named == {ack_name(till_of(desk), 1), catalogue_name(3)}
    assert brought.exported is not None
    assert brought.catalogue == 0


@pytest.mark.parametrize("language", ["en", "th"])
def test_a_number_given_out_twice_is_told_in_a_sentence(
    desk: Desk, stick: Path, language: str
) -> None:
    office = HeadOffice()
    office.enrol(desk)
    stick.mkdir()
    path = stick / catalogue_name(3)
    path.write_bytes(published(3, key=office.key))
    assert go(desk, stick).catalogue == 3
    goods = catalogue()
    path.write_bytes(published(3, replace(goods, products=goods.products[:1]), key=office.key))
    brought = go(desk, stick)
    assert brought.catalogue == 0
    ((wrong, problem),) = brought.problems
    assert (wrong, problem.facts) == (path, {"version": 3})
    say = resources.words(language)
    assert sentence(problem, say) in brought_said(brought, say)
    assert "3" in sentence(problem, say)


def test_where_nothing_can_be_written_nothing_is_said_to_be(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Trouble) as caught:
        go(desk, tmp_path / "file" / "stick")
    assert caught.value.ailment is Ailment.FOLDER_UNWRITABLE


def test_with_nothing_to_write_the_answers_are_taken_all_the_same(desk: Desk, stick: Path) -> None:
    office = HeadOffice()
    office.enrol(desk)
    go(desk, stick)
    head = desk.store.journal_size()[0]
    for path in stick.glob("*.tofan"):
        path.unlink()
    (stick / ack_name(till_of(desk), 1)).write_bytes(office.says(desk, head))
    brought = go(desk, stick)
    assert brought.exported is None
    assert brought.heard is not None
    assert not list(stick.glob("*.tofan"))


def test_nobody_takes_a_stick_from_a_till_to_learn_on(desk: Desk, stick: Path) -> None:
    from dataclasses import replace  # noqa: PLC0415 - here alone

    learning = replace(desk.journal, profile=replace(desk.profile, training=True))
    outbox = replace(desk.outbox, journal=learning)
    with pytest.raises(Refusal) as caught:
        to_folder_and_back(desk.dealings, outbox, stick)
    assert caught.value.why is Why.TRAINING_ONLY

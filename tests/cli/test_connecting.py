"""A till's dealings with head office by commands: on a stick, and over a real line."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import CASHIER, SUPERVISOR, Run, acting, kinds, unchanged
from tests.counter.headoffice import HeadOffice
from tests.counter.publishing import published
from tests.counter.tills import opened
from tests.net.serving import served
from tofan_pos import app
from tofan_pos.app import Office
from tofan_pos.office.publishing import publish
from tofan_pos.store.office import OfficeStore
from tofan_pos.sync.contact import Standing, ack_name
from tofan_pos.sync.enrolment import GRANT_SUFFIX, grant_in, read_request
from tofan_pos.sync.published import catalogue_name

SALE = ("ring", "--scan", "TF-SCARF", "--cash", "590")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    url = f"sqlite:///{tmp_path / 'office.db'}"
    OfficeStore.create(url).close()
    office = app.build_office(url)
    yield office
    office.store.close()


@pytest.fixture
def enrolled(run: Run, till: Path, office: Office, tmp_path: Path) -> Path:
    """Return a till that head office and which head office trust, by stick."""
    grant = enrol_at(office, run, till, tmp_path / "stick")
    assert run("enrol", grant, "--yes", till=till).code == 0
    return till


def enrol_at(office: Office, run: Run, till: Path, stick: Path) -> Path:
    said = run("enrol-request", "--to", stick, "--json", till=till).json
    request = read_request(Path(said["request"]))
    assert request.fingerprint == said["fingerprint"]
    grant = stick / "grant"
    grant.write_bytes(office.reception.enrol(request))
    return grant


def test_by_stick_from_the_request_to_the_acknowledgement(
    run: Run, enrolled: Path, office: Office, tmp_path: Path
) -> None:
    assert run(*SALE, till=enrolled).code == 0
    stick = tmp_path / "stick"
    waiting = run("head-office", "--json", till=enrolled).json
    assert (waiting["standing"], waiting["acknowledged"]) == ("trusted", 0)
    exported = run("export", "--to", stick, "--json", till=enrolled).json
    assert exported["last"] == waiting["waiting"]
    office.reception.take_paths([stick])
    taken = run("take", stick, "--json", till=enrolled)
    assert taken.json["acknowledged"] == exported["last"]
    assert taken.json["waiting"] == 0
    again = run("take", stick, "--json", till=enrolled)
    assert (again.code, again.json["problems"]) == (0, [])
    assert again.json["acknowledged"] is None


def test_over_a_line_what_waits_goes_and_what_is_new_comes(
    run: Run, enrolled: Path, office: Office
) -> None:
    checked, _ = app.read_workbook(None)
    publish(office.store, office.key(), checked.catalogue, clock=app.utc_now)
    assert run(*SALE, till=enrolled).code == 0
    with served(office) as port:
        assert run("server", f"http://127.0.0.1:{port}", till=enrolled).code == 0
        sent = run("send", "--json", till=enrolled)
        assert sent.code == 0, sent.err
        said = sent.json
        assert (said["standing"], said["files"], said["catalogue"]) == ("trusted", 1, 1)
        # That a catalogue was loaded is told at the next contact.
        again = run("send", "--json", till=enrolled).json
        assert (again["waiting"], again["catalogue"]) == (0, None)
    assert office.store.counts()["sales"] == 1
    refused = run("send", till=enrolled)
    assert refused.code == 1
    assert "There is no connection" in refused.err


def test_a_till_that_nobody_enrolled_asks_and_is_answered(
    run: Run, till: Path, office: Office
) -> None:
    with served(office) as port:
        assert run("send", till=till).err.startswith("Head office has given no address")
        assert run("server", f"http://127.0.0.1:{port}", till=till).code == 0
        first = run("send", "--json", till=till)
        assert (first.code, first.json["standing"], first.json["granted"]) == (1, "unknown", False)
        (request,) = office.reception.pending()
        office.reception.enrol(request)
        second = run("send", "--json", till=till)
        assert second.json["granted"]
        grant = till / "TST1.tofangrant"
        assert run("enrol", grant, "--yes", till=till).code == 0
        assert run("send", "--json", till=till).json["waiting"] == 0


def test_who_is_shown_another_head_office_is_told_so(
    run: Run, enrolled: Path, office: Office, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'other' / 'office.db'}"
    (tmp_path / "other").mkdir()
    OfficeStore.create(url).close()
    other = app.build_office(url)
    same = run("enrol", enrol_at(office, run, enrolled, tmp_path / "a"), "--yes", till=enrolled)
    differs = run("enrol", enrol_at(other, run, enrolled, tmp_path / "b"), "--yes", till=enrolled)
    other.store.close()
    warning = "This is not the head office that this till trusts now."
    assert (same.code, same.err, differs.code) == (0, "", 0)
    assert warning in differs.err


def test_a_person_says_no_to_another_fingerprint(
    run: Run, till: Path, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant = enrol_at(office, run, till, tmp_path / "stick")
    asked: list[str] = []

    def says_no(text: str) -> str:
        asked.append(text)
        return "n"

    monkeypatch.setattr("click.termui.visible_prompt_func", says_no)
    with unchanged(till):
        assert run("enrol", grant, till=till).code != 0
    assert asked


def test_whom_a_till_sends_to_is_a_supervisors_affair(
    run: Run, staffed: Path, office: Office, tmp_path: Path
) -> None:
    grant = enrol_at(office, run, staffed, tmp_path / "stick")
    who, pins = acting(CASHIER)
    for verb in (("enrol", grant, "--yes"), ("pause",), ("rotate-key",), ("new-epoch",)):
        refused = run(*verb, *who, till=staffed, **pins)
        assert (refused.code, "supervisor" in refused.err) == (1, True), verb
    who, pins = acting(CASHIER, SUPERVISOR)
    assert run("enrol", grant, "--yes", *who, till=staffed, **pins).code == 0
    assert run("pause", *who, till=staffed, **pins).code == 0
    assert run("head-office", "--json", till=staffed).json["paused"]
    assert run("rotate-key", *who, till=staffed, **pins).code == 0
    assert run("new-epoch", *who, till=staffed, **pins).code == 0
    told = kinds(staffed)
    for kind in ("enrolled", "sync_paused", "key_rotated", "epoch_opened"):
        assert kind in told


def test_a_command_tells_that_a_new_epoch_began(run: Run, till: Path, tmp_path: Path) -> None:
    assert run(*SALE, till=till).code == 0
    shutil.copytree(till, tmp_path / "twin")
    said = run(*SALE, "--json", till=tmp_path / "twin")
    assert said.json["number"].startswith("TST1.2-")
    assert "another folder of this computer" in said.err
    assert "epoch 2" in said.err
    assert run(*SALE, "--json", till=till).json["number"].startswith("TST1-")


def test_a_request_is_drawn_as_a_code(run: Run, till: Path, tmp_path: Path) -> None:
    for name in ("code.svg", "code.png"):
        assert run("enrol-request", "--qr", tmp_path / name, till=till).code == 0
        assert (tmp_path / name).stat().st_size > 500
    assert run("enrol-request", "--qr", tmp_path / "code.gif", till=till).code == 2
    assert not (tmp_path / "code.gif").exists()


def test_a_folder_that_is_none_is_told(run: Run, till: Path, tmp_path: Path) -> None:
    with unchanged(till):
        assert run("take", tmp_path / "none", till=till).code == 1
    (tmp_path / "empty").mkdir()
    assert "nothing for this till" in run("take", tmp_path / "empty", till=till).out
    assert not list((tmp_path / "empty").iterdir())


# --- what was left on a stick is told for what it is --------------------------------------------


@pytest.fixture
def told(run: Run, till: Path, tmp_path: Path) -> "Told":
    """Return a till that trusts a head office which says what a test has it say."""
    said = run("enrol-request", "--to", tmp_path / "stick", "--json", till=till).json
    office, grant = HeadOffice(), tmp_path / "grant"
    grant.write_bytes(office.grant(Path(said["request"]).read_bytes()))
    assert run("enrol", grant, "--yes", till=till).code == 0
    return Told(till=till, stick=tmp_path / "stick", office=office)


@dataclass(frozen=True)
class Told:
    """A till, a stick, and who leaves letters on it."""

    till: Path
    stick: Path
    office: HeadOffice

    def letter(self, **says: Any) -> None:
        """Leave an acknowledgement on the stick: of nothing, but for what is said."""
        with opened(self.till, session=False) as desk:
            content = self.office.says(desk, says.pop("head", 0), hash_=bytes(32), **says)
            (self.stick / ack_name(desk.profile.till, desk.identity.epoch)).write_bytes(content)


def test_a_fork_found_on_a_stick_is_told_with_what_to_do(run: Run, told: Told) -> None:
    told.letter(standing=Standing.TAKEN, newest_epoch=1)
    ran = run("take", told.stick, till=told.till)
    assert ran.code == 1
    assert "there are two of it" in ran.out
    assert "epoch 2" in ran.out
    assert "enrol it anew" in ran.out
    assert "up to entry" not in ran.out


def test_a_fork_found_on_a_stick_is_told_to_scripts(run: Run, told: Told) -> None:
    told.letter(standing=Standing.TAKEN, newest_epoch=1)
    ran = run("take", told.stick, "--json", till=told.till)
    assert (ran.code, ran.json["began"]) == (1, "forked")


@pytest.mark.parametrize(
    ("found", "said"),
    [(Standing.REVOKED, "has revoked this till's key"), (Standing.RETIRED, "down for good")],
)
def test_a_till_that_is_trusted_no_more_is_told_so_by_a_stick(
    run: Run, told: Told, found: Standing, said: str
) -> None:
    told.letter(standing=found)
    ran = run("take", told.stick, till=told.till)
    assert (ran.code, said in ran.out, "begin a new epoch" in ran.out) == (1, True, True)


def test_an_old_letter_is_no_news(run: Run, told: Told) -> None:
    told.letter(serial=7)
    assert run("take", told.stick, "--json", till=told.till).json["acknowledged"] == 0
    told.letter(serial=6, standing=Standing.REVOKED)
    ran = run("take", told.stick, till=told.till)
    assert ran.code == 0
    assert "is old" in ran.out
    assert "revoked" not in ran.out
    again = run("take", told.stick, "--json", till=told.till)
    assert (again.code, again.json["acknowledged"]) == (0, None)


def test_a_catalogue_that_is_older_than_the_one_in_use_is_named(run: Run, told: Told) -> None:
    key = told.office.key
    (told.stick / catalogue_name(13)).write_bytes(published(13, key=key))
    assert run("take", told.stick, "--json", till=told.till).json["catalogue"] == 13
    (told.stick / catalogue_name(13)).unlink()
    for older in (5, 6):
        (told.stick / catalogue_name(older)).write_bytes(published(older, key=key))
    with unchanged(told.till):
        ran = run("take", told.stick, till=told.till)
    assert ran.code == 1
    assert "(version 6) is older than the one in use (13)" in ran.err
    assert "publish again" in ran.err
    assert ran.err.count("\n") == 1
    assert "nothing for this till" not in ran.out


def test_an_answer_that_waits_to_be_compared_is_told(
    run: Run, till: Path, office: Office, tmp_path: Path
) -> None:
    said = run("enrol-request", "--to", tmp_path / "stick", "--json", till=till).json
    content = office.reception.enrol(read_request(Path(said["request"])))
    (tmp_path / "stick" / f"TST1-1{GRANT_SUFFIX}").write_bytes(content)
    ran = run("take", tmp_path / "stick", till=till)
    assert (ran.code, grant_in(content).fingerprint in ran.out) == (0, True)
    assert "nothing for this till" not in ran.out

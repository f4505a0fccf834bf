"""`tofan-office` on tills: enrolling, answering in folders, tasks, and what it says as JSON."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.office.forge import AT, Till, all_rows, key_of
from tests.office.running import Run
from tests.office.test_epochs import rung
from tofan_pos import app
from tofan_pos.store.office_published import Publication
from tofan_pos.sync.contact import Standing, acknowledgement_in
from tofan_pos.sync.enrolment import Beginning, grant_in, write_request
from tofan_pos.sync.request_code import request_code


@pytest.fixture
def db(run: Run, office_url: str) -> tuple[str, str]:
    assert run("init", "--db", office_url).code == 0
    return ("--db", office_url)


def test_enrolling_leaves_an_answer_beside_the_request(
    run: Run, db: tuple[str, str], tmp_path: Path
) -> None:
    till = Till.with_sales(2)
    done = run("enrol", till.save_request(tmp_path), *db, "--yes")
    assert (done.code, done.err) == (0, "")
    grant = grant_in((tmp_path / "CTW1-1.tofangrant").read_bytes())
    assert grant.fingerprint in done.out
    assert bytes.fromhex(grant.body.till_key) == till.key.public
    elsewhere = tmp_path / "answer"
    again = run("enrol", till.save_request(tmp_path), *db, "--yes", "--grant", elsewhere)
    assert "before" in again.out
    assert elsewhere.read_bytes() == (tmp_path / "CTW1-1.tofangrant").read_bytes()


def test_a_later_epoch_says_why_it_began(run: Run, db: tuple[str, str], tmp_path: Path) -> None:
    second = Till.with_sales(2).next_epoch()
    done = run("enrol", second.save_request(tmp_path), *db, "--yes")
    assert done.code == 0
    assert "backup" in done.out


def test_a_key_that_others_may_have_is_named_until_it_is_revoked(
    run: Run, db: tuple[str, str], tmp_path: Path
) -> None:
    first = Till.with_sales(2)
    run("enrol", first.save_request(tmp_path), *db, "--yes")
    moved = first.next_epoch(why=Beginning.MOVED)
    done = run("enrol", moved.save_request(tmp_path), *db, "--yes")
    assert "tofan-office revoke CTW1 --epoch 1" in done.out
    assert run("revoke", "CTW1", "--epoch", "1", *db).code == 0
    lost = moved.next_epoch(why=Beginning.KEY_LOST)
    done = run("enrol", lost.save_request(tmp_path), *db, "--yes")
    assert "--epoch 2" in done.out
    assert "--epoch 1" not in done.out
    # A backup put back where it was leaves nothing behind for anybody.
    back = lost.next_epoch(why=Beginning.RESTORED)
    done = run("enrol", back.save_request(tmp_path), *db, "--yes")
    assert "--epoch" not in done.out


def test_an_epoch_that_was_only_vouched_for_is_enrolled_now(
    run: Run, db: tuple[str, str], tmp_path: Path
) -> None:
    second = Till.with_sales(2).next_epoch()
    third = second.next_epoch()
    run("enrol", third.save_request(tmp_path), *db, "--yes")
    assert run("import", replace(second, key=third.key).save(tmp_path), *db).code == 0
    standing = {one["epoch"]: one["standing"] for one in run("tills", *db, "--json").json["tills"]}
    assert standing == {2: "unknown", 3: "trusted"}
    done = run("enrol", second.save_request(tmp_path), *db, "--yes")
    assert "Till CTW1 is enrolled." in done.out
    assert "before" in run("enrol", second.save_request(tmp_path), *db, "--yes").out


def test_what_is_decided_on_one_epoch_names_it(
    run: Run, db: tuple[str, str], tmp_path: Path
) -> None:
    run("enrol", Till.with_sales(2).save_request(tmp_path), *db, "--yes")
    for verb in ("retire", "revoke"):
        one = run(verb, "CTW1", "--epoch", "1", *db)
        assert (one.code, "till CTW1, epoch 1" in one.out) == (0, True)
        whole = run(verb, "CTW1", *db)
        assert (whole.code, "epoch" in whole.out) == (0, False)
        before = run("tills", *db, "--json").out
        unheard = run(verb, "CTW1", "--epoch", "9", *db)
        assert (unheard.code, unheard.out) == (1, "")
        assert "epoch 9 of till CTW1" in unheard.err
        assert run("tills", *db, "--json").out == before


def test_a_till_is_enrolled_by_its_requests_code(run: Run, db: tuple[str, str]) -> None:
    till = Till("MBK2", key=key_of("other"))
    code = request_code(write_request(till.request(), till.key))
    done = run("enrol", code.lower(), *db, "--yes")
    assert done.code == 0
    assert "Till MBK2 is enrolled." in done.out
    assert run("enrol", code[:-4], *db, "--yes").code == 1


def test_requests_from_folders_and_the_network_wait_for_a_person(
    run: Run, db: tuple[str, str], office_url: str, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    till = Till.with_sales(3)
    (stick / "CTW1-1.tofanreq").write_bytes(write_request(till.request(), till.key))
    till.save(stick)
    first = run("import", stick, *db, "--json")
    assert (first.code, first.json["refused"], first.json["requests"]) == (1, 1, 1)
    named = run("import", stick / "CTW1-1.tofanreq", *db, "--json")
    assert (named.code, named.json["files"], named.json["requests"]) == (0, [], 1)
    office = app.build_office(office_url)
    other = Till("MBK2", key=key_of("other"))
    office.reception.ask(write_request(other.request(), other.key))
    office.store.close()
    found = run("requests", *db, "--json").json["requests"]
    assert {one["till"]: one["fingerprint"] for one in found} == {
        "CTW1": till.request().fingerprint,
        "MBK2": other.request().fingerprint,
    }
    assert set(found[0]) == {"till", "epoch", "fingerprint", "why", "after", "program"}
    assert "MBK2" in run("requests", *db).out
    enrolled = run("enrol", till.request().fingerprint.lower(), *db, "--yes")
    assert (enrolled.code, enrolled.err) == (0, "")
    aside = run("requests", *db, "--forget", other.request().fingerprint, "--json")
    assert aside.json == {"requests": []}
    assert run("enrol", other.request().fingerprint, *db, "--yes").code == 1
    # The stick comes again: its files are taken now, and its request is answered too.
    second = run("import", stick, *db, "--json")
    assert (second.code, second.json["imported"]) == (0, 1)
    assert grant_in((stick / "CTW1-1.tofangrant").read_bytes()).body.till == "CTW1"


def test_a_stick_with_nothing_but_a_request_is_answered(
    run: Run, db: tuple[str, str], office_url: str, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    till = Till.with_sales(2)
    (stick / "CTW1-1.TOFANREQ").write_bytes(write_request(till.request(), till.key))
    assert (
        run("enrol", stick / "CTW1-1.TOFANREQ", *db, "--yes", "--grant", tmp_path / "g").code == 0
    )
    office = app.build_office(office_url)
    office.store.add_publication(
        Publication(version=12, at=AT, sha256="0" * 64, products=1, content=b"catalogue")
    )
    office.store.close()
    done = run("import", stick, *db)
    assert (done.code, done.err) == (0, "")
    assert "left beside them: 1" in done.out
    assert {path.name for path in stick.iterdir()} == {
        *("CTW1-1.TOFANREQ", "CTW1-1.tofangrant", "catalogue-00000012.tofancat"),
    }
    again = run("import", stick, *db, "--json")
    assert (again.code, again.json["grants"]) == (0, [str(stick / "CTW1-1.tofangrant")])
    # Where it cannot be left, that is told, and that nothing is there is not.
    (stick / "CTW1-1.tofangrant").unlink()
    (stick / "CTW1-1.tofangrant" / "x").mkdir(parents=True)
    failed = run("import", stick, *db)
    assert failed.code == 1
    assert str(stick) in failed.err
    assert "no sync file" not in failed.err
    (tmp_path / "empty").mkdir()
    nothing = run("import", tmp_path / "empty", *db)
    assert (nothing.code, "no sync file" in nothing.err) == (1, True)


def test_import_answers_where_it_read(
    run: Run, db: tuple[str, str], office_url: str, tmp_path: Path
) -> None:
    one, other = Till.with_sales(5), Till.with_sales(2, code="MBK2", key=key_of("other"))
    for till in (one, other):
        run("enrol", till.save_request(tmp_path), *db, "--yes")
    office = app.build_office(office_url)
    office.store.add_publication(
        Publication(version=12, at=AT, sha256="0" * 64, products=1, content=b"catalogue")
    )
    office.store.close()
    inbox, deep = tmp_path / "inbox", tmp_path / "inbox" / "b"
    deep.mkdir(parents=True)
    one.save(inbox, 1, 3)
    other.save(deep)
    assert run("import", inbox, *db, "--no-answer").code == 0
    assert not list(inbox.rglob("*.tofanack"))
    done = run("import", inbox, *db, "--json")
    assert [file["answered"] for file in done.json["files"]] == [True, True]
    letter = acknowledgement_in((inbox / "CTW1-1.tofanack").read_bytes()).body
    assert (letter.head, letter.catalogue, letter.standing) == (3, 12, Standing.TRUSTED)
    assert acknowledgement_in((deep / "MBK2-1.tofanack").read_bytes()).body.head == 2
    for folder in (inbox, deep):
        assert (folder / "catalogue-00000012.tofancat").read_bytes() == b"catalogue"
    assert {one["silent"] for one in run("tills", *db, "--json").json["tills"]} == {False}
    assert all(one["heard_at"] for one in run("tills", *db, "--json").json["tills"])
    # A revoked till is told so, on the stick it sends with.
    assert run("revoke", "CTW1", *db).code == 0
    refused = run("import", one.save(inbox, 4), *db)
    assert refused.code == 1
    letter = acknowledgement_in((inbox / "CTW1-1.tofanack").read_bytes()).body
    assert letter.standing is Standing.REVOKED


def test_a_folder_that_cannot_be_answered_is_told_and_the_files_are_in(
    run: Run, db: tuple[str, str], office_url: str, tmp_path: Path
) -> None:
    till = Till.with_sales(5)
    run("enrol", till.save_request(tmp_path), *db, "--yes")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    till.save(inbox)
    # Even the superuser cannot put a file in the place of a folder.
    (inbox / "CTW1-1.tofanack" / "x").mkdir(parents=True)
    done = run("import", inbox, *db, "--json")
    assert (done.code, done.json["added"]) == (0, 5)
    assert done.json["files"][0]["answered"] is False
    assert str(inbox) in done.err
    assert len(all_rows(office_url)["entry"]) == 5


def test_a_fork_is_kept_apart_and_becomes_a_task(
    run: Run, db: tuple[str, str], tmp_path: Path
) -> None:
    till = Till.with_sales(8)
    copy = rung(till.branch(5), 2, start=50)
    run("enrol", till.save_request(tmp_path), *db, "--yes")
    run("import", till.save(tmp_path), *db)
    assert run("tasks", *db, "--json").json == {"tasks": []}
    kept = run("import", copy.save(tmp_path, 6), *db, "--json")
    assert (kept.code, kept.json["quarantined"], kept.json["refused"]) == (1, 1, 0)
    (file,) = kept.json["files"]
    assert (file["outcome"], file["parted_at"], file["sales_apart"]) == ("quarantined", 6, 2)
    assert file["total_apart"] == "214.00"
    assert "kept apart" in kept.err
    found = run("tasks", *db, "--json")
    assert found.code == 1
    (task,) = found.json["tasks"]
    assert set(task) == {
        *("id", "kind", "tills", "epoch", "sentence", "sales", "total", "runs", "missing"),
        *("gaps", "conflict", "heard_at", "settled_before", "turned_away"),
    }
    assert (task["id"], task["kind"], task["sales"]) == ("fork-CTW1-1-6", "fork", 2)
    (run_apart,) = task["runs"]
    assert set(run_apart) == {"first", "last", "parted_at", "at", "sales", "total", "sha256"}
    assert "fork-CTW1-1-6" in run("tasks", *db).out
    assert "kept apart: 1. See: tofan-office tasks\n" in run("tills", *db).out
    nobody = run("settle", task["id"], *db, "--by", " ", "--note", "spare till")
    assert (nobody.code, "Say who has dealt with it" in nobody.err) == (1, True)
    silent = run("settle", task["id"], *db, "--by", "Auditor", "--note", " ")
    assert (silent.code, "Give a reason" in silent.err) == (1, True)
    assert run("settle", task["id"], *db, "--by", "Auditor", "--note", "spare till").code == 0
    assert run("settle", task["id"], *db, "--by", "Auditor", "--note", "again").code == 1
    nothing = run("tasks", *db)
    assert (nothing.code, "nothing" in nothing.out) == (0, True)
    assert "settled: 1. See: tofan-office tasks --settled" in run("tills", *db).out
    again = run("import", copy.save(tmp_path, 6), *db)
    assert (again.code, "the same branch again" in again.err) == (1, True)


def test_what_was_settled_can_be_seen(run: Run, db: tuple[str, str], tmp_path: Path) -> None:
    assert "Nobody has settled" in run("tasks", *db, "--settled").out
    till = Till.with_sales(8)
    run("enrol", till.save_request(tmp_path), *db, "--yes")
    run("import", till.save(tmp_path, 3, 5), *db)
    run("settle", "gap-CTW1-1", *db, "--by", "Auditor", "--note", "the stick is lost")
    done = run("tasks", *db, "--settled")
    assert done.code == 0
    assert "1–2" in done.out
    assert "Settled by Auditor on " in done.out
    assert "the stick is lost" in done.out
    assert "grown" not in done.out
    (one,) = run("tasks", *db, "--settled", "--json").json["settled"]
    assert set(one) == {"id", "sentence", "at", "by", "note", "grown"}
    assert (one["id"], one["by"], one["grown"]) == ("gap-CTW1-1", "Auditor", False)
    run("import", till.save(tmp_path, 8), *db)
    assert "grown" in run("tasks", *db, "--settled").out
    run("import", till.save(tmp_path), *db)
    (gone,) = run("tasks", *db, "--settled", "--json").json["settled"]
    assert (gone["sentence"], gone["grown"]) == (None, False)
    assert "the stick is lost" in run("tasks", *db, "--settled").out


def test_tills_are_told(run: Run, db: tuple[str, str], tmp_path: Path) -> None:
    assert "No till" in run("tills", *db).out
    till = Till.with_sales(8)
    run("enrol", till.save_request(tmp_path), *db, "--yes")
    run("import", till.save(tmp_path, 3), *db)
    (one,) = run("tills", *db, "--json").json["tills"]
    assert set(one) == {
        *("till", "epoch", "fingerprint", "standing", "why", "after", "head", "told"),
        *("heard_at", "enrolled_at", "missing", "gaps", "quarantined", "program", "catalogue"),
        *("newest", "silent"),
    }
    assert (one["till"], one["standing"], one["head"], one["missing"]) == ("CTW1", "trusted", 0, 2)
    assert one["fingerprint"] == till.request().fingerprint
    assert till.request().fingerprint in run("tills", *db).out
    assert run("retire", "CTW1", *db).code == 0
    assert run("tills", *db, "--json").json["tills"][0]["standing"] == "retired"
    assert run("revoke", "CTW1", *db, "--epoch", "1").code == 0
    assert run("tills", *db, "--json").json["tills"][0]["standing"] == "revoked"
    for verb in ("revoke", "retire"):
        missing = run(verb, "XXX9", *db)
        assert (missing.code, missing.out) == (1, "")
        assert "XXX9" in missing.err


def test_acknowledge_leaves_a_letter_for_every_till(
    run: Run, db: tuple[str, str], tmp_path: Path
) -> None:
    one = Till.with_sales(5)
    second = rung(one.next_epoch(), 1, start=6)
    other = Till.with_sales(2, code="MBK2", key=key_of("other"))
    for till in (one, second, other):
        run("enrol", till.save_request(tmp_path), *db, "--yes")
        run("import", till.save(tmp_path), *db, "--no-answer")
    stick = tmp_path / "stick"
    done = run("acknowledge", *db, "--to", stick, "--json")
    names = sorted(path.name for path in stick.iterdir())
    assert names == ["CTW1-2.tofanack", "MBK2-1.tofanack"]
    assert sorted(Path(file).name for file in done.json["files"]) == names
    letter = acknowledgement_in((stick / "CTW1-2.tofanack").read_bytes()).body
    assert (letter.head, letter.newest_epoch) == (7, 2)
    # A later word is a newer one.
    run("acknowledge", *db, "--to", stick)
    assert acknowledgement_in((stick / "CTW1-2.tofanack").read_bytes()).body.serial > letter.serial


def test_a_strangers_file_never_makes_a_till_think_itself_taken(
    run: Run, db: tuple[str, str], tmp_path: Path
) -> None:
    till = Till.with_sales(5)
    run("enrol", till.save_request(tmp_path), *db, "--yes")
    stick = tmp_path / "stick"
    stick.mkdir()
    replace(till, key=key_of("stranger")).save(stick)
    assert run("import", stick, *db).code == 1
    assert [path.suffix for path in stick.iterdir()] == [".tofan"]

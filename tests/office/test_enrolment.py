"""A till is trusted once, by its key, and by nothing else."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.office.forge import AT, Till, all_rows, key_of
from tofan_pos.app import Office
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.office.enrolment import enrol
from tofan_pos.sync.enrolment import Request, read_request, write_request
from tofan_pos.sync.sales import read_moment


def trust(office: Office, request: Request) -> bool:
    return enrol(office.store, request, clock=lambda: read_moment(AT))


def test_a_till_is_enrolled_once(office: Office, office_url: str) -> None:
    request = Till().request()
    assert trust(office, request) is True
    before = all_rows(office_url)
    assert trust(office, request) is False
    assert all_rows(office_url) == before
    (known,) = office.store.tills()
    assert (known.till, known.epoch, known.public_key) == ("CTW1", 1, request.public_key)
    assert known.enrolled_at == AT


def test_another_key_for_the_same_till_is_refused(office: Office, office_url: str) -> None:
    trust(office, Till().request())
    before = all_rows(office_url)
    with pytest.raises(Refusal) as refused:
        trust(office, Till(key=key_of("stranger")).request())
    assert refused.value.why is Why.ALREADY_ENROLLED
    assert all_rows(office_url) == before


def test_one_key_cannot_be_two_tills(office: Office, office_url: str) -> None:
    trust(office, Till().request())
    before = all_rows(office_url)
    with pytest.raises(Refusal) as refused:
        trust(office, Till("MBK2").request())
    assert refused.value.why is Why.ALREADY_ENROLLED
    assert all_rows(office_url) == before


def test_a_new_epoch_is_enrolled_beside_the_old(office: Office) -> None:
    trust(office, Till().request())
    assert trust(office, Till(epoch=2, key=key_of("second")).request()) is True
    assert [(t.till, t.epoch) for t in office.store.tills()] == [("CTW1", 1), ("CTW1", 2)]


def test_a_request_is_read_as_it_was_written(tmp_path: Path) -> None:
    till = Till("MBK2", epoch=3)
    assert read_request(till.save_request(tmp_path)) == till.request()


def test_every_changed_byte_of_a_request_is_noticed(tmp_path: Path) -> None:
    path = Till().save_request(tmp_path)
    content = path.read_bytes()
    for at in range(len(content)):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        if at == len(content) - 1:
            continue  # the line break at the end, which is a comfort for editors
        with pytest.raises(Refusal) as refused:
            read_request(path)
        assert refused.value.why is Why.NOT_AN_ENROLMENT


def test_a_request_signed_by_another_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "request.json"
    path.write_bytes(write_request(Till().request(), key_of("stranger")))
    with pytest.raises(Refusal) as refused:
        read_request(path)
    assert refused.value.why is Why.NOT_AN_ENROLMENT


@pytest.mark.parametrize("code", ["ctw1", "C", "../../etc", "CTW1\0", "A" * 40, ""])
def test_a_request_for_no_till_code_is_refused(tmp_path: Path, code: str) -> None:
    path = tmp_path / "request.json"
    path.write_bytes(write_request(replace(Till().request(), till=code), Till().key))
    with pytest.raises(Refusal) as refused:
        read_request(path)
    assert refused.value.why is Why.NOT_AN_ENROLMENT


@pytest.mark.parametrize("epoch", [2**31, 2**53 - 1])
def test_a_request_for_an_epoch_no_column_holds_is_refused(tmp_path: Path, epoch: int) -> None:
    with pytest.raises(Refusal):
        read_request(Till(epoch=epoch).save_request(tmp_path))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[" * 4000,
        b'{"request":' * 300,
        b"\xff\xfe",
        b"x" * 5000,
        json.dumps({"request": {}, "signature": ""}).encode(),
    ],
)
def test_what_is_no_request_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "request.json"
    path.write_bytes(content)
    with pytest.raises(Refusal) as refused:
        read_request(path)
    assert refused.value.why is Why.NOT_AN_ENROLMENT


def test_a_request_that_is_not_there_is_a_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as trouble:
        read_request(tmp_path / "nowhere.json")
    assert trouble.value.ailment is Ailment.FILE_UNREADABLE

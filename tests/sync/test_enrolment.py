"""The enrolment request: whole and signed by the key it brings, or refused."""

from pathlib import Path

import pytest

from tests.sync.records import KEY
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.sync.enrolment import Beginning, Request, read_request, write_request
from tofan_pos.sync.keys import SigningKey, fingerprint

INSTALL = "0123456789abcdef" * 2
REQUEST = Request("CTW1", 1, INSTALL, KEY.public)
CONTENT = write_request(REQUEST, KEY)


def refused(path: Path, content: bytes) -> bool:
    path.write_bytes(content)
    try:
        found = read_request(path)
    except Refusal as refusal:
        assert refusal.why is Why.NOT_AN_ENROLMENT  # noqa: PT017
        return True
    assert found == REQUEST, "a forged request was believed"
    return False


def test_a_request_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "request.json"
    path.write_bytes(CONTENT)
    found = read_request(path)
    assert found == REQUEST
    assert found.fingerprint == fingerprint(KEY.public)


def test_a_later_epoch_says_where_it_begins(tmp_path: Path) -> None:
    request = Request("CTW1", 2, INSTALL, KEY.public, Beginning.RESTORED, 57, "ab" * 32, "0.1.0")
    path = tmp_path / "request.json"
    path.write_bytes(write_request(request, KEY))
    assert read_request(path) == request


def test_tampering_with_any_byte_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "request.json"
    for mask in (0x01, 0x20):
        for place in range(len(CONTENT) - 1):
            changed = bytearray(CONTENT)
            changed[place] ^= mask
            assert refused(path, bytes(changed)), place


def test_a_cut_at_any_length_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "request.json"
    for length in range(len(CONTENT) - 1):
        assert refused(path, CONTENT[:length]), length


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[" * 5000,
        b"\xff\xfe" + CONTENT,
        CONTENT + CONTENT,
        CONTENT.rstrip() + b" " * 5000,
        CONTENT.replace(b'"epoch":1', b'"epoch":1.0'),
        CONTENT.replace(b'"epoch":1', b'"epoch":1,"epoch":2'),
        CONTENT.replace(b'{"body"', b'{"more":1,"body"'),
        write_request(Request("../etc", 1, INSTALL, KEY.public), KEY),
        write_request(REQUEST, SigningKey(bytes(32))),
        write_request(Request("CTW1", 1, INSTALL, KEY.public[:-1]), KEY),
        write_request(Request("CTW1", 0, INSTALL, KEY.public), KEY),
        write_request(Request("CTW1", 2, INSTALL, KEY.public), KEY),
        write_request(Request("CTW1", 1, INSTALL, KEY.public, Beginning.MOVED), KEY),
        write_request(Request("CTW1", 2, INSTALL, KEY.public, Beginning.MOVED, 5), KEY),
    ],
)
def test_what_is_no_request(tmp_path: Path, content: bytes) -> None:
    assert refused(tmp_path / "request.json", content)


@pytest.mark.parametrize(
    "install_id",
    [
        "",
        "install-1",
        "../" * 11,
        INSTALL[:-1],
        INSTALL + "0",
        INSTALL + "\n",
        INSTALL.upper(),
        INSTALL[:-1] + "g",
        INSTALL[:-1] + "๑",
        INSTALL[:-1] + "\0",
        "4111111111111111\x1b[2J",
    ],
)
def test_an_installation_is_named_by_32_digits_and_nothing_else(
    tmp_path: Path, install_id: str
) -> None:
    content = write_request(Request("CTW1", 1, install_id, KEY.public), KEY)
    assert refused(tmp_path / "request.json", content)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(Trouble) as trouble:
            read_request(path)
        assert trouble.value.ailment is Ailment.FILE_UNREADABLE

"""`tofan-office serve`, as people start it: what it refuses, and whom it believes."""

import resource
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.net.answering import PATIENCE
from tests.net.carrying import now
from tests.net.certificates import Authority, Certified
from tests.net.headquarters import ROOT, Headquarters
from tests.net.letters import hello_of
from tests.office.forge import Till
from tofan_pos.app import Office
from tofan_pos.cli import office as command
from tofan_pos.office.serving import FILES
from tofan_pos.sync.address import Patience
from tofan_pos.sync.contact import acknowledgement_in
from tofan_pos.sync.https import Line

Refused = Callable[..., tuple[int, str]]
UNHURRIED = Patience(connect=PATIENCE, read=PATIENCE, total=PATIENCE)


@pytest.fixture
def office_url(tmp_path: Path) -> str:
    """Have one kind of database: none of this is about it."""
    return f"sqlite:///{tmp_path}/office.db"


@pytest.fixture
def refused(
    office_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Refused:
    """Run it where it will not; return its exit code and what it complained of."""
    monkeypatch.setenv("TOFAN_LANG", "en")

    def run(*options: object) -> tuple[int, str]:
        arguments = ["tofan-office", "serve", "--db", office_url, *map(str, options)]
        monkeypatch.setattr(sys, "argv", arguments)
        with pytest.raises(SystemExit) as left:
            command.main()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        assert not said.out
        return int(left.value.code or 0), said.err

    return run


def asked(port: int, head: bytes, body: bytes = b"") -> tuple[int, bytes]:
    """Ask over a plain connection; return the status and the body."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as peer:
        peer.sendall(head + b"\r\nhost: a\r\nconnection: close\r\n")
        peer.sendall(b"content-length: %d\r\n\r\n" % len(body) + body)
        answer = b""
        while piece := peer.recv(65536):
            answer += piece
    told, _, content = answer.partition(b"\r\n\r\n")
    return int(told.split(b" ")[1]), content


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "office.example"])  # noqa: S104
def test_nobody_is_let_read_along(refused: Refused, host: str) -> None:
    code, said = refused("--host", host)
    assert code == 2
    assert f"{host} is open to others" in said


@pytest.mark.usefixtures("office")
def test_a_certificate_and_its_key_belong_together(refused: Refused, tmp_path: Path) -> None:
    made = Authority(tmp_path).vouch("127.0.0.1")
    for option, path in (("--tls-cert", made.certificate), ("--tls-key", made.key)):
        code, said = refused(option, path)
        assert code == 2
        assert "belong together" in said


@pytest.mark.usefixtures("office")
def test_a_certificate_that_does_not_do(refused: Refused, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pem"
    bad.write_text("nothing")
    for path in (bad, tmp_path / "missing.pem"):
        code, said = refused("--tls-cert", path, "--tls-key", path)
        assert code == 1
        assert path.name in said


@pytest.mark.usefixtures("office")
def test_a_place_that_is_taken(refused: Refused) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, said = refused("--port", port)
    assert code == 1
    assert f"127.0.0.1:{port}" in said


@pytest.mark.usefixtures("office")
def test_a_network_that_is_none(refused: Refused) -> None:
    code, said = refused("--metrics-from", "everywhere")
    assert code == 2
    assert "everywhere" in said


def test_a_database_that_was_never_made(refused: Refused) -> None:
    code, said = refused()
    assert code == 1
    assert "tofan-office init" in said


def test_over_tls_of_its_own(office: Office, office_url: str, till: Till, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    made: Certified = authority.vouch("127.0.0.1", "localhost")
    with Headquarters(office_url, certified=made) as receiver:
        address = f"https://127.0.0.1:{receiver.port}"
        line = Line(address, program="1", clock=now, ca_file=authority.file, patience=UNHURRIED)
        with closing(line):
            said = acknowledgement_in(line.hello(hello_of(till)))
    assert said.office_key == office.key().public


@pytest.mark.usefixtures("office")
@pytest.mark.skipif(sys.platform != "linux", reason="told by this system only")
def test_it_may_open_as_many_files_as_it_needs(office_url: str) -> None:
    with Headquarters(office_url, files=64) as receiver:
        soft, hard = resource.prlimit(receiver.pid, resource.RLIMIT_NOFILE)
    assert soft == min(FILES, hard)


@pytest.mark.usefixtures("office")
def test_whose_word_on_who_asks_is_believed(office_url: str) -> None:
    """The meters are for this machine: who says so of itself is not believed."""
    forwarded = b"GET /metrics HTTP/1.1\r\nx-forwarded-for: 127.0.0.1"
    outside = b"GET /metrics HTTP/1.1\r\nx-forwarded-for: 192.0.2.1"
    with Headquarters(office_url) as receiver:
        assert asked(receiver.port, b"GET /metrics HTTP/1.1")[0] == 200
        assert asked(receiver.port, forwarded)[0] == 404
    with Headquarters(
        office_url, "--behind-proxy", "--metrics-from", "198.51.100.0/24"
    ) as receiver:
        assert asked(receiver.port, outside)[0] == 404
        within = b"GET /metrics HTTP/1.1\r\nx-forwarded-for: 198.51.100.9"
        assert asked(receiver.port, within)[0] == 404, "nobody asks for them through the proxy"
        assert asked(receiver.port, b"GET /metrics HTTP/1.1")[0] == 200


@pytest.mark.usefixtures("office")
def test_behind_a_proxy_each_address_has_its_own_tries(office_url: str) -> None:
    with Headquarters(office_url, "--behind-proxy") as receiver:

        def tries(address: bytes) -> int:
            head = b"POST /v1/hello HTTP/1.1\r\nx-forwarded-for: " + address
            for count in range(1000):
                if asked(receiver.port, head, b"{}")[0] == 429:
                    return count
            return 1000

        assert tries(b"192.0.2.1") < 1000
        head = b"POST /v1/hello HTTP/1.1\r\nx-forwarded-for: 192.0.2.2"
        assert asked(receiver.port, head, b"{}")[0] == 400


def test_a_till_starts_without_the_network() -> None:
    """What speaks over it is only loaded by who does."""
    code = (
        "import sys, tofan_pos.app, tofan_pos.counter.courier, tofan_pos.sync.https;"
        "print([name for name in ('urllib3', 'http.client', 'ssl') if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"

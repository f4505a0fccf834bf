"""Printers on a wire and in a folder."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.printing.devices import (
    ANSWER_SECONDS,
    LAST_WORDS_SECONDS,
    MOST_LAST_WORDS,
    NetworkPrinter,
    open_printer,
)

STATUS = b"\x10\x04\x02\x10\x04\x04"
READY = b"\x12\x12"


@contextmanager
def listening(
    answer: bytes, *, hang_up_after: int | None = None
) -> Iterator[tuple[str, bytearray]]:
    """Run a printer that answers a status question, and yield its address and what it took."""
    took = bytearray()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                while data := connection.recv(4096):
                    took.extend(data)
                    if bytes(took) == STATUS and answer:
                        connection.sendall(answer)
                    if hang_up_after is not None and len(took) >= hang_up_after:
                        return

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"tcp:127.0.0.1:{server.getsockname()[1]}", took
        thread.join(10)


@pytest.mark.parametrize("answer", [READY, b"", b"\x12", b"??"], ids=repr)
def test_a_printer_that_is_ready_or_says_nothing_sensible_gets_every_byte(answer: bytes) -> None:
    data = bytes(range(256)) * 400
    with listening(answer) as (address, took):
        open_printer(address).send(data, name="CTW1-R000042")
    assert bytes(took) == STATUS + data


@pytest.mark.parametrize(
    "answer",
    [b"\x16\x12", b"\x32\x12", b"\x52\x12", b"\x12\x72"],
    ids=["cover", "end", "error", "paper"],
)
def test_a_printer_that_cannot_print_gets_nothing(answer: bytes) -> None:
    with listening(answer) as (address, took):
        with pytest.raises(Trouble) as caught:
            open_printer(address).send(b"receipt", name="n")
        assert caught.value.ailment is Ailment.PRINTER_STOPPED
        assert caught.value.facts == {"address": address}
    assert bytes(took) == STATUS


def test_a_printer_that_hangs_up_has_stopped() -> None:
    with listening(READY, hang_up_after=len(STATUS) + 1) as (address, _):
        with pytest.raises(Trouble) as caught:
            open_printer(address).send(b"x" * 30_000_000, name="n")
        assert caught.value.ailment is Ailment.PRINTER_STOPPED


class Dribbling:
    """A printer that says one byte more each time the clock is read again; a step passes each."""

    def __init__(self, server: socket.socket, words: bytes, *, step: float) -> None:
        self.server, self.words, self.step = server, words, step
        self.now = 0.0
        self.said = 0

    def __call__(self) -> float:
        assert self.said < 200, "the printer is listened to for ever"
        if not self.now:
            self.connection, _ = self.server.accept()
        else:
            at = min(self.said, len(self.words) - 1)
            self.connection.sendall(self.words[at : at + 1])
            self.said += 1
        self.now += self.step
        return self.now


def test_a_printer_that_never_stops_talking_is_left_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        clock = Dribbling(server, READY + b"\0", step=0.15)
        NetworkPrinter(host="127.0.0.1", port=server.getsockname()[1], clock=clock).send(
            b"receipt", name="n"
        )
        with clock.connection:
            assert clock.connection.recv(4096) == STATUS + b"receipt"
    assert clock.now <= ANSWER_SECONDS + LAST_WORDS_SECONDS + 4 * clock.step


def test_an_answer_that_dribbles_in_too_late_is_no_answer() -> None:
    out_of_paper = b"\x12\x72"
    with socket.create_server(("127.0.0.1", 0)) as server:
        clock = Dribbling(server, out_of_paper, step=0.3)
        NetworkPrinter(host="127.0.0.1", port=server.getsockname()[1], clock=clock).send(
            b"receipt", name="n"
        )
        with clock.connection:
            assert clock.connection.recv(4096) == STATUS + b"receipt"


def test_a_printer_that_floods_is_heard_no_further() -> None:
    flood, sent = bytes(64 * 1024), 0
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            nonlocal sent
            connection, _ = server.accept()
            with connection, suppress(OSError):
                connection.recv(len(STATUS))
                connection.sendall(READY)
                while sent < 64 * 1024 * 1024:
                    connection.sendall(flood)
                    sent += len(flood)

        thread = threading.Thread(target=serve)
        thread.start()
        port = server.getsockname()[1]
        stopped = NetworkPrinter(host="127.0.0.1", port=port, clock=lambda: 0.0)
        stopped.send(b"receipt", name="n")
        thread.join(10)
    assert MOST_LAST_WORDS < sent < 64 * 1024 * 1024


def test_a_printer_that_is_not_there_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(Trouble) as caught:
        open_printer(f"tcp:127.0.0.1:{port}").send(b"x", name="n")
    assert caught.value.ailment is Ailment.PRINTER_UNREACHABLE


def test_a_folder_gets_one_whole_file_for_each_receipt(tmp_path: Path) -> None:
    printer = open_printer(f"file:{tmp_path / 'out'}")
    printer.send(b"one", name="CTW1-R000042")
    printer.send(b"two", name="CTW1-R000042")
    printer.send(b"up", name="../../etc/passwd")
    found = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert found == {
        "CTW1-R000042.escpos": b"one",
        "CTW1-R000042_2.escpos": b"two",
        "_.._etc_passwd.escpos": b"up",
    }


def test_a_folder_whose_place_is_gone_is_unreachable(tmp_path: Path) -> None:
    address = f"file:{tmp_path / 'usb' / 'receipts'}"
    with pytest.raises(Trouble) as caught:
        open_printer(address).send(b"x", name="n")
    assert caught.value.ailment is Ailment.PRINTER_UNREACHABLE
    assert caught.value.facts == {"address": address}


def test_a_plain_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"mine")
    with pytest.raises(Trouble) as caught:
        open_printer(f"file:{tmp_path / 'taken'}").send(b"x", name="n")
    assert caught.value.ailment is Ailment.PRINTER_STOPPED
    assert (tmp_path / "taken").read_bytes() == b"mine"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "tcp:",
        "tcp:host",
        "tcp:host:0",
        "tcp:host:65536",
        "tcp:host:9100;rm",
        "tcp:a b:9100",
        "file:",
        "file: ",
        "file:a\0b",
        "usb:1",
        "9100",
    ],
)
def test_any_other_address_is_refused(address: str) -> None:
    with pytest.raises(Refusal) as caught:
        open_printer(address)
    assert caught.value.why is Why.SETTING_VALUE
    assert caught.value.facts == {"name": "printer", "value": address}

"""The guards around every test do catch what they are for."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import guards

ROOT = Path(__file__).resolve().parents[2]

QUIETLY = ("-q", "-rE", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", ".")

CULPRITS = """
import threading
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QWidget

kept = []

def test_leaves_a_thread():
    thread = threading.Thread(target=threading.Event().wait, daemon=True)
    thread.start()

def test_leaves_a_window(qapp):
    window = QWidget()
    window.show()
    kept.append(window)

def test_leaves_a_timer(qapp):
    timer = QTimer()
    timer.start(60_000)
    kept.append(timer)

def test_leaves_a_qt_thread(qapp):
    thread = QThread()
    thread.start()
    kept.append(thread)

def test_calls_home_and_swallows():
    import socket
    try:
        socket.getaddrinfo("example.org", 443)
    except BaseException:
        pass

def test_is_tidy(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    thread = threading.Thread(target=str)
    thread.start()

def test_end():
    kept[-1].quit()
    kept[-1].wait()
"""


def test_every_culprit_is_caught(tmp_path: Path) -> None:
    culprits = tmp_path / "test_culprits.py"
    culprits.write_text(CULPRITS)
    ran = subprocess.run(
        (sys.executable, "-m", "pytest", "-p", "tests.guards", *QUIETLY, culprits),
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    caught = {
        line.partition("::")[2].partition(" ")[0]
        for line in ran.stdout.splitlines()
        if line.startswith("ERROR ")
    }
    assert caught == {
        "test_leaves_a_thread",
        "test_leaves_a_window",
        "test_leaves_a_timer",
        "test_leaves_a_qt_thread",
        "test_calls_home_and_swallows",
    }, ran.stdout


def test_a_socket_to_elsewhere_is_refused() -> None:
    with socket.socket() as caller, pytest.raises(guards.TrespassError):
        caller.connect(("192.0.2.1", 9))
    with socket.socket() as server, pytest.raises(guards.TrespassError):
        server.bind(("", 0))
    with socket.socket(type=socket.SOCK_DGRAM) as caller, pytest.raises(guards.TrespassError):
        caller.sendto(b"x", ("192.0.2.1", 9))
    guards.trespasses.clear()


def test_a_socket_at_home_is_allowed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


@given(st.ip_addresses())
def test_only_loopback_is_home(address: object) -> None:
    assert guards.is_home(str(address)) == getattr(address, "is_loopback", None)


def test_no_test_sees_a_persons_home_or_keyring() -> None:
    home = Path.home()
    assert home.name.startswith("tofan-home-")
    for name, value in os.environ.items():
        if name.startswith("XDG_") and name.endswith(("_HOME", "_DIR")):
            assert Path(value).is_relative_to(home)
    assert os.environ["PYTHON_KEYRING_BACKEND"] == "keyring.backends.fail.Keyring"

"""Hides what no test may leave behind or reach for: threads, windows, timers, the network."""

import gc
import ipaddress
import socket
import sys
import threading
from collections.abc import Iterator

import pytest

PATIENCE = 2.0
"""Seconds a thread that was told to stop may take to do so."""

TOOLTIP = "qtooltip_label"
"""The one window Qt keeps for itself, to show it again elsewhere."""

trespasses: list[str] = []


@pytest.fixture(scope="session", autouse=True)
def one_application(request: pytest.FixtureRequest) -> None:
    """Make Qt's application the one with windows, whichever test comes first to draw something.

    It is asked for by name, so that `qapp` still marks the tests that open windows themselves.
    """
    request.getfixturevalue("qapp")


class TrespassError(AssertionError):
    """A test reached beyond this machine."""


def is_home(host: object) -> bool:
    """Tell whether an address of `connect`, `bind` or a look-up stays on this machine."""
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    if host is None or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse, and remember for code that swallows errors, every socket that leaves the machine."""
    if event == "socket.getaddrinfo":
        host: object = arguments[0]
    elif event in {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}:
        peer, address = arguments[:2]
        if not isinstance(peer, socket.socket) or not isinstance(address, tuple):
            return  # a path, or a socket that was connected before
        if peer.family not in {socket.AF_INET, socket.AF_INET6}:
            return
        host = address[0]
    else:
        return
    if not is_home(host):
        trespasses.append(f"{event} {host!r}")
        raise TrespassError(trespasses[-1])


# An audit hook sees what every library does, and cannot be taken out again by one.
sys.addaudithook(watch)


@pytest.fixture(autouse=True)
def stays_home() -> Iterator[None]:
    trespasses.clear()
    yield
    assert not trespasses, f"the test left this machine: {trespasses}"


@pytest.fixture(autouse=True)
def ends_its_threads() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    # A thread of Qt's that ran Python appears as a dummy for ever; running ones are found below.
    dummy: type[threading.Thread] = threading._DummyThread  # noqa: SLF001
    begun = [
        thread
        for thread in threading.enumerate()
        if thread not in before and not isinstance(thread, dummy)
    ]
    for thread in begun:
        thread.join(PATIENCE)
    left = [thread.name for thread in begun if thread.is_alive()]
    assert not left, f"threads still run after the test: {left}"


@pytest.fixture(autouse=True)
def closes_its_windows(request: pytest.FixtureRequest) -> Iterator[None]:
    if "qapp" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("qapp")
    before = set(_alive())
    yield
    after = {key: what for key, what in _alive().items() if key not in before}
    assert not after, f"still there after the test: {sorted(after.values())}"


def _alive() -> dict[int, str]:
    """Return what lives in Qt by address: windows, active timers, running threads."""
    from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QTimer  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415
    from shiboken6 import Shiboken  # noqa: PLC0415

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    found: list[QObject] = [
        widget for widget in QApplication.topLevelWidgets() if widget.objectName() != TOOLTIP
    ]
    for thing in gc.get_objects():
        if not issubclass(type(thing), QTimer | QThread) or not Shiboken.isValid(thing):
            continue
        if thing.isActive() if isinstance(thing, QTimer) else thing.isRunning():
            found.append(thing)
    return {Shiboken.getCppPointer(thing)[0]: repr(thing) for thing in found}

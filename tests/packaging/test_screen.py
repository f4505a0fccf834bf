"""A display counts only where somebody answers."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from screen import has_screen


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        yield server


def test_no_display_is_no_screen() -> None:
    assert not has_screen({}, platform="linux")


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_always_have_one(platform: str) -> None:
    assert has_screen({}, platform=platform)


def test_wayland_that_answers(listener: socket.socket, tmp_path: Path) -> None:
    listener.bind(str(tmp_path / "wayland-7"))
    named = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert not has_screen(named, platform="linux")
    listener.listen()
    assert has_screen(named, platform="linux")


def test_x11_that_answers_in_the_abstract_space(listener: socket.socket) -> None:
    # That space is the whole machine's: another run must not have the same name.
    number = 100_000 + os.getpid()
    assert not has_screen({"DISPLAY": f":{number}.0"}, platform="linux")
    listener.bind(f"\0/tmp/.X11-unix/X{number}")
    listener.listen()
    assert has_screen({"DISPLAY": f":{number}.0"}, platform="linux")


def test_x11_over_the_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1] - 6000
        assert has_screen({"DISPLAY": f"127.0.0.1:{number}.0"}, platform="linux")
    assert not has_screen({"DISPLAY": f"127.0.0.1:{number}.0"}, platform="linux")


@pytest.mark.parametrize("display", ["", ":", "here", ":x", "127.0.0.1:99999"])
def test_a_display_that_makes_no_sense(display: str) -> None:
    assert not has_screen({"DISPLAY": display}, platform="linux")

"""Hides the operating system: which libraries and programs are missing, and who installs them.

The names of the libraries are those Qt's own files ask for; the packages are Debian's.
"""

import ctypes
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from steps import CannotGoOn, step

WIDGETS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""What Qt's widgets load even where nothing is shown."""

SCREEN = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt adds for a real screen."""

PROGRAMS = {
    "Xvfb": "xvfb",
    "initdb": "postgresql",
    "pdftoppm": "poppler-utils",
    "pdftotext": "poppler-utils",
}
"""What only the tests start: a screen without glass, a private PostgreSQL, a PDF reader."""


def missing(level: str) -> dict[str, str]:
    """Return what this level needs and the system lacks: its name, and Debian's package."""
    lacking: dict[str, str] = {}
    if sys.platform == "linux":
        wanted = WIDGETS if level == "run" else {**WIDGETS, **SCREEN}
        lacking = {name: package for name, package in wanted.items() if not loads(name)}
    if level == "test":
        for name, package in PROGRAMS.items():
            if name == "Xvfb" and sys.platform != "linux":
                continue
            if find_program(name) is None:
                lacking[name] = package
    return lacking


def loads(library: str) -> bool:
    """Tell whether the dynamic linker finds this library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def find_program(name: str) -> Path | None:
    """Return the program from the PATH, or from where Debian keeps PostgreSQL's."""
    found = shutil.which(name)
    if found is not None:
        return Path(found)
    return max(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), default=None)


def provide(lacking: dict[str, str]) -> None:
    """Install what is lacking where that is allowed, or say in one sentence what to install."""
    if not lacking:
        return
    packages = sorted(set(lacking.values()))
    if shutil.which("apt-get") is None:
        raise CannotGoOn(
            f"Install {', '.join(sorted(lacking))} with your system's package manager "
            "(Debian's packages of them are "
            f"{', '.join(packages)}), then run make again."
        )
    root = _root_prefix()
    if root is None:
        raise CannotGoOn(
            "Install some system packages, then run make again: "
            f"sudo apt-get install {' '.join(packages)}"
        )
    with step(f"Installing system packages: {' '.join(packages)}"):
        _apt(root, packages)


def check_widgets(python: Path) -> None:
    """Try to import Qt's widgets; install what the linker names, one by one, or name it."""
    tried: set[str] = set()
    probe = (python, "-Ic", "import PySide6.QtWidgets, PySide6.QtNetwork")
    while (ran := subprocess.run(probe, check=False, capture_output=True, text=True)).returncode:
        error = ran.stderr.strip().rpartition("\n")[2]
        named = re.search(r"(lib[\w.+-]+\.so[.\d]*): cannot open", error)
        library = named.group(1) if named else ""
        package = {**WIDGETS, **SCREEN}.get(library)
        if package is None or library in tried:
            raise CannotGoOn(
                f"Qt cannot be loaded; install {library or 'what it names'} with your system's "
                f"package manager, then run make again. ({error})"
            )
        tried.add(library)
        provide({library: package})


def _root_prefix() -> tuple[str, ...] | None:
    """Return what to put before a command to run it as root, or None where that needs a person."""
    if os.geteuid() == 0:
        return ()
    if shutil.which("sudo") is None:
        return None
    allowed = subprocess.run(("sudo", "-n", "true"), check=False, capture_output=True)
    return ("sudo", "-n") if allowed.returncode == 0 else None


def _apt(root: tuple[str, ...], packages: Iterable[str]) -> None:
    # A lock is waited for: a desktop may be looking for updates at this very moment.
    apt = (
        *root,
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-o",
        "DPkg::Lock::Timeout=120",
    )
    install = (*apt, "install", "-y", "-q", "--no-install-recommends", *packages)
    known = any(Path("/var/lib/apt/lists").glob("*_Packages*"))
    if known and _run(install) is None:
        return
    # A fresh system has no list of packages, an old one names versions that are gone.
    _run((*apt, "update", "-q"))
    error = _run(install)
    if error is not None:
        raise CannotGoOn(
            "The system packages could not be installed; run make again after: "
            f"sudo apt-get install {' '.join(packages)} ({error})"
        )


def _run(command: tuple[str, ...]) -> str | None:
    """Run a command; return None, or the line in which it says why it failed."""
    ran = subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if ran.returncode == 0:
        return None
    lines = [line for line in ran.stdout.splitlines() if line.strip()]
    return next((line for line in lines if line.startswith("E:")), lines[-1] if lines else "")

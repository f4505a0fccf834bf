"""Hides from every test the machine it runs on: its screen, home, keyring, language and hour."""

import atexit
import os
import shutil
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, settings

pytest_plugins = ("tests.figures", "tests.guards", "tests.office.fresh", "tests.postgres")

HOME = Path(tempfile.mkdtemp(prefix="tofan-home-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

# Set before anything is imported that reads them, and inherited by every program a test starts.
os.environ.update(
    HOME=str(HOME),
    USERPROFILE=str(HOME),
    APPDATA=str(HOME / "roaming"),
    LOCALAPPDATA=str(HOME / "local"),
    XDG_CACHE_HOME=str(HOME / "cache"),
    XDG_CONFIG_HOME=str(HOME / "config"),
    XDG_DATA_HOME=str(HOME / "data"),
    XDG_STATE_HOME=str(HOME / "state"),
    XDG_RUNTIME_DIR=str(HOME / "runtime"),
    LC_ALL="C.UTF-8",
    PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring",
    QT_QPA_PLATFORM="offscreen",
    # Far from Bangkok, and not by whole hours: a forgotten time zone shows.
    TZ="FAR+09:30",
)
for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "LANGUAGE", "LANG"):
    os.environ.pop(name, None)
Path(os.environ["XDG_RUNTIME_DIR"]).mkdir(mode=0o700)
if hasattr(time, "tzset"):
    time.tzset()

# The same examples on every run, so that a red build is red for everybody; `make soak` looks
# further. No deadline: a busy machine is not a fault of the code.
settings.register_profile(
    "ci",
    max_examples=45,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "soak",
    max_examples=5_000,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("soak" if os.environ.get("TOFAN_SOAK") else "ci")

"""The receiver as people start it: `tofan-office serve`, a process of its own, to be killed."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Self

from tests.net.answering import PATIENCE
from tests.net.certificates import Certified

ROOT = Path(__file__).resolve().parents[2]


class Headquarters:
    """`tofan-office serve` over a database; may be killed and begun again on another port."""

    def __init__(
        self, url: str, *options: str, certified: Certified | None = None, files: int = 0
    ) -> None:
        few = ["sh", "-c", f'ulimit -S -n {files} && exec "$@"', "sh"] if files else []
        self._command = [*few, sys.executable, "-m", "tofan_pos.cli.office", "serve"]
        self._command += ["--db", url, "--port", "0", *options]
        if certified:
            paths = (certified.certificate, certified.key)
            self._command += ["--tls-cert", str(paths[0]), "--tls-key", str(paths[1])]
        self._process: subprocess.Popen[str] | None = None
        self.port = 0

    def __enter__(self) -> Self:
        self.begin()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            self.kill()

    def begin(self) -> None:
        """Start it, and wait until it says where it listens."""
        self._process = subprocess.Popen(
            self._command,
            cwd=ROOT,
            env=os.environ | {"TOFAN_LANG": "en"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout
        said = self._process.stdout.readline()
        found = re.fullmatch(r"Tills may send to https?://127\.0\.0\.1:(\d+)\n", said)
        assert found, f"it said {said!r}"
        self.port = int(found[1])

    @property
    def pid(self) -> int:
        """Which process it is."""
        assert self._process
        return self._process.pid

    def kill(self) -> None:
        """End it as a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> tuple[int, str]:
        """Tell it to end; return its exit code and what it said at last."""
        return self._end(signal.SIGTERM)

    def tell_to_stop(self) -> None:
        """Tell it to end, and do not wait."""
        assert self._process
        self._process.send_signal(signal.SIGTERM)

    def ended(self) -> tuple[int, str]:
        """Wait for the end of what was told to; return as `stop` does."""
        return self._end()

    def _end(self, how: signal.Signals | None = None) -> tuple[int, str]:
        process = self._process
        assert process
        if how is not None:
            process.send_signal(how)
        said, _ = process.communicate(timeout=PATIENCE * 3)
        self._process = None
        return process.returncode, said

"""A till's line to head office's receiver: what it says, and what comes of it.

Whatever is not head office's own answer ends in a `Trouble` that tells people which: a Wi-Fi that
wants somebody to sign in, a proxy, somebody in between, a wrong clock, a link that is too slow. A
no of head office's own is the `Refusal` that it names. Nothing is ever followed elsewhere.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.sync.address import Address, Patience, ProxyOf, address_of, system_proxy
from tofan_pos.sync.contact import acknowledgement_in
from tofan_pos.sync.enrolment import grant_in
from tofan_pos.sync.letters import LARGEST
from tofan_pos.sync.published import LARGEST_FILE as LARGEST_CATALOGUE

if TYPE_CHECKING:
    import ssl

    from tofan_pos.sync.wire import Reply, Wire

MOST_DRIFT = timedelta(minutes=5)
"""How far a clock may be off before it is called wrong."""

_WHYS = frozenset(why.value for why in Why)
_FACTS = frozenset({"till", "epoch", "seq", "fingerprint", "most", "version"})
"""What head office may tell besides its no; no sentence needs anything else."""

_BUSY = frozenset({429, 502, 503, 504})
_ASK_AGAIN = 60
_LONGEST_WAIT = 24 * 60 * 60
_PROXY = frozenset({403, 407})
_DIGEST = re.compile(r'"([0-9a-f]{64})"')
_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})")


@dataclass(frozen=True, slots=True)
class Download:
    """A catalogue file on its way: what comes is to be put behind its first `first` bytes.

    `size` is the whole file's, `sha256` (hex) its digest, which whoever has it all checks.
    """

    first: int
    size: int
    sha256: str
    pieces: Iterator[bytes]


class Line:
    """A line to one receiver. One thread speaks; another may `cut` it off."""

    def __init__(  # noqa: PLR0913 - each is one thing about the line
        self,
        server: str,
        *,
        program: str,
        clock: Callable[[], datetime],
        ca_file: Path | None = None,
        patience: Patience | None = None,
        proxy_of: ProxyOf = system_proxy,
    ) -> None:
        """Make a line to an address; nothing is connected before something is said.

        `ca_file` is trusted besides what the system trusts. Raises `Refusal(SERVER_ADDRESS)`.
        """
        self.address: Address = address_of(server)
        self._headers = {"user-agent": f"tofan-pos/{program}", "accept": "*/*"}
        self._clock, self._ca_file, self._proxy_of = clock, ca_file, proxy_of
        self._patience = patience or Patience()
        self._wire: Wire | None = None
        self._trust: ssl.SSLContext | None = None

    def hello(self, content: bytes) -> bytes:
        """Say hello; return head office's acknowledgement. Raises `Refusal` or `Trouble`."""
        return self._letter("/v1/hello", content, acknowledgement_in)

    def send(self, content: bytes) -> bytes:
        """Send a sync file; return head office's acknowledgement. Raises as `hello` does."""
        return self._letter("/v1/runs", content, acknowledgement_in)

    def ask_enrolment(self, content: bytes) -> bytes | None:
        """Ask to be enrolled; return the grant, or None while it waits for a person."""
        return self._letter("/v1/enrolments", content, grant_in) or None

    @contextmanager
    def catalogue(
        self, hello: bytes, *, offset: int = 0, sha256: str = ""
    ) -> Iterator[Download | None]:
        """Fetch the newest catalogue file; None where the till has it.

        Who holds the first `offset` bytes of one of that digest is sent the rest of it, if it is
        still the newest, else all of the newest. Raises `Refusal` or `Trouble`; what has come by
        then is good to go on from.
        """
        headers = {"range": f"bytes={offset}-", "if-range": f'"{sha256}"'} if offset else {}
        with self._exchange("POST", "/v1/catalogue", hello, headers) as reply:
            if reply.status == 416 and _is_marked(reply):
                again = True
            else:
                again = False
                _check(reply)
                found = None if reply.status == 204 else _download(reply, offset, sha256)
                if found:
                    left = found.size - found.first
                    reply.give(self._patience.total + left / self._patience.slowest)
                yield found
        if again:
            with self.catalogue(hello) as found:
                yield found

    def cut(self) -> None:
        """Break off what is being said, from another thread: it ends in `NETWORK_SLOW`.

        The line serves again once it was closed.
        """
        wire = self._wire
        if wire:
            wire.cut()

    def close(self) -> None:
        """Hang up."""
        if self._wire:
            self._wire.close()
            self._wire = None

    def _letter(self, path: str, content: bytes, read: Callable[[bytes], object]) -> bytes:
        with self._exchange("POST", path, content, {}) as reply:
            _check(reply)
            answer = reply.content(LARGEST)
        if reply.status != 200:
            return b""
        try:
            read(answer)
        except Refusal as error:
            raise Trouble(Ailment.ANSWER_DAMAGED) from error
        return answer

    @contextmanager
    def _exchange(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> Iterator["Reply"]:
        from tofan_pos.sync.wire import Outdated  # noqa: PLC0415 - a till starts without it

        if self._wire is None:
            self._wire = self._connected()
        try:
            with self._wire.exchange(method, path, body, {**self._headers, **headers}) as reply:
                yield reply
        except Outdated as error:
            wrong = self._clock_is_wrong()
            raise Trouble(Ailment.CLOCK_WRONG if wrong else Ailment.TLS_UNTRUSTED) from error

    def _connected(self, *, dates: bool = True) -> "Wire":
        from tofan_pos.sync.wire import Wire, trust  # noqa: PLC0415 - as above

        if dates:
            whom = self._trust = self._trust or trust(self._ca_file)
        else:
            whom = trust(self._ca_file, dates=False)
        proxy = self._proxy_of(self.address)
        return Wire(self.address, patience=self._patience, trust=whom, proxy=proxy)

    def _clock_is_wrong(self) -> bool:
        """Ask the server for the time, its certificate checked in all but its dates."""
        asking = self._connected(dates=False)
        try:
            with asking.exchange("GET", "/health", headers=self._headers) as reply:
                shown = parsedate_to_datetime(reply.headers.get("date", ""))
        except (Trouble, ValueError):
            return False
        finally:
            asking.close()
        if shown.tzinfo is None:
            shown = shown.replace(tzinfo=UTC)
        return abs(shown - self._clock()) > MOST_DRIFT


def _is_marked(reply: "Reply") -> bool:
    return reply.headers.get("tofan") == "1"


def _check(reply: "Reply") -> None:
    """Raise what an answer means, unless it is head office's yes."""
    status = reply.status
    if status in _BUSY:
        raise Trouble(Ailment.SERVER_BUSY, retry_after=_seconds(reply.headers.get("retry-after")))
    if not _is_marked(reply):
        raise _stranger(reply)
    if status in {200, 202, 204, 206}:
        return
    if status < 400:
        # Not even head office may send a till elsewhere.
        raise Trouble(Ailment.SERVER_REFUSED, detail=str(status))
    raise _no(status, reply.content(LARGEST))


def _stranger(reply: "Reply") -> Trouble:
    """Return what it means that somebody else answered, or that head office's answer broke off."""
    status = reply.status
    if status in _PROXY:
        return Trouble(Ailment.NETWORK_PROXY, detail=str(status))
    if status == 413:
        # A server in front of the receiver, with a lower limit of its own.
        return Trouble(Ailment.SERVER_REFUSED, detail=str(status))
    begins = next(reply.pieces(LARGEST_CATALOGUE), b"")
    if status == 200 and not begins:
        # A page has something on it; what ends before its mark has been cut.
        return Trouble(Ailment.ANSWER_DAMAGED)
    return Trouble(Ailment.NETWORK_PORTAL)


def _no(status: int, content: bytes) -> Refusal | Trouble:
    """Return the no that head office names."""
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        return Trouble(Ailment.ANSWER_DAMAGED)
    if not isinstance(told, dict):
        return Trouble(Ailment.ANSWER_DAMAGED)
    why = str(told.get("why", ""))
    facts = {
        name: fact[:80] if isinstance(fact, str) else fact
        for name, fact in told.items()
        if isinstance(fact, str | int) and name in _FACTS
    }
    if why in _WHYS:
        return Refusal(Why(why), **facts)
    if why == Ailment.NETWORK_SLOW:
        return Trouble(Ailment.NETWORK_SLOW)
    return Trouble(Ailment.SERVER_REFUSED, detail=str(status))


def _seconds(text: str | None) -> int:
    """Read a Retry-After; a date or nonsense counts as a minute."""
    if text is None or not text.isascii() or not text.isdecimal() or len(text) > 9:
        return _ASK_AGAIN
    return min(int(text), _LONGEST_WAIT)


def _download(reply: "Reply", offset: int, sha256: str) -> Download:
    """Hold what an answer says of the file it carries against what was asked for."""
    tag = _DIGEST.fullmatch(reply.headers.get("etag", ""))
    length = reply.headers.get("content-length", "")
    if tag is None or not length.isdecimal() or len(length) > 15:
        raise Trouble(Ailment.ANSWER_DAMAGED)
    first, size = 0, int(length)
    if reply.status == 206:
        found = _RANGE.fullmatch(reply.headers.get("content-range", ""))
        if found is None or tag[1] != sha256:
            raise Trouble(Ailment.ANSWER_DAMAGED)
        first, last, size = map(int, found.groups())
        if (first, last) != (offset, size - 1) or int(length) != size - first:
            raise Trouble(Ailment.ANSWER_DAMAGED)
    if not 0 < size <= LARGEST_CATALOGUE:
        raise Trouble(Ailment.ANSWER_DAMAGED)
    return Download(first, size, tag[1], reply.pieces(size - first))

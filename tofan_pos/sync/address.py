"""Where head office's receiver is, and how long a till waits for it."""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from tofan_pos.domain.errors import Refusal, Why

LONGEST = 200
_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Address:
    """A receiver's address; `path` is what stands before the paths of the protocol."""

    scheme: str
    host: str
    port: int
    path: str = ""

    @property
    def local(self) -> bool:
        """Whether it is this very computer, which nobody can listen in to."""
        return is_loopback(self.host)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a till waits, in seconds: to connect, for the next byte, and for all of it.

    `slowest` is the speed, in bytes a second, below which sending is given up: it lengthens
    `total` by what there is to send.
    """

    connect: float = 10
    read: float = 20
    total: float = 60
    slowest: int = 8 * 1024


def address_of(text: str) -> Address:
    """Read the address of a receiver: `https://…`, or `http://` of this computer's own.

    Raises `Refusal(SERVER_ADDRESS)`.
    """
    refused = Refusal(Why.SERVER_ADDRESS, text=text[:LONGEST])
    text = text.strip()
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise refused from error
    # What urlsplit would leave out without a word, such as the end of a line, is looked for first.
    signs = text.isascii() and text.isprintable()
    if len(text) > LONGEST or not signs or not _is_plain(parts):
        raise refused
    host = parts.hostname or ""
    address = Address(parts.scheme, host, port or _PORTS[parts.scheme], parts.path.rstrip("/"))
    if address.scheme == "http" and not address.local:
        raise refused
    return address


def _is_plain(parts: SplitResult) -> bool:
    """Tell whether an address has a host and a path, and nothing that could mean anything else."""
    more = (parts.query, parts.fragment, parts.username, parts.password)
    shown = parts.path + (parts.hostname or "")
    return (
        parts.scheme in _PORTS
        and bool(parts.hostname)
        and not any(more)
        and all(sign.isalnum() or sign in "/.-_~:" for sign in shown)
    )


ProxyOf = Callable[[Address], str]
"""Tells by which proxy an address is reached; empty where by none."""


def system_proxy(address: Address) -> str:
    """Return the proxy that the environment or the system names for an address."""
    from urllib.request import getproxies, proxy_bypass  # noqa: PLC0415 - a till starts without it

    if address.local or proxy_bypass(address.host):
        return ""
    found = getproxies()
    return found.get(address.scheme) or found.get("all", "")


def is_loopback(host: str) -> bool:
    """Tell whether a host is this very computer."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

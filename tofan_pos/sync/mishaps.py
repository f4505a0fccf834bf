"""What an error of urllib3, TLS or a socket means to people: one table, looked through in order."""

import http.client
import re
import ssl
from collections.abc import Sequence

from urllib3 import exceptions as failed

from tofan_pos.domain.errors import Ailment, Trouble

_NOT_YET, _NO_LONGER = 9, 10
"""OpenSSL's numbers for a certificate that is not valid yet, and one that is no more."""

_NOT_TLS = frozenset(
    {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL", "PACKET_LENGTH_TOO_LONG"}
)
"""OpenSSL's words for what is no TLS at all: a page that wants somebody to sign in."""

_TUNNEL = re.compile(r"Tunnel connection failed: (\d{3})")

_MEANINGS: Sequence[tuple[tuple[type[BaseException], ...], Ailment]] = (
    ((failed.NameResolutionError,), Ailment.NETWORK_DOWN),
    ((failed.ProxyError,), Ailment.NETWORK_PROXY),
    ((failed.NewConnectionError,), Ailment.NETWORK_DOWN),
    (
        (failed.TimeoutError, TimeoutError, ssl.SSLEOFError, ssl.SSLZeroReturnError),
        Ailment.NETWORK_SLOW,
    ),
    ((ssl.SSLError,), Ailment.TLS_UNTRUSTED),
    ((http.client.RemoteDisconnected,), Ailment.NETWORK_SLOW),
    ((http.client.HTTPException,), Ailment.ANSWER_DAMAGED),
)
"""The first line wins that names any of what an error is made of; else the link broke off."""


def causes_of(error: BaseException) -> list[BaseException]:
    """Return an error and all it was made of, outermost first."""
    inner = [arg for arg in error.args if isinstance(arg, BaseException)]
    if not inner and error.__cause__ is not None:
        inner = [error.__cause__]
    return [error, *(found for one in inner for found in causes_of(one))]


def is_outdated(causes: Sequence[BaseException]) -> bool:
    """Tell whether all that is wrong with a certificate may be the date by our own clock."""
    return any(
        isinstance(cause, ssl.SSLCertVerificationError)
        and cause.verify_code in {_NOT_YET, _NO_LONGER}
        for cause in causes
    )


def trouble_of(causes: Sequence[BaseException], *, late: bool, private: bool) -> Trouble:
    """Return what an error comes to.

    `late`: the connection was cut for lasting too long. `private`: TLS had been agreed on.
    """
    tunnel = _TUNNEL.search(" ".join(map(str, causes)))
    if tunnel:
        return Trouble(Ailment.NETWORK_PROXY, detail=tunnel[1])
    if late:
        return Trouble(Ailment.NETWORK_SLOW)
    for kinds, ailment in _MEANINGS:
        found = [cause for cause in causes if isinstance(cause, kinds)]
        if found and ailment is Ailment.TLS_UNTRUSTED:
            return Trouble(_of_tls(found, private=private))
        if found:
            return Trouble(ailment, detail="-")
    return Trouble(Ailment.NETWORK_SLOW)


def _of_tls(errors: Sequence[BaseException], *, private: bool) -> Ailment:
    if private:
        # Bytes changed on the way after all had begun well.
        return Ailment.ANSWER_DAMAGED
    if any(getattr(error, "reason", "") in _NOT_TLS for error in errors):
        return Ailment.NETWORK_PORTAL
    return Ailment.TLS_UNTRUSTED

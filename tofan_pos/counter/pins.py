"""Proving PINs without keeping them: argon2id, sealed with a secret that is not in the till's file.

What head office publishes is argon2id's own text. A million PINs are soon tried against that, so
a till keeps it sealed: the hash in it gives way to an HMAC of the hash, and of whose it is, under
the till's pepper.
"""

import base64
import hmac
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from tofan_pos.counter.journal import Journal
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.people import Role, Staff
from tofan_pos.domain.pin import FREE_TRIES, plain_pin, shut_out_for, wait_after
from tofan_pos.store.reading import Reading
from tofan_pos.store.writing import Writing
from tofan_pos.sync.events import LoginFailedBody

SALT_BYTES, HASH_BYTES = 16, 32
_PLAIN, _SEALED = "argon2id", "argon2id-hmac-sha256"
_NUMBER = "([1-9][0-9]{0,6})"
_TEXT = re.compile(
    f"\\$({_PLAIN}|{_SEALED})\\$v=19\\$m={_NUMBER},t={_NUMBER},p={_NUMBER}"
    r"\$([A-Za-z0-9+/]{11,64})\$([A-Za-z0-9+/]{43})"
)
# OWASP's weakest choice for argon2id costs this much, and holds at least this many KiB.
_LEAST_KIB, _LEAST_COST = 7 * 1024, 5 * 7 * 1024
# A catalogue must not be able to stop a till: 64 MiB, and four times over them.
_MOST_KIB, _MOST_COST, _MOST_LANES = 64 * 1024, 4 * 64 * 1024, 4


def _base64(content: bytes) -> str:
    """Write bytes as such texts do: base64 without its padding."""
    return base64.b64encode(content).decode("ascii").rstrip("=")


def _bytes(text: str) -> bytes:
    """Read bytes back. Raises `Refusal(PIN_VERIFIER)` for what `_base64` never writes."""
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError as error:
        raise Refusal(Why.PIN_VERIFIER) from error
    if _base64(content) != text:
        raise Refusal(Why.PIN_VERIFIER)
    return content


@dataclass(frozen=True, slots=True, repr=False)
class _Verifier:
    """A verifier, read: what `proof` is depends on whether it is sealed."""

    kind: str
    kib: int
    passes: int
    lanes: int
    salt: bytes
    proof: bytes

    def __str__(self) -> str:
        cost = f"m={self.kib},t={self.passes},p={self.lanes}"
        return f"${self.kind}$v=19${cost}${_base64(self.salt)}${_base64(self.proof)}"

    def raw(self, pin: str) -> bytes:
        """Return argon2id's hash of a PIN under this salt and cost."""
        # A till sells without this library: it is loaded when the first PIN is typed.
        from argon2 import low_level  # noqa: PLC0415

        return low_level.hash_secret_raw(
            plain_pin(pin).encode("ascii"),
            self.salt,
            time_cost=self.passes,
            memory_cost=self.kib,
            parallelism=self.lanes,
            hash_len=HASH_BYTES,
            type=low_level.Type.ID,
        )


# OWASP's smallest memory with two passes: a till has little, and a person waits.
_OURS = _Verifier(_PLAIN, 19 * 1024, 2, 1, bytes(SALT_BYTES), bytes(HASH_BYTES))

NOBODYS = str(replace(_OURS, kind=_SEALED))
"""A sealed verifier that no PIN opens; trying one takes as long as trying anybody's."""


def make_verifier(pin: str, random_bytes: Callable[[int], bytes]) -> str:
    """Return a new PIN's verifier as a catalogue holds it: argon2id's text, m=19456, t=2, p=1.

    Whether the PIN is a good one is `check_new_pin`'s affair. Raises `Refusal(PIN_SHAPE)`.
    """
    salted = replace(_OURS, salt=random_bytes(SALT_BYTES))
    return str(replace(salted, proof=salted.raw(pin)))


def whose(code: str, role: Role) -> str:
    """Return what `seal` binds a verifier to: a code and a role, each with its length before it."""
    return "".join(f"{len(part)}:{part}," for part in (code, role.value))


def seal(verifier: str, pepper: bytes, *, who: str) -> str:
    """Return what a till keeps of a catalogue's verifier: useless without the till's pepper.

    It proves a PIN of `who` alone, which is `whose` code and role it is: in another's row, or
    under another role, no PIN opens it. Raises `Refusal(PIN_VERIFIER)` for one that cannot be
    read, is sealed already, is weaker than OWASP's advice, or costs more than a till can spare.
    """
    read = _read(verifier, _PLAIN)
    return str(replace(read, kind=_SEALED, proof=_peppered(read.proof, pepper, who)))


def check(sealed: str, pin: str, pepper: bytes, *, who: str) -> bool:
    """Tell whether a PIN is the one a verifier of `who` was made from, in constant time.

    Raises `Refusal(PIN_VERIFIER)` where the verifier cannot be read, `Refusal(PIN_SHAPE)` for
    what is no six digits.
    """
    read = _read(sealed, _SEALED)
    return hmac.compare_digest(_peppered(read.raw(pin), pepper, who), read.proof)


def prove(
    journal: Journal,
    person: Staff,
    pin: str,
    *,
    pepper: Callable[[], bytes],
    ticks: Callable[[], int],
) -> None:
    """Return where a PIN is somebody's; a wrong one is counted and journalled, in one transaction.

    However many are tried at once, each counts only as it stands when its turn comes. Raises
    `Refusal(PIN_WRONG)` with the tries left before it shuts them out, and
    `Refusal(PIN_LOCKED)` with the seconds to wait: from the wrong PIN on that shuts them out, and
    for every try before they are over, right or wrong, which is not counted. What is no PIN at
    all, `Refusal(PIN_SHAPE | PIN_VERIFIER)`, is not counted either. Raises
    `Refusal(NO_SUCH_STAFF)` where the person was changed or let go in the meantime.
    """
    with journal.store.reading() as look:
        _tries(look, person.code, ticks)
    with naming(person):
        right = check(person.verifier, pin, pepper(), who=whose(person.code, person.role))
    # The look took its time, outside of any transaction: others may have tried meanwhile.
    if right:
        with journal.store.writing() as tx:
            if _standing(tx, person, ticks):
                tx.set_failures(person.code, 0, 0)
        return
    with journal.fact() as fact:
        failures = _standing(fact.tx, person, ticks) + 1
        wait = wait_after(failures)
        fact.write(LoginFailedBody(failures=failures, who=person.code, wait=wait))
        fact.tx.set_failures(person.code, failures, ticks())
    if wait:
        raise Refusal(Why.PIN_LOCKED, who=person.code, wait=wait)
    raise Refusal(Why.PIN_WRONG, left=FREE_TRIES - failures)


def _standing(tx: Writing, person: Staff, ticks: Callable[[], int]) -> int:
    """Return the wrong PINs before this one, of somebody who is still as they were looked up."""
    failures = _tries(tx, person.code, ticks)
    if person not in tx.staff():
        raise Refusal(Why.NO_SUCH_STAFF, code=person.code)
    return failures


def _tries(look: Reading, code: str, ticks: Callable[[], int]) -> int:
    """Return somebody's wrong PINs in a row. Raises `Refusal(PIN_LOCKED)` while they must wait."""
    failures, since = look.failures(code)
    if left := shut_out_for(failures, since=since, now=ticks()):
        raise Refusal(Why.PIN_LOCKED, who=code, wait=left)
    return failures


@contextmanager
def naming(person: Staff) -> Iterator[None]:
    """Say whose verifier it was that could not be read."""
    try:
        yield
    except Refusal as refusal:
        if refusal.why is not Why.PIN_VERIFIER:
            raise
        raise Refusal(Why.PIN_VERIFIER, who=person.code) from refusal


def _peppered(raw: bytes, pepper: bytes, who: str) -> bytes:
    # Each with its length before it, so that no two things read alike.
    parts = (who.encode(), raw)
    said = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return hmac.digest(pepper, said, "sha256")


def _read(text: str, kind: str) -> _Verifier:
    found = _TEXT.fullmatch(text)
    if found is None or found[1] != kind:
        raise Refusal(Why.PIN_VERIFIER)
    kib, passes, lanes = (int(found[group]) for group in (2, 3, 4))
    salt, proof = _bytes(found[5]), _bytes(found[6])
    if not (
        _LEAST_KIB <= kib <= _MOST_KIB
        and _LEAST_COST <= kib * passes <= _MOST_COST
        and lanes <= _MOST_LANES
    ):
        raise Refusal(Why.PIN_VERIFIER)
    return _Verifier(kind, kib, passes, lanes, salt, proof)

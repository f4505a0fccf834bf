"""How much anybody may ask of the receiver: sizes, patience, and buckets that fill with time."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address

from tofan_pos.sync.letters import LARGEST

Seconds = Callable[[], float]
"""Tells seconds that only ever grow, from any beginning."""

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Rate:
    """So much at once, and so much a second from then on."""

    burst: float
    each_second: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the receiver puts up with. Sizes are bytes, times seconds."""

    letter: int = LARGEST
    bodies: int = 16
    """How many bodies may be in memory at once."""
    of_key: int = 2
    """How many of them one key may have signed."""
    of_address: int = 6
    """How many of them one address may send."""
    letters: int = 256
    """How many letters, and fronts of files, may be looked at or waited for at once."""
    letters_of_address: int = 32
    threads: int = 4
    """How many threads work on the database at once."""
    stall: float = 15
    """How long a body may stand still."""
    grace: float = 20
    slowest: int = 2048
    """A body of n bytes has `grace + n / slowest` seconds."""
    busy: int = 5
    """After how many seconds somebody who was put off may try again."""
    requests: Rate = Rate(240, 4)
    """What each till may ask, and what each address may send that a till has signed."""
    content: Rate = Rate(64 * MIB, MIB)
    """The bytes of sync files that each till may send, and each address for it."""
    strangers: Rate = Rate(120, 2)
    """What each address may ask that shows no key head office knows; a wrong form counts too."""
    asking: int = 10
    """How many keys of one address may wait to be enrolled."""
    remembered: float = 10
    """How long a key is remembered as known or unknown, so that enrolling it shows soon."""


@dataclass(slots=True)
class _Bucket:
    level: float
    at: float


@dataclass(slots=True)
class Buckets:
    """A bucket of tokens for each name; the names not heard for longest are forgotten, full."""

    rate: Rate
    now: Seconds
    most: int = 4096
    _buckets: OrderedDict[object, _Bucket] = field(default_factory=OrderedDict)

    def take(self, name: object, cost: float = 1) -> float:
        """Take tokens out: nought where they were there, else in how many seconds they will be.

        What costs more than a bucket can hold is let through by a full one.
        """
        seconds = self.wait(name, cost)
        if not seconds:
            self.spend(name, cost)
        return seconds

    def wait(self, name: object, cost: float = 1) -> float:
        """Tell in how many seconds so many tokens will be there, and take none."""
        lacking = min(cost, self.rate.burst) - self._filled(name).level
        return max(0, lacking) / self.rate.each_second

    def spend(self, name: object, cost: float = 1) -> None:
        """Take out what was had already, as far as it is there."""
        bucket = self._filled(name)
        bucket.level = max(0, bucket.level - cost)

    def _filled(self, name: object) -> _Bucket:
        now = self.now()
        bucket = self._buckets.setdefault(name, _Bucket(self.rate.burst, now))
        self._buckets.move_to_end(name)
        while len(self._buckets) > self.most:
            self._buckets.popitem(last=False)
        filled = bucket.level + (now - bucket.at) * self.rate.each_second
        bucket.level, bucket.at = min(self.rate.burst, filled), now
        return bucket


@dataclass(slots=True)
class Memory:
    """Which keys head office knew, and did not know, a moment ago: it is not asked at each knock.

    It only saves looking: whatever is taken is held against the database itself.
    """

    seconds: float
    now: Seconds
    most: int = 4096
    _found: OrderedDict[bytes, tuple[bool, float]] = field(default_factory=OrderedDict)

    def recall(self, key: bytes) -> bool | None:
        """Tell whether a key was known; None where it was not asked for lately."""
        known, until = self._found.get(key, (False, 0.0))
        return known if until > self.now() else None

    def keep(self, key: bytes, *, known: bool) -> None:
        """Remember for a while whether a key is known."""
        self._found.pop(key, None)
        self._found[key] = known, self.now() + self.seconds
        while len(self._found) > self.most:
            self._found.popitem(last=False)

    def forget(self, key: bytes) -> None:
        """Ask for a key anew: it may be known now."""
        self._found.pop(key, None)


@dataclass(slots=True)
class Askers:
    """The keys that want to be enrolled, by where they came from: of each place the first few.

    The places not heard of for longest are forgotten.
    """

    each: int
    seconds: float
    now: Seconds
    most: int = 4096
    _waiting: OrderedDict[str, dict[bytes, float]] = field(default_factory=OrderedDict)

    def let_in(self, place: str, key: bytes) -> bool:
        """Tell whether a key of a place may wait, and remember that it does since it asked last."""
        now = self.now()
        waiting = {one: until for one, until in self._place(place).items() if until > now}
        room = key in waiting or len(waiting) < self.each
        if room:
            waiting[key] = now + self.seconds
        self._waiting[place] = waiting
        self._waiting.move_to_end(place)
        while len(self._waiting) > self.most:
            self._waiting.popitem(last=False)
        return room

    def forget(self, place: str, key: bytes) -> None:
        """Give a key's room to others: it waits no more."""
        self._place(place).pop(key, None)

    def _place(self, place: str) -> dict[bytes, float]:
        return self._waiting.get(place, {})


def neighbourhood(address: str) -> str:
    """Return what an address counts as: itself, or in IPv6 the network that one house is given."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return f"{IPv6Address(int(found) >> 64 << 64)}/64"
    return str(found)

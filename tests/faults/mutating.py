"""The program that is fed damaged files, some of them bombs, while its memory is measured.

A program of its own, so that the memory is its own. Prints what it did as one line of JSON.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import zstandard

from tests.faults import dealing
from tests.office.forge import AT, Part, Till, block, forged, frame, groups, sale
from tests.office.test_fuzz import mutated
from tofan_pos import app
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.errors import Refusal
from tofan_pos.domain.published import Catalogue
from tofan_pos.office.intake import Outcome
from tofan_pos.store.office import OfficeStore
from tofan_pos.sync.canonical import canonical
from tofan_pos.sync.keys import SigningKey
from tofan_pos.sync.published import MAGIC, unseal_catalogue
from tofan_pos.sync.sales import read_moment

_CLAIMED = 60 * 1024 * 1024
Refuses = Callable[[bytes], bool]


def bombs() -> Iterator[bytes]:
    """Yield what is small, and would be large, deep or many once it is unpacked."""
    alike = b"".join(block(b"\n", times=128 * 1024, last=False) for _ in range(200))
    yield frame(claims=200 * 128 * 1024, window=17, blocks=[alike, block(b"\n")])
    yield frame(claims=_CLAIMED, window=27, blocks=[alike, block(b"\n")])
    yield frame(claims=100, window=17, blocks=[alike, block(b"\n")])
    packed = zstandard.ZstdCompressor(level=19).compress
    yield packed(b"[" * 4_000_000)
    yield packed(b'{"a":' * 800_000 + b"1" + b"}" * 800_000 + b"\n")
    yield packed(b'"' + b"x" * 8_000_000 + b'"\n')
    yield packed(b"{}\n" * 2_000_000)
    yield packed(b"9" * 5_000_000 + b"\n")


def sync_bombs(till: Till) -> Iterator[bytes]:
    """Yield sync files of such content, signed by a till that is trusted."""
    for packed in bombs():
        for raw, count in ((_CLAIMED, 1), (len(packed) * 50, 1), (len(packed) * 50, 90_000)):
            lies = {"raw": raw, "count": count, "last": count, "hash": "1" * 64}
            yield forged(till, b"", packed=packed, lies=lies)


def catalogue_file(header: bytes, body: bytes, key: SigningKey) -> bytes:
    """Return a catalogue file of any header and body, signed."""
    said = MAGIC + len(header).to_bytes(2, "big") + header + key.public
    return said + key.sign(said) + body


def header_of(content: bytes) -> tuple[dict[str, object], bytes]:
    """Return a catalogue file's header, and its body."""
    start = len(MAGIC) + 2
    length = int.from_bytes(content[len(MAGIC) : start], "big")
    return json.loads(content[start : start + length]), content[start + length + 96 :]


def catalogue_again(whole: bytes, body: bytes, **lies: object) -> bytes:
    """Return a catalogue file with another body, pinned and signed as if it were meant so."""
    from hashlib import sha256  # noqa: PLC0415 - beside its only use

    header, _ = header_of(whole)
    told = header | {"packed": len(body), "sha256": sha256(body).hexdigest(), "version": 2} | lies
    return catalogue_file(canonical(told), body, dealing.OFFICE.key)


def goods(catalogue: Catalogue) -> set[tuple[str, int, Text]]:
    """Return what is sold by a catalogue."""
    return {(one.code, one.price, one.name) for one in catalogue.products}


def goods_in(content: bytes) -> set[tuple[str, int, Text]]:
    """Return what is sold by a catalogue file."""
    return goods(unseal_catalogue(content).catalogue())


def catalogue_bombs(whole: bytes) -> Iterator[bytes]:
    """Yield catalogue files of such content, signed by head office."""
    for packed in bombs():
        for raw, lines in ((_CLAIMED, 1), (len(packed) * 200, 1), (len(packed) * 200, 200_000)):
            yield catalogue_again(whole, packed, raw=raw, lines=lines)


def most_memory() -> int:
    """Return the most bytes this program has had at once.

    What the system accounts to it (`ru_maxrss`) begins with what the program had that started it.
    """
    status = Path("/proc/self/status").read_text("ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024


def main(work: Path, many: int) -> None:
    """Feed so many mutated files of each kind, and every bomb."""
    chance, done = random.Random(20_261_122), Counter[str]()
    url = f"sqlite:///{work / 'office.db'}"
    OfficeStore.create(url).close()
    office = app.build_office(url, clock=lambda: read_moment(AT))
    till = Till().enrolled(office.store)
    till.write(groups(G1="Weavers"))
    for n in range(1, 4):
        till.write(sale(n, Part(), Part(group="G2")))
    office.intake.take_bytes(till.file(), work)
    held = office.store.counts()
    dealing.make(work)
    whole = dealing.sent()
    _, body = header_of(whole)
    honest = till.file()
    raw = b"".join(link.line + b"\n" for link in till.links)
    packed = zstandard.ZstdCompressor().compress(raw)

    def file_refused(content: bytes) -> bool:
        found = office.intake.take_bytes(content, work)
        if found.outcome is Outcome.REFUSED:
            return isinstance(found.problem, Refusal)
        return found.outcome is Outcome.ALREADY_THERE

    with dealing.at_the_till(work) as desk:

        def catalogue_refused(content: bytes) -> bool:
            before = desk.store.path.read_bytes()
            try:
                desk.incoming.take(content)
            except Refusal:
                return desk.store.path.read_bytes() == before
            # Whole and signed: what it holds is refused when it is applied, and then forgotten.
            applied = desk.incoming.apply()
            return applied is not None and applied.problem is not None

        for n in range(many):
            damaged = mutated(honest, chance) if n % 2 else forged(
                till, raw, packed=mutated(packed, chance), lies={"hash": "1" * 64}
            )  # fmt: skip
            _count(done, "sync file", file_refused, damaged, honest)
            _count(done, "catalogue file", catalogue_refused, mutated(whole, chance), whole)
        for content in sync_bombs(till):
            _count(done, "bomb in a sync file", file_refused, content, b"")
        for content in catalogue_bombs(whole):
            _count(done, "bomb in a catalogue file", catalogue_refused, content, b"")
        for n in range(many // 4):
            content = catalogue_again(whole, mutated(body, chance), version=n + 2)
            refused = catalogue_refused(content)
            # Another letter in a name, say: head office has signed it, so it is what it says.
            sound = not refused and goods(desk.store.whole_catalogue()) == goods_in(content)
            done["catalogue signed again"] += 1
            done["catalogue signed again, and sound"] += sound
            done["catalogue signed again, not refused"] += not (refused or sound)
        sells = dealing.sell(desk).startswith("sale:")
    same = office.store.counts() == held and not office.store.apart()
    office.store.close()
    peak = most_memory()
    told = {"done": done, "same": same, "sells": sells, "peak": peak}
    sys.stdout.write(json.dumps(told) + "\n")


def _count(done: Counter[str], what: str, refused: Refuses, content: bytes, honest: bytes) -> None:
    if content == honest:
        return
    done[what] += 1
    done[f"{what}, not refused"] += not refused(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

"""Read a till's sync file as a stranger would: `python read_sync_file.py FILE KEY…`.

Nothing here is taken from the program. KEY is an Ed25519 public key that the till signs with, in
hex. What `sync-format.md` says is checked in its order; then each entry is printed, a line each.
Needs `cryptography` and `zstandard`.
"""

import hashlib
import json
import struct
import sys
from pathlib import Path
from typing import Any

import zstandard
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PACKED, RAW, LINE = 8 << 20, 64 << 20, 64 << 10


def must(hold: bool, why: str) -> None:  # noqa: FBT001
    """Refuse the whole file where something does not hold."""
    if not hold:
        raise ValueError(why)


def read(content: bytes, keys: set[bytes]) -> list[dict[str, Any]]:
    """Return a file's entries; raises ValueError or InvalidSignature for what is none."""
    must(content[:8] == b"TOFAN\x00S\x01", "no sync file")
    end = 10 + int(struct.unpack(">H", content[8:10])[0])
    key, signature, packed = content[end:][:32], content[end:][32:96], content[end:][96:]
    must(key in keys, "signed by a stranger")
    Ed25519PublicKey.from_public_bytes(key).verify(signature, content[: end + 32])
    header = json.loads(content[10:end])
    must(header["schema"] == 1 and header["packing"] in {"zstd", "none"}, "from a newer program")
    must(len(packed) == header["packed"], "cut")
    must(hashlib.sha256(packed).hexdigest() == header["packed_sha256"], "changed")
    must(len(packed) <= PACKED and header["raw"] <= min(RAW, 50 * len(packed)), "too large")
    if header["packing"] == "zstd":
        packed = zstandard.ZstdDecompressor().decompress(packed, max_output_size=header["raw"])
    *lines, rest = packed.split(b"\n")
    must(not rest and len(lines) == header["count"], "not as its header says")
    chain, entries = bytes.fromhex(header["prev"]), []
    for number, line in enumerate(lines, header["first"]):
        chain, entry = hashlib.sha256(chain + line).digest(), json.loads(line)
        who = [entry["till"], entry["epoch"], entry["seq"]]
        must(who == [header["till"], header["epoch"], number] and len(line) <= LINE, "no entry")
        entries.append(entry)
    must(chain.hex() == header["hash"], "the chain is broken")
    return entries


if __name__ == "__main__":
    try:
        for one in read(Path(sys.argv[1]).read_bytes(), set(map(bytes.fromhex, sys.argv[2:]))):
            print(json.dumps(one, ensure_ascii=False))
    except (ValueError, KeyError, InvalidSignature, struct.error) as error:
        sys.exit(f"refused: {error or 'the signature is wrong'}")

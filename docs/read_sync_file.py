"""Read a till's sync file as a stranger would: `python read_sync_file.py FILE KEY…`.

Each entry is printed, once what `sync-format.md` says holds. KEY is a key of the till's, in hex.
"""

import hashlib
import json
import struct
import sys
from pathlib import Path

import zstandard
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PACKED, RAW, LINE, LINES = 8 << 20, 64 << 20, 64 << 10, 100_000


def must(hold: bool, why: str) -> None:  # noqa: FBT001
    """Refuse the whole file."""
    if not hold:
        raise ValueError(why)


def read(content: bytes, keys: set[bytes]) -> list[dict[str, object]]:
    """Return a file's entries; raises ValueError or InvalidSignature for what is none."""
    must(content[:8] == b"TOFAN\x00S\x01", "no sync file")
    end = 10 + int(struct.unpack(">H", content[8:10])[0])
    key, signature, packed = content[end:][:32], content[end:][32:96], content[end:][96:]
    Ed25519PublicKey.from_public_bytes(key).verify(signature, content[: end + 32])
    must(key in keys, "signed by a stranger")
    header = json.loads(content[10:end])
    canonical = json.dumps(header, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    must(canonical.encode() == content[10:end], "its header is not canonical")
    must(header["schema"] == 1 and header["packing"] in {"zstd", "none"}, "from a newer program")
    must(header["count"] == header["last"] - header["first"] + 1 <= LINES, "it counts wrongly")
    must(len(packed) <= PACKED and header["raw"] <= min(RAW, 50 * len(packed)), "too large")
    digest = hashlib.sha256(packed).hexdigest()
    must((len(packed), digest) == (header["packed"], header["packed_sha256"]), "cut or changed")
    if header["packing"] == "zstd":
        must(zstandard.frame_content_size(packed) == header["raw"], "not of the size it says")
        packed = zstandard.ZstdDecompressor().decompress(packed)
    *lines, rest = packed.split(b"\n")
    must([len(rest), len(lines)] == [0, header["count"]], "not as its header says")
    chain, entries = bytes.fromhex(header["prev"]), []
    for number, line in enumerate(lines, header["first"]):
        chain, entry = hashlib.sha256(chain + line).digest(), json.loads(line)
        who = entry["till"], entry["epoch"], entry["seq"]
        must(who == (header["till"], header["epoch"], number) and len(line) <= LINE, "no entry")
        entries.append(entry)
    must(chain.hex() == header["hash"], "the chain is broken")
    return entries


if __name__ == "__main__":
    try:
        for one in read(Path(sys.argv[1]).read_bytes(), set(map(bytes.fromhex, sys.argv[2:]))):
            print(json.dumps(one, ensure_ascii=False))
    except (ValueError, KeyError, InvalidSignature, struct.error, zstandard.ZstdError) as error:
        sys.exit(f"refused: {error or 'the signature is wrong'}")

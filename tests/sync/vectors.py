"""Makes `docs/sync-vectors.json`: one small till's bytes, both ways, from keys that anybody has.

`python -m tests.sync.vectors` writes it anew; a test holds it to what the program makes today.
"""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from tofan_pos.sync import contact, enrolment
from tofan_pos.sync.chain import GENESIS, Head, Link
from tofan_pos.sync.dealings import EpochOpenedBody, KeyRotatedBody, LostBody
from tofan_pos.sync.enrolment import Beginning, GrantBody, Request
from tofan_pos.sync.entries import entry_line
from tofan_pos.sync.events import OpenedBody, SignedInBody
from tofan_pos.sync.keys import SigningKey, fingerprint
from tofan_pos.sync.rotation import rotation
from tofan_pos.sync.sealed import seal

FILE = Path(__file__).parents[2] / "docs" / "sync-vectors.json"
AT = "2026-11-22T07:05:09Z"
TILL, OFFICE, ROTATED = (SigningKey(bytes([byte]) * 32) for byte in (1, 2, 3))
INSTALL_ID = "0123456789abcdef" * 2


def links() -> list[Link]:
    """Return a till's first four entries: it opens, somebody signs in, and its key changes."""
    opened = OpenedBody(
        document="VAT_RECEIPT",
        install_id=INSTALL_ID,
        program="0.1.0",
        public_key=TILL.public.hex(),
    )
    said = rotation(till="CTW1", epoch=1, seq=3, old=TILL.public)
    rotated = KeyRotatedBody(
        by="S01", public_key=ROTATED.public.hex(), signature=ROTATED.sign(said).hex()
    )
    head, found = Head(), []
    for body in (opened, SignedInBody(by="S01", role="supervisor"), rotated):
        line = entry_line(body, till="CTW1", epoch=1, seq=head.seq + 1, at=AT)
        link = head.then(line)
        found.append(link)
        head = Head(link.seq, link.hash)
    return found


def vectors() -> dict[str, Any]:
    """Return all of it as it stands in the file; bytes are hex."""
    run = links()
    last = run[-1]
    next_epoch = EpochOpenedBody(
        after=1,
        install_id=INSTALL_ID[::-1],
        program="0.1.0",
        public_key=ROTATED.public.hex(),
        why=Beginning.RESTORED.value,
        lost=(LostBody(epoch=1, first=4, hash=sha256(b"lost").hexdigest(), last=5),),
    )
    request = Request("CTW1", 1, INSTALL_ID, TILL.public, program="0.1.0")
    grant = GrantBody(
        at=AT,
        epoch=1,
        office="ทอฝัน",
        till="CTW1",
        till_key=TILL.public.hex(),
        server="https://office.example:8443",
    )
    hello = contact.HelloBody(
        at=AT,
        catalogue=0,
        epoch=1,
        hash=last.hash.hex(),
        head=last.seq,
        nonce=INSTALL_ID,
        program="0.1.0",
        till="CTW1",
    )
    acknowledgement = contact.AcknowledgementBody(
        at=AT,
        catalogue=12,
        epoch=1,
        hash=run[1].hash.hex(),
        head=2,
        serial=1795331109000,
        till="CTW1",
        missing=(contact.RunBody(3, 3),),
        newest_epoch=1,
        nonce=INSTALL_ID,
    )
    return {
        "keys": {
            name: {
                "secret": key.secret.hex(),
                "public": key.public.hex(),
                "fingerprint": fingerprint(key.public),
            }
            for name, key in (("till", TILL), ("office", OFFICE), ("rotated", ROTATED))
        },
        "entries": [
            {"seq": link.seq, "line": link.line.decode(), "hash": link.hash.hex()} for link in run
        ],
        "epoch_opened": entry_line(next_epoch, till="CTW1", epoch=2, seq=4, at=AT).decode(),
        "sync_file": seal(run, till="CTW1", epoch=1, prev=GENESIS, key=TILL).hex(),
        "request": enrolment.write_request(request, TILL).decode(),
        "grant": enrolment.write_grant(grant, OFFICE).decode(),
        "hello": contact.write_hello(hello, TILL).decode(),
        "acknowledgement": contact.write_acknowledgement(acknowledgement, OFFICE).decode(),
    }


if __name__ == "__main__":
    text = json.dumps(vectors(), ensure_ascii=False, indent=1)
    FILE.write_text(text + "\n", encoding="utf-8")

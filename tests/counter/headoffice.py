"""A head office as a till sees it: its key, and the letters that it signs."""

from dataclasses import dataclass, field
from hashlib import sha256

from tofan_pos.counter.desk import Desk
from tofan_pos.sync.contact import (
    AcknowledgementBody,
    PartedBody,
    Standing,
    hello_in,
    write_acknowledgement,
)
from tofan_pos.sync.enrolment import GrantBody, request_in, write_grant
from tofan_pos.sync.keys import SigningKey

AT = "2026-11-22T04:00:00Z"


@dataclass
class HeadOffice:
    """Signs what a test has it say; it holds nothing."""

    name: str = "office"
    serial: int = 0
    key: SigningKey = field(init=False)

    def __post_init__(self) -> None:
        self.key = SigningKey(sha256(self.name.encode()).digest())

    def grant(self, request: bytes, *, server: str = "") -> bytes:
        """Answer an enrolment request."""
        asked = request_in(request)
        body = GrantBody(
            at=AT,
            epoch=asked.epoch,
            office=self.name,
            till=asked.till,
            till_key=asked.public_key.hex(),
            server=server,
        )
        return write_grant(body, self.key)

    def enrol(self, desk: Desk) -> None:
        """Have a till trust this head office."""
        desk.dealings.trust(self.grant(desk.dealings.request()))

    def says(  # noqa: PLR0913 - each is one thing an acknowledgement says
        self,
        desk: Desk,
        head: int,
        *,
        hash_: bytes | None = None,
        nonce: str = "",
        serial: int = 0,
        parted: PartedBody | None = None,
        standing: Standing = Standing.TRUSTED,
        newest_epoch: int = 0,
        epoch: int = 0,
        till: str = "",
    ) -> bytes:
        """Acknowledge a till's journal up to an entry."""
        self.serial = serial or self.serial + 1
        if hash_ is None:
            with desk.store.reading() as look:
                entry = look.entry_at(head)
            hash_ = entry.hash if entry else bytes(32)
        body = AcknowledgementBody(
            at=AT,
            catalogue=0,
            epoch=epoch or desk.identity.epoch,
            hash=hash_.hex(),
            head=head,
            serial=self.serial,
            till=till or desk.profile.till,
            newest_epoch=newest_epoch,
            nonce=nonce,
            parted=parted,
            standing=standing,
        )
        return write_acknowledgement(body, self.key)

    @staticmethod
    def hears(content: bytes) -> tuple[int, str]:
        """Return how far a till's hello says it has come, and its nonce."""
        body = hello_in(content).body
        return body.head, body.nonce

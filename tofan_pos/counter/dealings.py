"""The till's dealings with head office: whom it trusts, what it was told, and what it asks.

Nothing a counter does by day waits for any of it. What head office says is signed by the key that
people compared once; what it says of the journal is held against the journal itself.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path

import tofan_pos
from tofan_pos.counter.access import Access, Approval
from tofan_pos.counter.epochs import Epochs
from tofan_pos.counter.journal import Journal
from tofan_pos.counter.till_keys import Period, TillKeys, periods
from tofan_pos.domain.catalogue import MOST_ROTATIONS
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.domain.people import Right
from tofan_pos.store.dealings import EpochRow, HeadOffice
from tofan_pos.store.reading import Reading
from tofan_pos.sync import contact
from tofan_pos.sync.address import address_of
from tofan_pos.sync.chain import GENESIS, Head
from tofan_pos.sync.contact import ACK_SUFFIX, AcknowledgementBody, HelloBody, Standing
from tofan_pos.sync.dealings import EnrolledBody, KeyRotatedBody, SyncPausedBody
from tofan_pos.sync.enrolment import GRANT_SUFFIX, Beginning, Grant, grant_in, read_short
from tofan_pos.sync.keys import KEY_BYTES, SigningKey, fingerprint
from tofan_pos.sync.rotation import rotation
from tofan_pos.sync.sales import write_moment


@dataclass(frozen=True, slots=True)
class Heard:
    """What an acknowledgement changed.

    `acked` is the last entry head office holds now, `before` what it was. `began` is why a new
    epoch had to begin, None usually; `newest_catalogue` what there is to fetch.
    """

    acked: int
    before: int
    standing: Standing
    newest_catalogue: int = 0
    began: Beginning | None = None
    stale: bool = False
    """Older than what head office has said since: nothing was changed."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a folder held for this till: the newest word, grants to look at, and what was wrong."""

    heard: Heard | None = None
    grants: tuple[Grant, ...] = ()
    catalogues: tuple[Path, ...] = ()
    problems: tuple[tuple[Path, Refusal | Trouble], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Dealings:
    """One till's dealings with head office."""

    journal: Journal
    keys: TillKeys
    access: Access
    epochs: Epochs

    # --- what is known --------------------------------------------------------------------------

    def known(self) -> HeadOffice:
        """Return whom the till sends to, and what head office said last."""
        return self.journal.store.head_office()

    def all_epochs(self) -> list[EpochRow]:
        """Return the till's epochs, oldest first."""
        return self.journal.store.epochs()

    @property
    def fingerprint(self) -> str:
        """The short fingerprint of the till's key, for two people to compare."""
        identity = self.journal.store.identity()
        return fingerprint(identity.public_key) if identity else ""

    @property
    def office_fingerprint(self) -> str:
        """The short fingerprint of head office's key, empty while none is trusted."""
        key = self.known().office_key
        return fingerprint(key) if key else ""

    # --- enrolment ------------------------------------------------------------------------------

    def request(self) -> bytes:
        """Return the request by which head office enrols this till. Raises `Trouble`."""
        if self.journal.profile.training:
            raise Refusal(Why.TRAINING_ONLY)
        return self.epochs.request()

    def read_grant(self, content: bytes) -> Grant:
        """Return head office's answer, so that people can compare its fingerprint.

        Raises `Refusal(NOT_A_GRANT | NOT_FOR_THIS_TILL)`.
        """
        grant, identity = grant_in(content), self.journal.store.identity()
        mine = identity is not None and (
            grant.body.till == identity.till
            and grant.body.epoch == identity.epoch
            and bytes.fromhex(grant.body.till_key) in self._keys_of_epoch(identity.epoch)
        )
        if not mine:
            raise Refusal(Why.NOT_FOR_THIS_TILL)
        return grant

    def trust(self, content: bytes, approval: Approval | None = None) -> Grant:
        """Trust the head office of a grant, whose fingerprint people have compared.

        Raises as `read_grant` and `Access.warrant` do.
        """
        grant = self.read_grant(content)
        warrant = self.access.warrant(Right.CONNECT, approval)
        with self.journal.fact() as fact:
            known = fact.tx.head_office()
            other = known.office_key not in {b"", grant.office_key}
            fact.tx.set_head_office(
                replace(
                    # Another head office knows nothing of what the first was sent.
                    HeadOffice(paused=known.paused, catalogue=0) if other else known,
                    office_key=grant.office_key,
                    office=grant.body.office,
                    server=grant.body.server or known.server,
                    standing=Standing.TRUSTED.value,
                )
            )
            fact.write(
                EnrolledBody(
                    approved_by=warrant.approved_by,
                    by=warrant.by,
                    office_key=grant.office_key.hex(),
                    server=grant.body.server,
                )
            )
        return grant

    def set_server(self, address: str, approval: Approval | None = None) -> None:
        """Say where head office's receiver is, before it has said so itself; empty for nowhere.

        Raises `Refusal(SERVER_ADDRESS)`, and as `Access.warrant` does.
        """
        address = address.strip().rstrip("/")
        if address:
            address_of(address)
        self.access.warrant(Right.CONNECT, approval)
        with self.journal.store.writing() as tx:
            tx.set_head_office(replace(tx.head_office(), server=address))

    # --- contact --------------------------------------------------------------------------------

    def hello(self, nonce: str) -> bytes:
        """Return the greeting that tells head office how far this till has come. Raises `Trouble`.

        `nonce` is 32 digits of `0-9a-f`, fresh for each; the answer repeats it.
        """
        with self.journal.store.reading() as look:
            last, known, epoch = look.head(), look.head_office(), look.epoch()
        # A key that head office has not heard of yet would be taken for another till's.
        key = self.keys.known_by(known.acked)
        head = Head(last.seq, last.hash) if last else Head()
        return contact.write_hello(
            HelloBody(
                at=write_moment(self.journal.clock()),
                catalogue=known.catalogue,
                epoch=epoch,
                hash=head.hash.hex(),
                head=head.seq,
                nonce=nonce,
                program=tofan_pos.__version__,
                till=self.journal.profile.till,
            ),
            key,
        )

    def take_acknowledgement(self, content: bytes, nonce: str = "") -> Heard:
        """Take head office's word for how far it holds the journal: forward, or back.

        Where it holds something else under this till's numbers, a new epoch begins and selling
        goes on. `nonce` is that of the hello it answers, empty where it answers none: what answers
        another hello was asked for by somebody else, and anybody may ask in a till's name. Raises
        `Refusal(NOT_AN_ACKNOWLEDGEMENT | NO_OFFICE_YET | OFFICE_KEY_DIFFERS | NOT_FOR_THIS_TILL)`;
        then nothing has changed.
        """
        found = contact.acknowledgement_in(content)
        said = found.body
        with self.journal.store.writing() as tx:
            known = tx.head_office()
            if not known.office_key:
                raise Refusal(Why.NO_OFFICE_YET)
            if found.office_key != known.office_key:
                raise Refusal(Why.OFFICE_KEY_DIFFERS, fingerprint=fingerprint(found.office_key))
            if (said.till, said.epoch) != (self.journal.profile.till, tx.epoch()):
                raise Refusal(Why.NOT_FOR_THIS_TILL)
            if said.nonce != nonce:
                raise Refusal(Why.NOT_AN_ACKNOWLEDGEMENT)
            if not nonce and said.serial <= known.serial:
                return Heard(
                    known.acked, known.acked, Standing(known.standing), known.newest_catalogue,
                    stale=True,
                )  # fmt: skip
            now = self._now(tx, known, said)
            forgotten = said.standing is Standing.TAKEN and _was_rotated(tx, known.acked)
            if forgotten:
                # Head office was restored from before it heard of the key: the one before is asked.
                now = replace(now, acked=0, acked_hash=GENESIS, standing=known.standing)
            tx.set_head_office(now)
        standing = Standing(said.standing)
        began = None
        if now.parted or (standing is Standing.TAKEN and not forgotten):
            began = Beginning.FORKED
            self.epochs.begin(began, least=said.newest_epoch + 1)
        return Heard(now.acked, known.acked, standing, now.newest_catalogue, began)

    def take_folder(self, folder: Path) -> Found:
        """Take what head office left in a folder for this till; the sync files there are left.

        Grants and catalogues are only found: people compare the first, and the second is taken in
        between sales. Raises `Trouble(FILE_UNREADABLE)` where the folder cannot be read.
        """
        heard: Heard | None = None
        grants: list[Grant] = []
        problems: list[tuple[Path, Refusal | Trouble]] = []
        till = self.journal.profile.till
        try:
            files = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        except OSError as error:
            raise Trouble(Ailment.FILE_UNREADABLE, path=str(folder)) from error
        for path in files:
            # Other tills' letters lie beside ours.
            mine = path.name.startswith(f"{till}-")
            try:
                if mine and path.suffix == ACK_SUFFIX:
                    told = self.take_acknowledgement(read_short(path))
                    heard = told if heard is None or not told.stale else heard
                elif mine and path.suffix == GRANT_SUFFIX:
                    grants.append(self.read_grant(read_short(path)))
            except (Refusal, Trouble) as problem:
                if not (isinstance(problem, Refusal) and problem.why is Why.NOT_FOR_THIS_TILL):
                    problems.append((path, problem))
        catalogues = tuple(path for path in files if path.suffix == ".tofancat")
        return Found(heard, tuple(grants), catalogues, tuple(problems))

    def pause(self, *, paused: bool, approval: Approval | None = None) -> None:
        """Stop sending by itself, or begin again. Raises as `Access.warrant` does."""
        warrant = self.access.warrant(Right.CONNECT, approval)
        with self.journal.fact() as fact:
            fact.tx.set_head_office(replace(fact.tx.head_office(), paused=paused))
            fact.write(
                SyncPausedBody(approved_by=warrant.approved_by, by=warrant.by, paused=int(paused))
            )

    # --- the till's own key ---------------------------------------------------------------------

    def rotate_key(self, approval: Approval | None = None) -> str:
        """Sign with a new key from the next entry on; return its fingerprint.

        The old one vouches for it: it signs the file that this entry is in, so it has to be sent
        before the next change. Raises `Refusal(ROTATION_PENDING | ROTATIONS_SPENT)`, `Trouble`
        without the old key, and as `Access.warrant` does.
        """
        old = self.keys.load()
        warrant = self.access.warrant(Right.CONNECT, approval)
        with self.journal.store.reading() as look:
            if len(_own_periods(look)) > MOST_ROTATIONS:
                raise Refusal(Why.ROTATIONS_SPENT, most=MOST_ROTATIONS)
        new = SigningKey(self.epochs.random_bytes(KEY_BYTES))
        self.keys.save(new)
        with self.journal.fact() as fact:
            acked = fact.tx.head_office().acked
            if fact.tx.events("key_rotated", after=acked, newest=1):
                raise Refusal(Why.ROTATION_PENDING)
            said = rotation(
                till=self.journal.profile.till,
                epoch=fact.epoch,
                seq=fact.next_seq,
                old=old.public,
            )
            fact.write(
                KeyRotatedBody(
                    approved_by=warrant.approved_by,
                    by=warrant.by,
                    public_key=new.public.hex(),
                    signature=new.sign(said).hex(),
                )
            )
            identity = self.journal.store.identity()
            if identity is not None:
                fact.tx.set_identity(replace(identity, public_key=new.public))
        return fingerprint(new.public)

    def begin_epoch(self, approval: Approval | None = None) -> int:
        """Begin a new epoch because the key is lost or was revoked; return its number.

        Raises as `Access.warrant` does, and `Trouble`.
        """
        self.access.warrant(Right.CONNECT, approval)
        return self.epochs.begin(Beginning.KEY_LOST)

    # --- inside ---------------------------------------------------------------------------------

    @staticmethod
    def _now(look: Reading, known: HeadOffice, said: AcknowledgementBody) -> HeadOffice:
        """Return what is known once head office's word is held against the journal."""
        entry = look.entry_at(said.head)
        digest = GENESIS if said.head == 0 else entry.hash if entry else b""
        agrees = digest.hex() == said.hash
        unheard = said.standing in {Standing.UNKNOWN, Standing.TAKEN}
        parted = 0
        if said.parted is not None:
            mine = look.entry_at(said.parted.seq)
            parted = said.parted.seq if mine and mine.hash.hex() != said.parted.hash else 0
        # Where the two do not agree, all is sent again: what is there already costs nothing.
        acked, acked_hash = (said.head, digest) if agrees else (0, GENESIS)
        if unheard:
            acked, acked_hash = known.acked, known.acked_hash
        return replace(
            known,
            acked=acked,
            acked_hash=acked_hash,
            acked_at=known.acked_at if unheard else said.at,
            serial=said.serial,
            standing=said.standing.value,
            parted=parted,
            newest_catalogue=said.catalogue,
        )

    def _keys_of_epoch(self, epoch: int) -> set[bytes]:
        with self.journal.store.reading() as look:
            return {one.public_key for one in periods(look) if one.epoch == epoch}


def _was_rotated(look: Reading, acked: int) -> bool:
    """Tell whether a hello that counts so much as acknowledged is signed by a later key."""
    return any(one.first <= acked + 1 for one in _own_periods(look)[1:])


def _own_periods(look: Reading) -> list[Period]:
    """Return the periods of the epoch that the till is in."""
    found = periods(look)
    return [one for one in found if one.epoch == found[-1].epoch]

"""Every kind of journal entry there is, and the body each one carries."""

from msgspec import Struct

from tofan_pos.sync.dealings import (
    EnrolledBody,
    EpochOpenedBody,
    ExportedBody,
    KeyRotatedBody,
    StoriesGoneBody,
    SyncPausedBody,
)
from tofan_pos.sync.documents import ReversalBody, SaleBody, VoidBody
from tofan_pos.sync.events import (
    BackedUpBody,
    BasketVoidedBody,
    CatalogueBody,
    ClockStepBody,
    CountedBody,
    DateRolledBody,
    GroupsBody,
    LoginFailedBody,
    MovementBody,
    NoSaleBody,
    OpenedBody,
    OverrideBody,
    ParkedBody,
    RecalledBody,
    ReprintedBody,
    SessionClosedBody,
    SessionOpenedBody,
    SignedInBody,
    StaffBody,
)
from tofan_pos.sync.record import Count, Moment, Record, Whole


class _Entry(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """What every entry says beside its body."""

    at: Moment
    epoch: Count
    seq: Whole
    till: str
    v: Whole


class Sold(_Entry, frozen=True, tag="sale"):
    """A sale was completed."""

    body: SaleBody


class Refunded(_Entry, frozen=True, tag="refund"):
    """Pieces came back and were paid for."""

    body: ReversalBody


class Voided(_Entry, frozen=True, tag="void"):
    """A sale of the same session was taken back whole."""

    body: VoidBody


class Opened(_Entry, frozen=True, tag="opened"):
    """The till was set up."""

    body: OpenedBody


class CatalogueLoaded(_Entry, frozen=True, tag="catalogue"):
    """A catalogue was loaded."""

    body: CatalogueBody


class GroupsNamed(_Entry, frozen=True, tag="groups"):
    """The producer groups of a catalogue."""

    body: GroupsBody


class ClockStepped(_Entry, frozen=True, tag="clock_step"):
    """The clock went backwards."""

    body: ClockStepBody


class Exported(_Entry, frozen=True, tag="exported"):
    """A run of entries was sealed into a file."""

    body: ExportedBody


class EpochOpened(_Entry, frozen=True, tag="epoch_opened"):
    """A new epoch began."""

    body: EpochOpenedBody


class KeyRotated(_Entry, frozen=True, tag="key_rotated"):
    """The till took another key."""

    body: KeyRotatedBody


class Enrolled(_Entry, frozen=True, tag="enrolled"):
    """Head office's key was trusted."""

    body: EnrolledBody


class SyncPaused(_Entry, frozen=True, tag="sync_paused"):
    """Sending by itself was stopped, or begun again."""

    body: SyncPausedBody


class StoriesGone(_Entry, frozen=True, tag="stories_gone"):
    """Stories were withdrawn, or their time was over."""

    body: StoriesGoneBody


class StaffNamed(_Entry, frozen=True, tag="staff"):
    """Who works at the till."""

    body: StaffBody


class SignedIn(_Entry, frozen=True, tag="signed_in"):
    """Somebody took over the till."""

    body: SignedInBody


class LoginFailed(_Entry, frozen=True, tag="login_failed"):
    """A PIN was wrong."""

    body: LoginFailedBody


class Overridden(_Entry, frozen=True, tag="override"):
    """A supervisor approved something."""

    body: OverrideBody


class SessionOpened(_Entry, frozen=True, tag="session_opened"):
    """A till session was opened."""

    body: SessionOpenedBody


class DateRolled(_Entry, frozen=True, tag="date_rolled"):
    """The business date was rolled over."""

    body: DateRolledBody


class Moved(_Entry, frozen=True, tag="movement"):
    """Cash went in or out without a sale."""

    body: MovementBody


class NoSale(_Entry, frozen=True, tag="no_sale"):
    """The drawer was opened without a sale."""

    body: NoSaleBody


class BasketVoided(_Entry, frozen=True, tag="basket_voided"):
    """A basket was emptied before completion."""

    body: BasketVoidedBody


class Parked(_Entry, frozen=True, tag="parked"):
    """A basket was set aside."""

    body: ParkedBody


class Recalled(_Entry, frozen=True, tag="recalled"):
    """A parked basket was taken up again."""

    body: RecalledBody


class Reprinted(_Entry, frozen=True, tag="reprinted"):
    """A paper was asked for again."""

    body: ReprintedBody


class BackedUp(_Entry, frozen=True, tag="backed_up"):
    """A backup was made and proved."""

    body: BackedUpBody


class Counted(_Entry, frozen=True, tag="counted"):
    """The drawer was counted blind."""

    body: CountedBody


class SessionClosed(_Entry, frozen=True, tag="session_closed"):
    """A till session was closed."""

    body: SessionClosedBody


Known = (
    Sold
    | Refunded
    | Voided
    | Opened
    | CatalogueLoaded
    | GroupsNamed
    | ClockStepped
    | Exported
    | EpochOpened
    | KeyRotated
    | Enrolled
    | SyncPaused
    | StoriesGone
    | StaffNamed
    | SignedIn
    | LoginFailed
    | Overridden
    | SessionOpened
    | DateRolled
    | Moved
    | NoSale
    | BasketVoided
    | Parked
    | Recalled
    | Reprinted
    | BackedUp
    | Counted
    | SessionClosed
)
"""Every entry this program knows."""

Body = Record
"""What an entry says; `ENTRY_OF` tells which entry it makes."""

ENTRY_OF: dict[type[Record], type[Known]] = {
    SaleBody: Sold,
    ReversalBody: Refunded,
    VoidBody: Voided,
    OpenedBody: Opened,
    CatalogueBody: CatalogueLoaded,
    GroupsBody: GroupsNamed,
    ClockStepBody: ClockStepped,
    ExportedBody: Exported,
    EpochOpenedBody: EpochOpened,
    KeyRotatedBody: KeyRotated,
    EnrolledBody: Enrolled,
    SyncPausedBody: SyncPaused,
    StoriesGoneBody: StoriesGone,
    StaffBody: StaffNamed,
    SignedInBody: SignedIn,
    LoginFailedBody: LoginFailed,
    OverrideBody: Overridden,
    SessionOpenedBody: SessionOpened,
    DateRolledBody: DateRolled,
    MovementBody: Moved,
    NoSaleBody: NoSale,
    BasketVoidedBody: BasketVoided,
    ParkedBody: Parked,
    RecalledBody: Recalled,
    ReprintedBody: Reprinted,
    BackedUpBody: BackedUp,
    CountedBody: Counted,
    SessionClosedBody: SessionClosed,
}
"""Which entry a body makes."""

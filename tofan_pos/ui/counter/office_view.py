"""What the page of head office shows of a till at one moment, and how that is worded."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tofan_pos.counter.backup import Outlived
from tofan_pos.counter.courier import Step
from tofan_pos.counter.outbox import Waiting
from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.sentences import sentence
from tofan_pos.sentences.standing import began, standing
from tofan_pos.store.dealings import HeadOffice
from tofan_pos.sync.contact import Standing
from tofan_pos.sync.enrolment import Beginning
from tofan_pos.ui.counter.sending import Underway
from tofan_pos.ui.kit.moments import age_said, moment_said
from tofan_pos.words import Words

_MOST_NAMED = 3
_PASSING = frozenset({Ailment.NETWORK_DOWN, Ailment.NETWORK_SLOW, Ailment.SERVER_BUSY})


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeView:
    """A till and its head office. `request` is the text of the enrolment request's QR code."""

    till: str
    epoch: int
    began: Beginning
    fingerprint: str
    request: str
    known: HeadOffice
    office_fingerprint: str
    waiting: Waiting
    now: datetime
    underway: Underway = field(default_factory=Underway)
    can_send: bool = True
    """Whether this program sends over a network at all."""
    silent_after_h: int = 24
    """After how many hours something unsent is bad news."""
    outlived: tuple[Outlived, ...] = ()
    """Backups that tell what may be told no longer."""

    @property
    def standing(self) -> Standing:
        """What the till's key is worth: unknown, while the till knows no head office either."""
        return Standing(self.known.standing) if self.known.office_key else Standing.UNKNOWN

    @property
    def enrolled(self) -> bool:
        """Whether head office knows the till's key, and the till head office's."""
        return self.standing not in {Standing.UNKNOWN, Standing.TAKEN}

    @property
    def is_well(self) -> bool:
        """Whether head office takes what the till sends."""
        return self.standing is Standing.TRUSTED

    @property
    def is_barred(self) -> bool:
        """Whether head office wants nothing more of this till under its key."""
        return self.standing in {Standing.REVOKED, Standing.RETIRED}

    @property
    def is_late(self) -> bool:
        """Whether something has waited longer than it should."""
        return self.waiting.is_late(self.now, hours=self.silent_after_h)

    @property
    def sends(self) -> bool:
        """Whether there is an address to send to."""
        return self.can_send and bool(self.known.server)


def state_said(view: OfficeView, say: Words) -> str:
    """Say how the till stands."""
    if not view.enrolled and view.underway.asked:
        return say(
            "Head office has this till's request. Somebody there has to compare the fingerprint;"
            " selling goes on."
        )
    if not view.enrolled and view.began is not Beginning.FIRST:
        return say(
            "This till goes on as epoch {epoch} with a new key. Have head office enrol it.",
            epoch=view.epoch,
        )
    return standing(view.standing, say)


def waiting_said(view: OfficeView, say: Words) -> str:
    """Say what head office has not got, since when, and when it last spoke."""
    waiting = view.waiting
    if not waiting.count or waiting.oldest is None:
        said = say("Everything is sent.")
    else:
        said = say(
            "Not sent: {n}, the oldest from {when} ({age}).",
            n=f"{waiting.count:,}",
            when=moment_said(waiting.oldest, view.now, say.language),
            age=age_said(waiting.oldest, view.now, say),
        )
    if waiting.acked_at is None:
        answered = say("Nothing is acknowledged yet.")
    else:
        answered = say(
            "Last acknowledged: {when}.",
            when=moment_said(waiting.acked_at, view.now, say.language),
        )
    return f"{said} {answered}"


def trouble_said(view: OfficeView, say: Words) -> str:
    """Say what went otherwise last, and when it is tried again; nothing where all is well."""
    underway = view.underway
    if underway.busy or underway.problem is None:
        return ""
    said = sentence(underway.problem, say)
    if underway.again_at is None or view.known.paused:
        return said
    again = moment_said(underway.again_at, view.now, say.language)
    return " ".join((said, say("Next try: {when}.", when=again)))


def is_passing(view: OfficeView) -> bool:
    """Tell whether what went otherwise last passes by itself: a counter is offline for days."""
    problem = view.underway.problem
    return isinstance(problem, Trouble) and problem.ailment in _PASSING


def needs_somebody(view: OfficeView, say: Words) -> bool:
    """Tell whether anything of it is for a person to put right, whoever trusts whom."""
    troubled = bool(trouble_said(view, say)) and not is_passing(view)
    return view.is_barred or view.is_late or troubled or bool(view.outlived)


def sending_said(view: OfficeView, say: Words) -> str:
    """Say what a contact is at, or that none is made by itself; nothing where there is no news."""
    underway = view.underway
    if underway.busy:
        return _step_said(underway, say)
    if view.known.paused:
        return say("Sending by itself is paused.")
    if not view.known.server and view.can_send:
        return say("No address to send to yet: go by stick, or type it below.")
    return ""


def outlived_said(view: OfficeView, say: Words) -> str:
    """Name the backups that still hold stories which have left; nothing where there are none."""
    if not view.outlived:
        return ""
    return say(
        "These backups still hold stories that were withdrawn: {names}. Destroy them, and make a"
        " new one instead.",
        names=_some_named([_placed(one.path, say) for one in view.outlived], say),
    )


def began_said(view: OfficeView, say: Words) -> str:
    """Say why the till is in this epoch, while head office has not enrolled it; else nothing."""
    if view.began is Beginning.FIRST or view.enrolled:
        return ""
    return began(view.began, say)


def _placed(path: Path, say: Words) -> str:
    """Name a file and where it lies, with room to break the line between the two."""
    return say("{name} in {folder}", name=path.name, folder=str(path.parent))


def _some_named(names: list[str], say: Words) -> str:
    """Name the first few of many: a till's own command names them all."""
    named, more = ", ".join(names[:_MOST_NAMED]), len(names) - _MOST_NAMED
    return say("{names} and {count} more", names=named, count=more) if more > 0 else named


def _step_said(underway: Underway, say: Words) -> str:
    if underway.step is Step.SENDING and underway.of:
        return say("Sending: {at} of {of} entries.", at=f"{underway.at:,}", of=f"{underway.of:,}")
    if underway.step is Step.FETCHING:
        part = 100 * underway.at // underway.of if underway.of else 0
        return say("Fetching the new catalogue: {part} %.", part=part)
    if underway.step is Step.ASKING:
        return say("Asking head office to enrol this till.")
    return say("Talking to head office.")

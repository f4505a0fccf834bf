"""What the status line tells of a till: who sells, its printer, what head office lacks, its key."""

from datetime import datetime

from tofan_pos.counter.desk import Desk
from tofan_pos.counter.outbox import Waiting
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.domain.people import Role
from tofan_pos.sentences import sentence
from tofan_pos.sentences.people import role_said
from tofan_pos.sentences.standing import standing
from tofan_pos.store.dealings import HeadOffice
from tofan_pos.sync.contact import Standing
from tofan_pos.thai.dates import format_date
from tofan_pos.ui.counter.sending import Underway
from tofan_pos.ui.kit.moments import age_said, moment_said
from tofan_pos.ui.kit.status import Fact
from tofan_pos.words import Words

_STILL = Underway()
_MIB = 1024 * 1024
_LEAST_FREE = 500 * _MIB
"""A sale takes some 2 KiB: enough to sell on while somebody makes room."""


def facts_of(  # noqa: PLR0913 - each is one thing that is told
    desk: Desk,
    *,
    unsent: Waiting,
    unprinted: int,
    trouble: Refusal | Trouble | None,
    say: Words,
    underway: Underway = _STILL,
) -> list[Fact]:
    """Return what there is to tell, the most asked for first."""
    facts = [
        _who(desk, say),
        _session(desk, say),
        _printer(desk, unprinted, trouble, say),
        outbox_fact(
            unsent,
            desk.dealings.known(),
            underway=underway,
            now=desk.clock(),
            silent_after_h=desk.profile.silent_after_h,
            say=say,
        ),
    ]
    if desk.profile.training:
        # Nobody's till, and nothing of it goes anywhere.
        return [Fact(icon="star", text=say("Training")), *facts[1:3]]
    free = desk.disk_free()
    if free is not None and free < _LEAST_FREE:
        text = say("Disk nearly full: {free} MiB left", free=free // _MIB)
        facts.insert(0, Fact(icon="warning", text=text, wrong=True))
    who = desk.access.who
    if not desk.identity.key_guarded and who is not None and who.role is Role.SUPERVISOR:
        # Whoever sells could do nothing about it.
        facts.append(
            Fact(
                icon="key",
                text=say("Key in a file"),
                more=say(
                    "This computer has no keyring, so the till's signing key lies in a file that"
                    " only its owner can read. Keep others off this account."
                ),
            )
        )
    return facts


def _who(desk: Desk, say: Words) -> Fact:
    who = desk.access.who
    if who is None:
        return Fact(icon="person", text=say("Nobody is signed in"))
    return Fact(icon="person", text=f"{role_said(who.role, say)} {who.name}")


def _session(desk: Desk, say: Words) -> Fact:
    session = desk.day.session
    if session is None:
        return Fact(icon="cash", text=say("No session is open"))
    day = format_date(
        session.business_date, language="en" if say.language == "en" else "th", style="short"
    )
    over = desk.day.is_overdue()
    text = say("Session {n}, {day}", n=session.n, day=day)
    more = say("Sales still count for {day}. Roll the date over, or close.", day=day)
    return Fact(icon="cash", text=text, wrong=over, more=more if over else "")


def printing_said(state: str, trouble: Refusal | Trouble | None, say: Words) -> str:
    """Say what becomes of the receipt just made."""
    if not state:
        return say("No printer is set up: the receipt is kept and can be shown.")
    if state == "printed":
        return say("The receipt is printed.")
    if trouble is not None:
        return sentence(trouble, say)
    return say("The receipt is being printed.")


def _printer(desk: Desk, unprinted: int, trouble: Refusal | Trouble | None, say: Words) -> Fact:
    if not desk.profile.printer:
        return Fact(icon="printer", text=say("No printer"))
    if trouble is not None:
        text = say("Printer: {n} waiting", n=unprinted)
        return Fact(icon="printer", text=text, wrong=True, more=sentence(trouble, say))
    if unprinted:
        return Fact(icon="printer", text=say("Printing: {n} waiting", n=unprinted))
    return Fact(icon="printer", text=say("Printer ready"))


def outbox_fact(  # noqa: PLR0913 - each is one thing that is told
    unsent: Waiting,
    known: HeadOffice,
    *,
    underway: Underway,
    now: datetime,
    silent_after_h: int,
    say: Words,
) -> Fact:
    """Return what there is to tell of head office: what it lacks, since when, and its last word."""
    answered = acknowledged_said(unsent, now, say)
    stands = Standing(known.standing) if known.office_key else Standing.UNKNOWN
    if not unsent.count or unsent.oldest is None:
        text = say("Everything is sent")
    else:
        age = age_said(unsent.oldest, now, say)
        text = say("{n} not sent, oldest {age}", n=f"{unsent.count:,}", age=age)
    parts = [text, say("paused"), answered] if known.paused else [text, answered]
    barred = _barred_said(stands, say)
    if barred:
        parts.insert(0, barred)
    more = standing(stands, say)
    if underway.problem is not None:
        more = sentence(underway.problem, say)
    icon = "cloud-up" if underway.busy else "pause" if known.paused else "cloud"
    late = unsent.is_late(now, hours=silent_after_h)
    return Fact(icon=icon, text=" · ".join(parts), wrong=late or bool(barred), more=more)


def _barred_said(found: Standing, say: Words) -> str:
    """Say in a word or two that head office wants no more of this till; usually nothing."""
    if found is Standing.REVOKED:
        return say("The key is revoked")
    return say("The till is retired") if found is Standing.RETIRED else ""


def acknowledged_said(unsent: Waiting, now: datetime, say: Words) -> str:
    """Say when head office last told what it holds."""
    if unsent.acked_at is None:
        return say("acknowledged: none yet")
    return say("acknowledged {when}", when=moment_said(unsent.acked_at, now, say.language))

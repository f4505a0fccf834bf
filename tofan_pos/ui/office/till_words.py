"""How a till's state is said: why its epochs began, how it stands, how long it was not heard."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal, cast

from tofan_pos.office.gaps import Gap
from tofan_pos.sync.enrolment import Beginning
from tofan_pos.thai.dates import business_day, format_date, format_time
from tofan_pos.ui.kit.moments import age_said
from tofan_pos.words import Words

MOST_RUNS = 12


def began_said(why: Beginning | str, say: Words) -> str:
    """Say why an epoch began."""
    said: dict[str, str] = {
        Beginning.FIRST: say("the till was set up"),
        Beginning.RESTORED: say("a backup was put in its place"),
        Beginning.MOVED: say("its file was moved to another computer"),
        Beginning.COPIED: say("the same till stands in another folder too"),
        Beginning.KEY_LOST: say("its key was lost"),
        Beginning.FORKED: say("head office holds other entries under its numbers"),
    }
    # A till that is newer than this program may have reasons of its own.
    return said.get(why, str(why))


def heard_said(heard: datetime | None, now: datetime, say: Words) -> str:
    """Say how long ago a till was heard of."""
    if heard is None:
        return say("never")
    age = age_said(heard, now, say)
    return age if now - heard < timedelta(minutes=1) else say("{age} ago", age=age)


def moment_said(moment: datetime, say: Words) -> str:
    """Say a day and a time."""
    language = cast("Literal['th', 'en']", say.language)
    day = format_date(business_day(moment), language=language, style="short")
    return f"{day}  {format_time(moment)}"


def runs_said(gaps: Sequence[Gap], say: Words, *, epoch: int) -> str:
    """Name runs of entries that are missing, the first few of many; `epoch` is the one shown."""
    shown = [
        (f"{gap.first:,}" if gap.count == 1 else f"{gap.first:,}–{gap.last:,}")
        + ("" if gap.epoch == epoch else say(" (epoch {n})", n=gap.epoch))
        for gap in gaps[:MOST_RUNS]
    ]
    more = len(gaps) - len(shown)
    named = ", ".join(shown)
    return say("{runs} and {n} more", runs=named, n=more) if more else named

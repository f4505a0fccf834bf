"""How windows word moments: how long ago something was, and what the clock shows."""

from datetime import datetime
from typing import Literal, cast

from tofan_pos.thai.dates import BANGKOK, business_day, format_date, format_time
from tofan_pos.words import Words


def age_said(since: datetime, now: datetime, say: Words) -> str:
    """Say how long ago something was, in the largest unit that fits."""
    seconds = int((now - since).total_seconds())
    return say("just now") if seconds < 60 else span_said(seconds, say)


def span_said(seconds: int, say: Words) -> str:
    """Say how long something lasts, in the largest unit that fits."""
    minutes = max(0, seconds // 60)
    if minutes < 60:
        return say("{n} min", n=minutes)
    hours = minutes // 60
    if hours < 48:
        return say("{n} h", n=hours)
    return say("{n} days", n=hours // 24)


def clock_said(now: datetime, language: str) -> str:
    """Write the day and time as people at the counter read it."""
    day = now.astimezone(BANGKOK).date()
    lang = cast("Literal['th', 'en']", language)
    return f"{format_date(day, language=lang, style='short')}  {format_time(now)}"


def moment_said(moment: datetime, now: datetime, language: str) -> str:
    """Write when something was: the time alone where it was today."""
    if business_day(moment) == business_day(now):
        return format_time(moment)
    return " ".join(clock_said(moment, language).split())

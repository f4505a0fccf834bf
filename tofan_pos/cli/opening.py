"""How every verb of the counter finds its till, and as whom it acts there."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from tofan_pos import app
from tofan_pos.cli import speech
from tofan_pos.cli.speech import FolderPath
from tofan_pos.counter.access import Approval
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.people import Right
from tofan_pos.sentences import standing
from tofan_pos.settings import read_settings

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., object])

PIN, APPROVER_PIN = "TOFAN_PIN", "TOFAN_APPROVER_PIN"
"""Where PINs are taken from; what is not there is asked for, without showing it."""

data_option = click.option(
    "--data", "folder", type=FolderPath(), help="The folder the till lives in."
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object on one line.")
user_option = click.option(
    "--user", default="", help=f"Whose code to act under; the PIN is ${PIN}."
)
_approver = click.option(
    "--approver", default="", help=f"The supervisor who approves it; the PIN is ${APPROVER_PIN}."
)


def user_options(command: F) -> F:
    """Let a verb be told who acts, and who approves."""
    return user_option(_approver(command))


def till_folder(context: click.Context, folder: Path | None) -> Path:
    """Return the folder named after the verb, before it, in the environment, or the usual one."""
    return folder or context.obj or read_settings(os.environ).folder


def open_desk(context: click.Context, folder: Path | None, *, user: str = "") -> Desk:
    """Return the desk of the till that is meant, with `user` signed in where one is named.

    It is closed when the command ends, however that is. A till without staff is worked as its
    set-up supervisor. Raises `Refusal` or `Trouble`.
    """
    settings = read_settings(os.environ)
    desk = app.build_counter(till_folder(context, folder), marks=app.marks(settings))
    context.call_on_close(desk.close)
    if desk.beginning is not None:
        say = speech.words()
        speech.complain(standing.began(desk.beginning, say))
        speech.complain(standing.goes_on(desk.identity.epoch, say))
    if user:
        desk.access.sign_in(user, _pin(PIN, user))
    return desk


def approved(desk: Desk, approver: str, verb: Callable[[Approval | None], T]) -> T:
    """Do a verb; where it needs an approval and an approver is named, with theirs."""
    try:
        return verb(None)
    except Refusal as refusal:
        approval = _approval(desk, approver, refusal)
    return verb(approval)


def approval_for(desk: Desk, approver: str, right: Right) -> Approval | None:
    """Return the approval that somebody will need for a right, or None where they need none.

    Asked for before anything is done, where several things are to be done or none.
    """
    try:
        desk.access.warrant(right)
    except Refusal as refusal:
        return _approval(desk, approver, refusal)
    return None


def _approval(desk: Desk, approver: str, refusal: Refusal) -> Approval:
    """Return what a verb was refused for the want of, or refuse it for good."""
    right = refusal.facts.get("right")
    if refusal.why is not Why.APPROVAL_NEEDED or not approver or not isinstance(right, Right):
        raise refusal
    return desk.access.approve(right, approver, _pin(APPROVER_PIN, approver))


def _pin(name: str, who: str) -> str:
    given = os.environ.get(name)
    if given is not None:
        return given
    say = speech.words()
    asked: str = click.prompt(say("PIN of {code}", code=who), hide_input=True, err=True, type=str)
    return asked


def pin_of_second(who: str) -> str:
    """Return the PIN of the second person who signs a closing."""
    return _pin("TOFAN_SECOND_PIN", who)

"""`tofan-office pin`: a new PIN's verifier for the workbook's Staff sheet, and nothing kept."""

import os

import click

from tofan_pos.cli import speech
from tofan_pos.counter.pins import make_verifier
from tofan_pos.domain.pin import check_new_pin


@click.command()
@click.argument("code", default="")
def pin(code: str) -> None:
    """Ask for a new PIN twice (or take TOFAN_PIN) and print what stands for it in the workbook.

    CODE is the staff code it is for: a PIN that is in it is refused.
    """
    say = speech.words()
    typed = os.environ.get("TOFAN_PIN") or click.prompt(
        say("New PIN, six digits"),
        hide_input=True,
        confirmation_prompt=say("The same once more"),
        err=True,
    )
    click.echo(make_verifier(check_new_pin(typed, code=code), os.urandom))

"""`tofan-pos`: the counter's window, and the same verbs without one."""

import os
from dataclasses import replace
from pathlib import Path

import click

from tofan_pos import app
from tofan_pos.cli import (
    connecting,
    day,
    keeping,
    papers,
    returns,
    selling,
    setting_up,
    speech,
    taking,
)
from tofan_pos.cli.opening import data_option
from tofan_pos.cli.speech import FolderPath
from tofan_pos.settings import read_settings


@click.group(invoke_without_command=True)
@data_option
@click.option("--demo", is_flag=True, help="Open a trial till with the sample catalogue.")
@click.option("--training", is_flag=True, help="Open a till to learn on: nothing of it is real.")
@click.option("--tour", type=FolderPath(), help="Drive the window by itself; pictures go here.")
@click.option("--lang", type=click.Choice(["th", "en"]), help="The window's language at first.")
@click.version_option(package_name="tofan-pos")
@click.pass_context
def program(  # noqa: PLR0913 - each is one way to open it
    context: click.Context,
    folder: Path | None,
    tour: Path | None,
    lang: str | None,
    *,
    demo: bool,
    training: bool,
) -> None:
    """Open the counter, or run one of its verbs without a window."""
    context.obj = folder
    if context.invoked_subcommand is not None:
        return
    settings = read_settings(os.environ)
    settings = replace(settings, language=lang or settings.language)
    if tour is not None:
        from tofan_pos.tour import take_the_tour  # noqa: PLC0415 - windows are slow to load

        take_the_tour(tour, settings)
        return
    from tofan_pos.window import open_window  # noqa: PLC0415 - as above

    if demo:
        trial = (folder or settings.folder / "trial").resolve()
        if not app.has_till(trial):
            app.make_till(trial, app.trial_profile())
        folder = trial
    context.exit(open_window(folder or settings.folder, settings, training=training))


for verb in (
    setting_up.init,
    setting_up.catalogue,
    selling.ring,
    day.open_session,
    returns.refund,
    returns.void,
    returns.reprint,
    day.pay_in,
    day.pay_out,
    day.pickup,
    day.no_sale,
    day.x,
    day.close,
    day.z,
    day.users,
    papers.receipt,
    connecting.enrol_request,
    connecting.enrol,
    connecting.head_office,
    connecting.server,
    connecting.send,
    taking.take,
    connecting.pause,
    connecting.rotate_key,
    connecting.new_epoch,
    keeping.export,
    keeping.pack,
    keeping.verify,
):
    program.add_command(verb)


def main() -> None:
    """Run `tofan-pos`."""
    speech.run(program, "tofan-pos")


if __name__ == "__main__":
    main()

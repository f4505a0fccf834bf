"""How every verb of the counter finds its till: the folder named, and the desk in it."""

import os
from pathlib import Path

import click

from tofan_pos import app
from tofan_pos.cli.speech import FolderPath
from tofan_pos.counter.desk import Desk
from tofan_pos.settings import read_settings

data_option = click.option(
    "--data", "folder", type=FolderPath(), help="The folder the till lives in."
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object on one line.")


def till_folder(context: click.Context, folder: Path | None) -> Path:
    """Return the folder named after the verb, before it, in the environment, or the usual one."""
    return folder or context.obj or read_settings(os.environ).folder


def open_desk(context: click.Context, folder: Path | None) -> Desk:
    """Return the desk of the till that is meant. Raises `Refusal` or `Trouble`."""
    return app.build_counter(till_folder(context, folder))

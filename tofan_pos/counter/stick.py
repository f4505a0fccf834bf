"""To a folder and back: what head office left there is taken, then what it lacks is written.

In that order, so that what was acknowledged meanwhile is not written again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tofan_pos.counter.dealings import Dealings, Found, Heard
from tofan_pos.counter.incoming import Incoming
from tofan_pos.counter.outbox import Exported, Outbox, Progress
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.sync.contact import Standing
from tofan_pos.sync.enrolment import REQUEST_SUFFIX, Beginning, Grant
from tofan_pos.sync.folder import make_folder, write_durably

TakeCatalogue = Callable[[bytes], int]
"""Keeps a catalogue file for between sales; returns its version. Raises `Refusal`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What went to a folder and what came from it.

    `exported` is None where nothing waited, `request` where head office needs none, `catalogue`
    nought where none came. `grants` are there for people to compare.
    """

    exported: Exported | None = None
    request: Path | None = None
    heard: Heard | None = None
    grants: tuple[Grant, ...] = ()
    catalogue: int = 0
    began: Beginning | None = None
    problems: tuple[tuple[Path, Refusal | Trouble], ...] = field(default=())


def to_folder_and_back(
    dealings: Dealings,
    outbox: Outbox,
    folder: Path,
    *,
    take_catalogue: TakeCatalogue | None = None,
    progress: Progress | None = None,
) -> Brought:
    """Take what head office left in a folder for this till, then write what it has not got.

    Every file is read back and checked. Raises `Refusal(NOT_ALLOWED | TRAINING_ONLY)` or
    `Trouble`; what was taken by then stands.
    """
    make_folder(folder)
    found = dealings.take_folder(folder)
    catalogue, problems = newest_catalogue(found, take_catalogue)
    exported = None
    try:
        exported = outbox.export(folder, progress=progress)
    except Refusal as refusal:
        if refusal.why is not Why.NOTHING_TO_EXPORT:
            raise
    return Brought(
        exported=exported,
        request=_leave_request(dealings, folder),
        heard=found.heard,
        grants=found.grants,
        catalogue=catalogue,
        began=found.heard.began if found.heard else None,
        problems=(*found.problems, *problems),
    )


def needs_enrolling(dealings: Dealings) -> bool:
    """Tell whether head office does not know the till's key yet, or the till head office's."""
    known = dealings.known()
    return not known.office_key or Standing(known.standing) in {Standing.UNKNOWN, Standing.TAKEN}


def _leave_request(dealings: Dealings, folder: Path) -> Path | None:
    if not needs_enrolling(dealings):
        return None
    return write_request(dealings, folder)


def write_request(dealings: Dealings, folder: Path) -> Path:
    """Write the till's enrolment request into a folder, and check it. Raises `Trouble`."""
    epoch = dealings.all_epochs()[-1].epoch
    make_folder(folder)
    path = folder / f"{dealings.journal.profile.till}-{epoch}{REQUEST_SUFFIX}"
    write_durably(path, dealings.request())
    return path


def newest_catalogue(
    found: Found, take: TakeCatalogue | None
) -> tuple[int, list[tuple[Path, Refusal | Trouble]]]:
    """Take the newest catalogue there is; return its version, nought for none, and what was wrong.

    Those behind it are not looked at: that an older one lies beside it is as it should be.
    """
    problems: list[tuple[Path, Refusal | Trouble]] = []
    for path in reversed(found.catalogues if take else ()):
        try:
            return (take(Incoming.read(path)) if take else 0), problems
        except Refusal as refusal:
            if refusal.why is Why.NO_OFFICE_YET:
                # Its answer to the enrolment comes first; the catalogue is there still, after it.
                break
            problems.append((path, refusal))
            if refusal.why is Why.CATALOGUE_OLDER:
                break
        except Trouble as trouble:
            problems.append((path, trouble))
    return 0, problems

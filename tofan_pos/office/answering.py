"""Answers left in folders: acknowledgements, grants and the newest catalogue, beside the files."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.office.acknowledging import Acknowledging, standing_of_row
from tofan_pos.office.enrolment import grant_path
from tofan_pos.office.intake import Intake, Outcome, Result
from tofan_pos.office.publishing import write_publication
from tofan_pos.store.office import EnrolledTill, OfficeStore
from tofan_pos.sync.contact import Standing, ack_name
from tofan_pos.sync.enrolment import FILE_NAME, REQUEST_SUFFIX, read_short, request_in
from tofan_pos.sync.folder import read_at_most, write_durably
from tofan_pos.sync.published import catalogue_name

_LATER = {Why.KEY_DIFFERS, Why.NOT_ENROLLED}
"""Refusals that another file, taken after, may do away with: it tells of the key."""


def retried(intake: Intake, results: Sequence[Result]) -> list[Result]:
    """Take files once more whose key was strange before another file of the same lot told of it."""
    found = list(results)
    while True:
        came = any(result.outcome is Outcome.IMPORTED for result in found)
        strange = [at for at, result in enumerate(found) if _why(result) in _LATER]
        before = len(strange)
        for at in strange if came else ():
            found[at] = intake.take(found[at].path)
        if not came or sum(_why(result) in _LATER for result in found) in {0, before}:
            return found


Ask = Callable[[bytes], bytes | None]
"""Answers an enrolment request with a grant; None where it waits. Raises `Refusal` or `Trouble`."""


@dataclass(frozen=True, slots=True)
class Answering:
    """What head office answers from."""

    store: OfficeStore
    acknowledging: Acknowledging


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What became of what was brought: of each file, and what was left for the tills.

    `grants` are the answers to enrolment requests that were left, `unanswered` says of folders why
    something could not be.
    """

    results: list[Result]
    grants: tuple[Path, ...] = ()
    unanswered: Mapping[Path, Refusal | Trouble] = field(default_factory=dict)


def ask_in(ask: Ask, paths: Iterable[Path]) -> list[tuple[Path, bytes]]:
    """Ask for what the enrolment requests in folders want; return each with its grant."""
    grants = []
    for path in paths:
        for request in _requests_in(path):
            try:
                grant = ask(read_short(request))
            except (Refusal, Trouble):
                # Not ours, or enrolled otherwise: whoever enrols it by hand is told so.
                continue
            if grant is not None:
                grants.append((request, grant))
    return grants


def answer_folders(
    office: Answering, results: Sequence[Result], grants: Sequence[tuple[Path, bytes]]
) -> Brought:
    """Leave in each folder what its tills are to know, and tell what was left and what failed."""
    problems: dict[Path, Refusal | Trouble] = {}
    left: list[Path] = []
    for path, content in grants:
        try:
            left.append(_grant(office, path, content))
        except (Refusal, Trouble) as problem:
            problems[path.parent] = problem
    for folder in dict.fromkeys(result.path.parent for result in results):
        mine = [result for result in results if result.path.parent == folder]
        try:
            _answer(office, folder, mine)
        except (Refusal, Trouble) as problem:
            problems[folder] = problem
    told = [
        replace(result, unanswered=problems[result.path.parent])
        if result.path.parent in problems
        else result
        for result in results
    ]
    return Brought(results=told, grants=tuple(left), unanswered=problems)


def _grant(office: Answering, path: Path, content: bytes) -> Path:
    """Leave a grant beside its request, and a new till's first catalogue.

    A request may be copied by anybody. Once something of the till has come in, its own sticks show
    where it is, and nothing but the grant is had for a request.
    """
    request = request_in(read_short(path))
    target = grant_path(path.parent, request)
    write_durably(target, content)
    row = office.store.till(request.till, request.epoch)
    if row is not None and not office.store.spans(request.till, request.epoch):
        _catalogue(office, path.parent, [row])
    return target


def acknowledge_all(office: Answering, folder: Path) -> list[Path]:
    """Leave every till's acknowledgement and the newest catalogue in a folder; return the files.

    Only the newest epoch of a till looks for one. Raises `Trouble`.
    """
    newest = {row.till: row for row in office.store.tills()}
    files = [
        _acknowledge(office, folder, till, row.epoch, accepted=False)
        for till, row in newest.items()
    ]
    return [*files, *_catalogue(office, folder, list(newest.values()))]


def _answer(office: Answering, folder: Path, results: Sequence[Result]) -> None:
    newest = {row.till: row for row in office.store.tills()}
    answered: dict[tuple[str, int], bool] = {}
    for result in results:
        taken = result.outcome is not Outcome.REFUSED
        # A till that was revoked is told so. A stranger's word could pass for another till's.
        if taken or _why(result) is Why.KEY_REVOKED:
            # The newest epoch looks for its own word, whichever epoch the files are of.
            answered.setdefault((result.till, newest[result.till].epoch), False)
            here = (result.till, result.epoch)
            answered[here] = answered.get(here, False) or taken
    for (till, epoch), accepted in answered.items():
        _acknowledge(office, folder, till, epoch, accepted=accepted)
    present = _tills_here(office, results, newest)
    _catalogue(office, folder, [newest[till] for till in present])


def _tills_here(
    office: Answering, results: Sequence[Result], newest: Mapping[str, EnrolledTill]
) -> set[str]:
    """Return the tills whose own stick a folder is, as the files in it show.

    One that brings something does, and one that ends where the till's journal is held to does
    still. An older copy may be anybody's: whoever lays one into a folder gets nothing for it.
    """
    here = {result.till for result in results if result.outcome is Outcome.IMPORTED}
    known: dict[str, int] = {}
    for result in results:
        mine = result.outcome is Outcome.ALREADY_THERE and result.till not in here
        if mine and result.epoch == newest[result.till].epoch:
            known[result.till] = max(result.last, known.get(result.till, 0))
    for till, last in known.items():
        if last >= office.store.spans(till, newest[till].epoch)[-1].last:
            here.add(till)
    return here


def _acknowledge(office: Answering, folder: Path, till: str, epoch: int, *, accepted: bool) -> Path:
    path = folder / ack_name(till, epoch)
    write_durably(path, office.acknowledging.of_epoch(till, epoch, accepted=accepted))
    return path


def _catalogue(office: Answering, folder: Path, tills: Sequence[EnrolledTill]) -> list[Path]:
    """Leave the newest catalogue where a till may need it, and stands as it must to be given it.

    That is as over a line: the file holds what proves people's PINs.
    """
    newest = office.store.newest_publication()
    if newest is None or not any(
        standing_of_row(row) is Standing.TRUSTED and row.catalogue < newest.version for row in tills
    ):
        return []
    whole = office.store.publication(newest.version)
    if whole is None:
        return []
    path = folder / catalogue_name(whole.version)
    return [path if _holds(path, whole.content) else write_publication(whole, folder)]


def _holds(path: Path, content: bytes) -> bool:
    """Tell whether a file is there as it must be: others may write there too, or a crash has."""
    try:
        return not path.is_symlink() and read_at_most(path, len(content)) == content
    except Trouble:
        return False


def is_request(path: Path) -> bool:
    """Tell by its name whether a file is an enrolment request."""
    return path.name.lower() == FILE_NAME or path.suffix.lower() == REQUEST_SUFFIX


def _requests_in(path: Path) -> list[Path]:
    try:
        if not path.is_dir():
            return [path] if is_request(path) and path.is_file() else []
        return sorted(found for found in path.rglob("*") if is_request(found) and found.is_file())
    except OSError:
        return []


def _why(result: Result) -> Why | None:
    problem = result.problem
    refused = result.outcome is Outcome.REFUSED and isinstance(problem, Refusal)
    return problem.why if refused and isinstance(problem, Refusal) else None

"""Answers left in folders: acknowledgements, grants and the newest catalogue, beside the files."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.office.acknowledging import Acknowledging
from tofan_pos.office.enrolment import grant_path
from tofan_pos.office.intake import Intake, Outcome, Result
from tofan_pos.office.publishing import write_publication
from tofan_pos.store.office import OfficeStore
from tofan_pos.sync.contact import ack_name
from tofan_pos.sync.enrolment import FILE_NAME, REQUEST_SUFFIX, read_short, request_in
from tofan_pos.sync.folder import write_durably
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
    """Leave a grant beside its request, and the catalogue that its till is to sell by."""
    request = request_in(read_short(path))
    target = grant_path(path.parent, request)
    write_durably(target, content)
    _catalogue(office, path.parent, [request.till])
    return target


def acknowledge_all(office: Answering, folder: Path) -> list[Path]:
    """Leave every till's acknowledgement and the newest catalogue in a folder; return the files.

    Only the newest epoch of a till looks for one. Raises `Trouble`.
    """
    newest = {row.till: row.epoch for row in office.store.tills()}
    files = [
        _acknowledge(office, folder, till, epoch, accepted=False) for till, epoch in newest.items()
    ]
    return [*files, *_catalogue(office, folder, list(newest))]


def _answer(office: Answering, folder: Path, results: Sequence[Result]) -> None:
    newest = {row.till: row.epoch for row in office.store.tills()}
    answered: dict[tuple[str, int], bool] = {}
    for result in results:
        taken = result.outcome is not Outcome.REFUSED
        # A till that was revoked is told so. A stranger's word could pass for another till's.
        if taken or _why(result) is Why.KEY_REVOKED:
            # The newest epoch looks for its own word, whichever epoch the files are of.
            answered.setdefault((result.till, newest[result.till]), False)
            here = (result.till, result.epoch)
            answered[here] = answered.get(here, False) or taken
    for (till, epoch), accepted in answered.items():
        _acknowledge(office, folder, till, epoch, accepted=accepted)
    tills = [result.till for result in results if result.outcome is not Outcome.REFUSED]
    _catalogue(office, folder, tills)


def _acknowledge(office: Answering, folder: Path, till: str, epoch: int, *, accepted: bool) -> Path:
    path = folder / ack_name(till, epoch)
    write_durably(path, office.acknowledging.of_epoch(till, epoch, accepted=accepted))
    return path


def _catalogue(office: Answering, folder: Path, tills: Sequence[str]) -> list[Path]:
    """Leave the newest catalogue where a till may need it; one that is there already stays."""
    newest = office.store.newest_publication()
    if newest is None:
        return []
    sold_by = {row.till: row.catalogue for row in office.store.tills()}
    if all(sold_by.get(till, 0) >= newest.version for till in tills):
        return []
    path = folder / catalogue_name(newest.version)
    if path.is_file():
        return [path]
    whole = office.store.publication(newest.version)
    return [write_publication(whole, folder)] if whole is not None else []


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

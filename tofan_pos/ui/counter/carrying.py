"""How it is worded what went to a stick and what came from it."""

from tofan_pos.counter.stick import Brought
from tofan_pos.sentences import sentence
from tofan_pos.sentences.standing import began, known_already, onward, standing
from tofan_pos.sync.contact import Standing
from tofan_pos.words import Words


def removable_said(brought: Brought, say: Words) -> str:
    """Say that a stick may be taken out, and where it goes if there is something on it."""
    said = say("It is safe to remove the stick.")
    carried = brought.exported is not None or brought.request is not None
    return f"{said} {onward(say)}" if carried else said


def brought_said(brought: Brought, say: Words) -> str:
    """Say what was written and what was taken, a line for each."""
    said: list[str] = []
    if brought.exported is not None:
        count = brought.exported.last - brought.exported.first + 1
        said.append(say("Entries written and checked: {entries}.", entries=f"{count:,}"))
    else:
        said.append(say("Nothing had to be written: head office has everything."))
    if brought.request is not None:
        said.append(
            say("The enrolment request lies beside them: {name}", name=brought.request.name)
        )
    heard = brought.heard
    if heard is None:
        said.append(say("No answer of head office's lay there."))
    elif heard.stale:
        said.append(known_already(say))
    elif heard.began is not None:
        said.append(began(heard.began, say))
    else:
        if heard.standing is not Standing.TRUSTED:
            said.append(standing(heard.standing, say))
        said.append(say("Head office acknowledged up to entry {acked}.", acked=f"{heard.acked:,}"))
    if brought.catalogue:
        said.append(
            say(
                "A new catalogue came (version {version}); it is taken between sales.",
                version=brought.catalogue,
            )
        )
    said.extend(f"{path.name}: {sentence(problem, say)}" for path, problem in brought.problems)
    return "\n".join(said)

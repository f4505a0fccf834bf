"""The program that is killed: runs above the shim, and forks one child for each call to spoil.

A child does what a counter does and says over a pipe what it has acknowledged; its parent, whose
disk is whole, looks at what is left. Each case is one JSON line on the standard output.
"""

import errno
import json
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from tests.counter.tills import Paper, cash, make_till, numbers, opened, proof, ring
from tests.faults import dealing
from tests.faults.disk import Disk, What
from tests.faults.shift import ACTS, BUSY, SHIFT, told, tried
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.store import till_file
from tofan_pos.store.counter import FILE_NAME
from tofan_pos.sync.sealed import unseal

Say = Callable[[str], None]
Found = dict[str, Any]

DISK = Disk()
_CRASHED = 3


# --- what a child does ---------------------------------------------------------------------------


def sell(folder: Path, say: Say) -> None:
    """Ring up a sale, print it, and ring up another."""
    with opened(folder, paper=Paper()) as desk:
        say(ring(desk, "TF-SCARF", "TF-HONEY").sale.number)
        desk.spool.print_next()
        say(ring(desk, "TF-SCARF").sale.number)


def export(folder: Path, say: Say) -> None:
    """Write what waits into a folder beside the till's own file."""
    with opened(folder) as desk:
        for path in desk.outbox.export(folder / "stick").files:
            say(path.name)


def init(folder: Path, say: Say) -> None:
    """Set a till up where there is none."""
    make_till(folder / "new")
    say("made")


def shift(folder: Path, say: Say) -> None:
    """Take back, void, move money, close, and open again."""
    with opened(folder, paper=Paper(), session=False) as desk:
        for act, kind in SHIFT:
            act(desk)
            say(kind)


def day(folder: Path, say: Say) -> None:
    """Sell, print, take back, export, close, and open again, as in a day."""
    with opened(folder, paper=Paper(), session=False) as desk:
        for n in range(3):
            ring(desk, "TF-SCARF", *(["TF-HONEY"] * n))
            say("sale")
            if n % 2:
                desk.spool.print_next()
        for act, kind in SHIFT[:3]:
            act(desk)
            say(kind)
        for path in desk.outbox.export(folder / "stick").files:
            say(path.name)
        for act, kind in SHIFT[3:]:
            act(desk)
            say(kind)
        ring(desk)
        say("sale")


# --- what is left of it --------------------------------------------------------------------------


def after_selling(folder: Path) -> Found:
    """Open the till again, look, and sell on."""
    with opened(folder, paper=Paper()) as desk:
        found = proof(desk)
        before = numbers(desk)
        last = desk.store.last_sale()
        desk.spool.recover()
        states = [] if last is None else [last.printed, _printed(desk, last.seq)]
        following = ring(desk).sale.number
        again = proof(desk)
    return {
        "flaw": found.flaw,
        "numbers": before,
        "next": following,
        "states": states,
        "flaw_after": again.flaw,
        "sales": again.sales,
    }


def after_shift(folder: Path) -> Found:
    """Look at what was done, and do the rest of the shift."""
    with opened(folder, paper=Paper(), session=False) as desk:
        found = proof(desk)
        before = told(desk, BUSY)
        for act, _ in SHIFT[len(before) :]:
            act(desk)
        after, again = told(desk, BUSY), proof(desk)
        z, report = desk.day.z().z, desk.day.x()
    return {
        "flaw": found.flaw,
        "told": before,
        "flaw_after": again.flaw,
        "told_after": after,
        "z": z.number,
        "z_sums": [z.report.refunds.count, z.report.voids.count, z.report.paid_out.amount],
        "grand_total": [z.report.grand_total, report.grand_total_before],
    }


def after_export(folder: Path) -> Found:
    """Look at the files that are there, sell on, and export again."""
    whole = {path.name: _whole(path) for path in folder.glob("stick/*.tofan")}
    before = {path.name: path.read_bytes() for path in folder.glob("stick/*.tofan")}
    left = after_selling(folder)
    with opened(folder) as desk:
        desk.outbox.export(folder / "stick")
        found = proof(desk)
    same = all((folder / "stick" / name).read_bytes() == was for name, was in before.items())
    stray = [path.name for path in (folder / "stick").iterdir() if path.suffix != ".tofan"]
    return left | {"files": whole, "same": same, "stray": stray, "flaw_at_end": found.flaw}


def after_init(folder: Path) -> Found:
    """Sell at the till that was made; make it first where it was not."""
    made = (folder / "new" / FILE_NAME).exists()
    if not made:
        make_till(folder / "new", install_id="f" * 32)
    with opened(folder / "new") as desk:
        number = ring(desk).sale.number
        desk.outbox.export(folder / "stick")
        found = proof(desk)
    request = (folder / "new" / "enrolment-request.json").exists()
    return {"made": made, "next": number, "flaw": found.flaw, "request": request}


def _whole(path: Path) -> bool:
    try:
        unseal(path.read_bytes()).links()
    except Refusal:
        return False
    return True


def _printed(desk: Desk, seq: int) -> str:
    stored = desk.store.sale_at(seq)
    return stored.printed if stored else ""


# --- killed at each call -------------------------------------------------------------------------

STORIES: dict[str, tuple[Callable[[Path, Say], None], Callable[[Path, list[str]], Found]]] = {
    "sell": (sell, lambda folder, _: after_selling(folder)),
    "export": (export, lambda folder, _: after_export(folder)),
    "init": (init, lambda folder, _: after_init(folder)),
    "shift": (shift, lambda folder, _: after_shift(folder)),
    "deal": (dealing.deal, dealing.look),
    "receive": (dealing.receive, dealing.after_receiving),
}


def killed(story: str, template: Path, work: Path, what: What, step: int) -> Iterator[Found]:
    """Yield what is left after a kill at each call of a story, until one runs to its end."""
    act, look = STORIES[story]
    call, ended = 1, False
    while not ended:
        folder = _copy(template, work)
        status, said = _child(folder, partial(act, folder), what, call)
        ended = os.waitstatus_to_exitcode(status) == 0
        if os.waitstatus_to_exitcode(status) > 0:
            raise RuntimeError(f"the story ended by itself at call {call}: {said}")
        yield {"call": call, "ended": ended, "said": said} | look(folder, said)
        call += step


def _child(
    folder: Path, act: Callable[[Say], None], what: What, call: int
) -> tuple[int, list[str]]:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            DISK.arm(folder, what, call, error=errno.EIO)
            act(lambda text: _say(write, text))
        except BaseException:  # noqa: BLE001 - whatever it was, the child ends here
            traceback.print_exc()
            os._exit(_CRASHED)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        said = pipe.read().split()
    return os.waitpid(child, 0)[1], said


def _say(pipe: int, text: str) -> None:
    os.write(pipe, f"{text}\n".encode())


def _copy(template: Path, work: Path) -> Path:
    shutil.rmtree(work, ignore_errors=True)
    return Path(shutil.copytree(template, work))


# --- a commit that raised ------------------------------------------------------------------------


def failed(template: Path, work: Path, what: What, error: int) -> Iterator[Found]:
    """Yield what became of a sale whose payment met a failing call, and was tried again."""
    call, met = 1, True
    while met:
        folder = _copy(template, work)
        with opened(folder) as desk:
            ring(desk, "TF-HONEY")
            desk.register.scan("TF-SCARF")
            DISK.arm(folder, what, call, error=error)
            first = _pay(desk)
            second = _pay(desk) if first == "trouble" and what is What.FAIL_ON else ""
            met = DISK.disarm() >= call
            last = _pay(desk) if "trouble" in {first, second} and not _done(second) else ""
            left = desk.register.basket.quantity
            following = ring(desk).sale.number
            found = proof(desk)
            count = numbers(desk)
        with opened(folder) as desk:
            again = proof(desk)
        yield {
            "call": call,
            "met": met,
            "tries": [first, second, last],
            "left": left,
            "next": following,
            "numbers": count,
            "flaw": found.flaw,
            "flaw_after": again.flaw,
        }
        call += 1


def failed_acts(template: Path, work: Path, what: What, error: int, step: int) -> Iterator[Found]:
    """Yield what became of each act that met a failing call, and was tried again."""
    for place, (name, act) in enumerate(ACTS.items()):
        call, met = 1 + place % step, True
        while met:
            folder = _copy(template, work)
            with opened(folder, session=False) as desk:
                for before in act.before:
                    before(desk)
                since = desk.store.journal_size()[0]
                DISK.arm(folder, what, call, error=error)
                tries = [tried(act, desk)]
                if tries == ["trouble"] and what is What.FAIL_ON:
                    tries.append(tried(act, desk))
                met = DISK.disarm() >= call
                if tries[-1] == "trouble":
                    tries.append(tried(act, desk))
                found, there = proof(desk), told(desk, since)
            with opened(folder, session=False) as desk:
                again = proof(desk)
            yield {
                "act": name,
                "call": call,
                "met": met,
                "tries": tries,
                "told": there,
                "expected": list(act.kinds),
                "flaw": found.flaw,
                "flaw_after": again.flaw,
            }
            call += step


def _pay(desk: Desk) -> str:
    try:
        return desk.register.pay(cash(590_00)).sale.number
    except Trouble:
        return "trouble"
    except Refusal as refusal:
        if refusal.why is not Why.SALE_ALREADY_DONE:
            raise
        return f"already {refusal.facts['number']}"


def _done(answer: str) -> bool:
    return "TST1-" in answer


def failed_deals(template: Path, work: Path, what: What, error: int, step: int) -> Iterator[Found]:
    """Yield what became of each act with head office that met a failing call, and was redone."""
    for place, name in enumerate(dealing.ACTS):
        call, met = 1 + place % step, True
        while met:
            folder = _copy(template, work)
            tries: list[str] = []
            with dealing.at_the_till(folder) as desk:
                for before, act in dealing.ACTS.items():
                    if before == name:
                        break
                    act(desk)
                epochs = len(desk.store.epochs())
                DISK.arm(folder, what, call, error=error)
                tries.append(_dealt(name, desk))
                if tries == ["trouble"] and what is What.FAIL_ON:
                    tries.append(_dealt(name, desk))
                met = DISK.disarm() >= call
                if tries[-1] == "trouble":
                    tries.append(_dealt(name, desk))
                begun = len(desk.store.epochs()) - epochs
            said = [tries[-1]]
            yield {
                "act": name,
                "call": call,
                "met": met,
                "tries": tries,
                "begun": begun,
            } | dealing.look(folder, said)
            call += step


def _dealt(name: str, desk: Desk) -> str:
    try:
        return dealing.ACTS[name](desk)
    except Trouble:
        return "trouble"


def record(
    template: Path, work: Path, log: Path, story: Callable[[Path, Say], None]
) -> Iterator[Found]:
    """Record a story's calls; yield how many there were."""
    folder = _copy(template, work)
    with log.open("wb") as file:
        DISK.arm(folder, What.COUNT, log=file.fileno())
        story(folder, DISK.mark)
        yield {"calls": DISK.disarm()}


def main(verb: str, *arguments: str) -> None:
    """Run one kind of case and print each as a line."""
    template, work = Path(arguments[0]), Path(arguments[1])
    make_till(work / "warm")  # loads what is loaded late, once for all children
    for _ in range(2):
        sell(work / "warm", lambda _text: None)
    shift(work / "warm", lambda _text: None)
    if verb in {"deal", "receive", "record_deal", "fail_deals"}:
        dealing.make(work / "warm-deal")
        dealing.deal(work / "warm-deal", lambda _text: None)
        dealing.make_office(work / "warm-office")
        dealing.receive(work / "warm-office", lambda _text: None)
    if arguments[3:] == ("default",):
        # What Python's driver does when it is asked for nothing.
        till_file.PRAGMAS = ("PRAGMA journal_mode=DELETE", "PRAGMA synchronous=FULL")
    if verb == "record":
        cases = record(template, work / "till", Path(arguments[2]), day)
    elif verb == "record_deal":
        cases = record(template, work / "till", Path(arguments[2]), dealing.deal)
    elif verb == "fail_deals":
        cases = failed_deals(
            template, work / "till", What[arguments[2]], int(arguments[3]), int(arguments[4])
        )
    elif verb == "fail":
        cases = failed(template, work / "till", What[arguments[2]], int(arguments[3]))
    elif verb == "fail_acts":
        cases = failed_acts(
            template, work / "till", What[arguments[2]], int(arguments[3]), int(arguments[4])
        )
    else:
        cases = killed(verb, template, work / "till", What[arguments[2]], int(arguments[3]))
    for case in cases:
        sys.stdout.write(json.dumps(case, default=str) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""A transport that loses, repeats, reorders, cuts and flips what it carries, as it is told to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from tofan_pos.counter.courier import Courier
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.errors import Ailment, Refusal, Trouble
from tofan_pos.office.reception import Reception, Taken
from tofan_pos.sync.contact import acknowledgement_in
from tofan_pos.sync.https import Download

if TYPE_CHECKING:
    from tofan_pos.store.office_published import Publication


class Harm(Enum):
    """What happens to something on its way."""

    NONE = "none"
    LOST = "lost"
    ANSWER_LOST = "answer lost"
    TWICE = "twice"
    CUT = "cut"
    FLIPPED = "flipped"


def harmed(content: bytes, harm: Harm, where: int) -> bytes:
    """Return bytes cut or flipped somewhere."""
    at = where % len(content)
    if harm is Harm.CUT:
        return content[:at]
    if harm is Harm.FLIPPED:
        return content[:at] + bytes([content[at] ^ (1 << where % 8)]) + content[at + 1 :]
    return content


@dataclass
class LossyLine:
    """In the place of a till's line over HTTPS: each exchange meets the next harm, then none."""

    reception: Callable[[], Reception]
    take: Callable[[bytes], Taken]
    letter: Callable[[bytes], None]
    sealed: Callable[[bytes], None]
    """Told what a till has sealed, before anything happens to it."""
    harms: list[tuple[Harm, int]] = field(default_factory=list)
    """What is still to happen, in the order of exchanges."""

    def hello(self, content: bytes) -> bytes:
        """Carry a hello, and its answer back."""

        def answered(said: bytes) -> bytes:
            letter = self.reception().hello(said)
            self.letter(letter)
            return letter

        answer = self._carry(content, answered)
        return _readable(answer)

    def send(self, content: bytes) -> bytes:
        """Carry a sync file, and its acknowledgement back."""
        self.sealed(content)

        def answered(said: bytes) -> bytes:
            taken = self.take(said)
            if taken.letter is None:
                raise taken.result.problem or Trouble(Ailment.SERVER_REFUSED)
            return taken.letter

        return _readable(self._carry(content, answered))

    def ask_enrolment(self, content: bytes) -> bytes | None:
        """Carry an enrolment request, and the grant back, if there is one."""
        return self._carry(content, lambda said: self.reception().ask(said) or b"") or None

    @contextmanager
    def catalogue(
        self, hello: bytes, *, offset: int = 0, sha256: str = ""
    ) -> Iterator[Download | None]:
        """Carry the newest catalogue, from an offset on."""
        found: list[Publication | None] = []

        def answered(said: bytes) -> bytes:
            found.append(self.reception().newest_for(said))
            return b"."

        self._carry(hello, answered)
        whole = found[-1]
        if whole is None:
            yield None
            return
        first = offset if sha256 == whole.sha256 else 0
        pieces = iter([whole.content[first:]])
        yield Download(first, len(whole.content), whole.sha256, pieces)

    def cut(self) -> None:
        """Do nothing: nobody else speaks."""

    def close(self) -> None:
        """Do nothing: nothing is open."""

    def _carry(self, content: bytes, answered: Callable[[bytes], bytes]) -> bytes:
        harm, where = self.harms.pop(0) if self.harms else (Harm.NONE, 0)
        if harm is Harm.LOST:
            raise Trouble(Ailment.NETWORK_SLOW)
        if harm is Harm.TWICE:
            with suppress(Refusal, Trouble):
                answered(content)
        if harm in {Harm.CUT, Harm.FLIPPED} and where % 2:
            # On the way there; otherwise on the way back.
            return answered(harmed(content, harm, where // 2))
        answer = answered(content)
        if harm is Harm.ANSWER_LOST:
            raise Trouble(Ailment.NETWORK_SLOW)
        return harmed(answer, harm, where // 2) if answer else answer


def _readable(answer: bytes) -> bytes:
    """Read an answer as the line over HTTPS does."""
    try:
        acknowledgement_in(answer)
    except Refusal as error:
        raise Trouble(Ailment.ANSWER_DAMAGED) from error
    return answer


def courier_over(line: LossyLine, desk: Desk, *, nonce: Callable[[], str]) -> Courier:
    """Return a till's own courier, over a line that does harm."""
    return Courier(
        desk.dealings,
        desk.outbox,
        desk.incoming,
        line,  # type: ignore[arg-type]
        folder=desk.store.path.parent,
        nonce=nonce,
    )

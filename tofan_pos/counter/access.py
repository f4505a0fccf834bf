"""Who has the till and what they may do: PINs, hand-over, approvals, and the people themselves.

Every privileged verb asks here for its `Warrant`, last before it writes: an approval is spent by
it. Wrong PINs are counted in the till's file and timed by how long the computer has been running,
so neither a restart nor a changed clock forgives them. That a till has no people yet its journal
must say as well: an emptied table makes nobody a supervisor.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from tofan_pos.counter import people, pins
from tofan_pos.counter.journal import Fact, Journal
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.people import (
    RIGHTS,
    SETUP,
    Limits,
    May,
    Right,
    Role,
    Staff,
    Warrant,
    may,
    staff_code,
    staff_name,
)
from tofan_pos.domain.pin import check_new_pin
from tofan_pos.sync.events import OverrideBody, SignedInBody

PRIVILEGED = frozenset({Right.DISCOUNT_ABOVE, Right.PRICE_OVERRIDE})
"""What is journalled as an override even where somebody does it by their own right."""


@dataclass(frozen=True, slots=True)
class Approval:
    """A supervisor's word, good for one act: by their code, the how-manieth of this run."""

    right: Right
    by: str
    serial: int


class Access:
    """Who is signed in at a till. Every verb is whole: it succeeds, or raises and changes nothing.

    What asks for a PIN also raises `Trouble(KEY_MISSING | KEY_UNREADABLE)` without the pepper.
    """

    def __init__(
        self,
        *,
        journal: Journal,
        pepper: Callable[[], bytes],
        ticks: Callable[[], int],
        limits: Limits,
        random_bytes: Callable[[int], bytes],
    ) -> None:
        """Start locked, or as `SETUP` where nobody works here, nor ever did.

        `pepper` is asked only when a PIN is; `ticks` tells the seconds since the computer started.
        """
        self._journal, self._pepper, self._ticks = journal, pepper, ticks
        self._random_bytes = random_bytes
        self._given: set[Approval] = set()
        self._approvals = 0
        self.limits = limits
        self.who: Staff | None = SETUP if self.needs_first_run else None
        self.last = self.who
        """Who had the till last in this run, also while it is locked."""

    # --- who has the till -----------------------------------------------------------------------

    @property
    def needs_first_run(self) -> bool:
        """Whether nobody ever worked here, so that a first supervisor is to be set up."""
        with self._journal.store.reading() as look:
            return people.is_new(look)

    @property
    def counts_blind(self) -> bool:
        """Whether whoever has the till may not be told what should be in the drawer."""
        return self.who is None or may(self.who.role, Right.CLOSE_DIFFERENCE) is not May.YES

    @property
    def by(self) -> str:
        """The code of whoever is signed in. Raises `Refusal(NOT_SIGNED_IN)` when locked."""
        if self.who is None:
            raise Refusal(Why.NOT_SIGNED_IN)
        return self.who.code

    def staff(self) -> list[Staff]:
        """Return everybody who works here now, by code, without what proves their PINs."""
        found = self._journal.store.staff()
        return [replace(person, verifier="") for person in found if person.active]

    def sign_in(self, code: str, pin: str) -> Staff:
        """Give the till to somebody: unlocking it, or taking it over with the basket as it is.

        Raises `Refusal(NOBODY_YET | NO_SUCH_STAFF | PIN_WRONG | PIN_LOCKED | PIN_SHAPE |
        PIN_VERIFIER)`.
        """
        code = _folded(code)
        person = self._proven(self._known(code), code, pin)
        if self.last is None or (self.last.code, self.last.role) != (person.code, person.role):
            with self._journal.fact() as fact:
                fact.write(self._signed_in(person))
        self._take_over(person)
        return person

    def lock(self) -> None:
        """Let nobody do anything before a PIN is given again; approvals given so far are void."""
        self.who = None
        self._given.clear()

    def _signed_in(self, person: Staff) -> SignedInBody:
        after = self.last.code if self.last else ""
        return SignedInBody(by=person.code, role=person.role.value, after=after)

    def _take_over(self, person: Staff) -> None:
        if self.last is None or self.last.code != person.code:
            self._given.clear()
        self.who = self.last = person

    # --- what they may --------------------------------------------------------------------------

    @staticmethod
    def rights_table() -> Mapping[Right, Mapping[Role, May]]:
        """Return every right, and what each role may of it, as the screen shows it."""
        return RIGHTS

    def warrant(self, right: Right, approval: Approval | None = None) -> Warrant:
        """Return on whose word an act is done now, spending the approval it needed.

        Raises `Refusal(NOT_SIGNED_IN | NOT_ALLOWED | APPROVAL_NEEDED)`, the last also for an
        approval of something else, of before the till was locked or handed over, used before, or
        given by somebody who is no supervisor here any more.
        """
        warrant = self._weigh(right, approval)
        self._spend(warrant, approval)
        return warrant

    def override(self, right: Right, about: str, approval: Approval | None = None) -> Warrant:
        """Warrant an act on the open basket, which has no entry of its own, and journal it.

        `about` is the program's own word for what it was done to, such as a product's code.
        Raises as `warrant` does.
        """
        warrant = self._weigh(right, approval)
        if warrant.approved_by or right in PRIVILEGED:
            with self._journal.fact() as fact:
                fact.write(
                    OverrideBody(
                        about=about,
                        approved_by=warrant.approved_by,
                        by=warrant.by,
                        right=right.value,
                    )
                )
        self._spend(warrant, approval)
        return warrant

    def approve(self, right: Right, code: str, pin: str) -> Approval:
        """Take a supervisor's word for one act of whoever is signed in.

        Raises `Refusal(NOT_SIGNED_IN | APPROVES_THEMSELVES | MAY_NOT_APPROVE)`, and as `sign_in`.
        """
        code = _folded(code)
        if code == self._standing().code:
            raise Refusal(Why.APPROVES_THEMSELVES)
        person = self._known(code)
        if person is not None and person.role is not Role.SUPERVISOR:
            raise Refusal(Why.MAY_NOT_APPROVE, who=person.code)
        approver = self._proven(person, code, pin)
        self._approvals += 1
        approval = Approval(right, approver.code, self._approvals)
        self._given.add(approval)
        return approval

    def second(self, right: Right, approval: Approval | None) -> str:
        """Return who stands behind an act as its second person, spending their approval.

        For what takes two whatever the first one may. Raises `Refusal(APPROVAL_NEEDED)`.
        """
        other = self._fitting(right, approval)
        self._given.discard(other)
        return other.by

    def _weigh(self, right: Right, approval: Approval | None) -> Warrant:
        person = self._standing()
        allowed = may(person.role, right)
        if allowed is May.YES:
            return Warrant(person.code)
        if allowed is May.NO:
            raise Refusal(Why.NOT_ALLOWED, right=right)
        return Warrant(person.code, self._fitting(right, approval).by)

    def _fitting(self, right: Right, approval: Approval | None) -> Approval:
        if approval is None or approval not in self._given or approval.right is not right:
            raise Refusal(Why.APPROVAL_NEEDED, right=right)
        giver = self._known(approval.by)
        if giver is None or giver.role is not Role.SUPERVISOR:
            raise Refusal(Why.APPROVAL_NEEDED, right=right)
        return approval

    def _spend(self, warrant: Warrant, approval: Approval | None) -> None:
        if warrant.approved_by and approval is not None:
            self._given.discard(approval)

    def _standing(self) -> Staff:
        """Return who is signed in, where they are still what their PIN was proven for.

        Whoever has another role by now signs in again: a role is worth what a PIN proves of it.
        """
        who = self.who
        if who is SETUP:
            stands = self.needs_first_run
        else:
            found = self._known(who.code) if who is not None else None
            stands = found is not None and who is not None and found.role is who.role
        if who is None or not stands:
            self.lock()
            raise Refusal(Why.NOT_SIGNED_IN)
        return who

    # --- the people themselves ------------------------------------------------------------------

    def first_supervisor(self, code: str, name: str, pin: str) -> Staff:
        """Set up the first supervisor of a till where nobody ever worked, and sign them in.

        Raises `Refusal(NOT_ALLOWED)` once somebody did, and as `add_staff`.
        """
        person = self._newcomer(code, name, Role.SUPERVISOR, pin)
        with self._journal.fact() as fact:
            others = people.without(people.managed(fact, SETUP.code), person.code)
            people.write(fact, SETUP.code, [*others, person])
            fact.write(self._signed_in(person))
        shown = replace(person, verifier="")
        self._take_over(shown)
        return shown

    def add_staff(
        self, code: str, name: str, role: Role, pin: str, *, approval: Approval | None = None
    ) -> None:
        """Let somebody work here. Without a name their code is shown.

        Raises `Refusal(STAFF_CODE | STAFF_EXISTS | TEXT_TOO_LONG | CARD_NUMBER | PIN_SHAPE |
        PIN_TRIVIAL)`, and as `warrant`; the first one of all is a supervisor. As whatever
        changes one person, it raises `Trouble(STORE_DAMAGED)` where the till's people are not
        those its journal names.
        """
        warrant = self._weigh(Right.MANAGE_STAFF, approval)
        if warrant.by == SETUP.code and role is not Role.SUPERVISOR:
            raise Refusal(Why.NOT_ALLOWED, right=Right.MANAGE_STAFF)
        person = self._newcomer(code, name, role, pin)
        with self._journal.fact() as fact:
            staff = people.managed(fact, warrant.by)
            if any(one.code == person.code and one.active for one in staff):
                raise Refusal(Why.STAFF_EXISTS, code=person.code)
            everybody = [*people.without(staff, person.code), person]
            people.write(fact, warrant.by, everybody, pin_of=person.code)
            fact.tx.set_failures(person.code, 0, 0)
        self._spend(warrant, approval)

    def change_pin(self, code: str, pin: str, *, approval: Approval | None = None) -> None:
        """Give somebody a new PIN, and forgive the wrong ones before it.

        Raises `Refusal(NO_SUCH_STAFF | PIN_SHAPE | PIN_TRIVIAL)`, and as `warrant`.
        """
        warrant = self._weigh(Right.MANAGE_STAFF, approval)
        code = _folded(code)
        verifier = pins.make_verifier(check_new_pin(pin, code=code), self._random_bytes)
        pepper = self._pepper()
        with self._journal.fact() as fact:
            staff = people.managed(fact, warrant.by)
            unsealed = replace(people.member(staff, code), verifier=verifier)
            everybody = [*people.without(staff, code), people.sealed(unsealed, pepper)]
            people.write(fact, warrant.by, everybody, pin_of=code)
            fact.tx.set_failures(code, 0, 0)
        self._spend(warrant, approval)

    def remove_staff(self, code: str) -> None:
        """Let somebody work here no longer; what they did stays theirs.

        Nobody removes themselves, so a supervisor always stays. Raises
        `Refusal(NO_SUCH_STAFF)`, and as `warrant`.
        """
        by, code = self.warrant(Right.MANAGE_STAFF).by, _folded(code)
        if code == by:
            raise Refusal(Why.NOT_ALLOWED, right=Right.MANAGE_STAFF)
        with self._journal.fact() as fact:
            staff = people.managed(fact, by)
            person = replace(people.member(staff, code), active=False, verifier="")
            people.write(fact, by, [*people.without(staff, code), person])

    def look_again(self) -> None:
        """Lock the till where whoever has it works here no longer, or as something else."""
        if self.who is not None:
            with suppress(Refusal):
                self._standing()

    def load_staff(self, fact: Fact, staff: Iterable[Staff], *, published: bool = False) -> None:
        """Put the people of a catalogue in the place of those before, within its transaction.

        A catalogue in which nobody works changes nothing: without people a till would be
        anybody's. What head office `published` is nobody's act at the till. Raises
        `Refusal(STAFF_CODE | STAFF_EXISTS | PIN_VERIFIER)` and for names, and
        `Refusal(NOT_ALLOWED)` for the set-up once somebody works here.
        """
        named: dict[str, Staff] = {}
        for person in staff:
            code = staff_code(person.code)
            if code in named:
                raise Refusal(Why.STAFF_EXISTS, code=code)
            name = staff_name(person.name, code=code)
            named[code] = replace(person, code=code, name=name)
        if not any(person.active for person in named.values()):
            return
        if not published and self.who is SETUP and not people.is_new(fact.tx):
            raise Refusal(Why.NOT_ALLOWED, right=Right.MANAGE_STAFF)
        pepper = self._pepper()
        people.write(fact, "", [people.sealed(person, pepper) for person in named.values()])

    def _newcomer(self, code: str, name: str, role: Role, pin: str) -> Staff:
        code = staff_code(code)
        name = staff_name(name, code=code)
        verifier = pins.make_verifier(check_new_pin(pin, code=code), self._random_bytes)
        person = Staff(code=code, name=name, role=role, verifier=verifier)
        return people.sealed(person, self._pepper())

    def _known(self, code: str) -> Staff | None:
        found = self._journal.store.staff()
        return next((one for one in found if one.code == code and one.active), None)

    def _proven(self, person: Staff | None, code: str, pin: str) -> Staff:
        """Return whoever was found to have a code, their PIN being right."""
        if person is None and self.needs_first_run:
            raise Refusal(Why.NOBODY_YET)
        if person is None:
            # As slow as a wrong PIN of somebody's: how long it took tells nobody who works here.
            pins.check(pins.NOBODYS, pin, self._pepper(), who="")
            raise Refusal(Why.NO_SUCH_STAFF, code=code)
        pins.prove(self._journal, person, pin, pepper=self._pepper, ticks=self._ticks)
        return replace(person, verifier="")


def _folded(code: str) -> str:
    """Return a staff code as typed for a look-up: nothing is refused but what nobody has."""
    return code.strip().upper()

"""The people of a till: its table and its journal say the same of them, or nothing changes."""

from collections.abc import Iterable
from dataclasses import replace

from tofan_pos.counter import pins
from tofan_pos.counter.journal import Fact
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.domain.people import SETUP, Right, Role, Staff
from tofan_pos.store.reading import Reading
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.events import StaffBody, StaffMemberBody
from tofan_pos.sync.kinds import StaffNamed


def is_new(look: Reading) -> bool:
    """Tell whether nobody works here, and the journal says so too.

    It does before it names anybody, and where a new epoch began without the pepper by which
    anybody's PIN could be proved.
    """
    if any(person.active for person in look.staff()):
        return False
    return _named(look) == ()


def managed(fact: Fact, by: str) -> list[Staff]:
    """Return everybody, where `by` still manages them in the transaction that will change them.

    Raises `Refusal(NOT_ALLOWED)`, and `Trouble(STORE_DAMAGED)` where they are not those that the
    journal named: what was put into the table by hand is not to be journalled as this act's.
    """
    people = fact.tx.staff()
    if by == SETUP.code:
        may_manage = is_new(fact.tx)
    else:
        may_manage = any(
            person.active and person.code == by and person.role is Role.SUPERVISOR
            for person in people
        )
    if not may_manage:
        raise Refusal(Why.NOT_ALLOWED, right=Right.MANAGE_STAFF)
    if _members(people) != _named(fact.tx):
        raise Trouble(Ailment.STORE_DAMAGED, detail="staff")
    return people


def _members(people: Iterable[Staff]) -> tuple[StaffMemberBody, ...]:
    people = sorted(people, key=lambda person: person.code)
    return tuple(StaffMemberBody(code=p.code, role=p.role.value) for p in people if p.active)


def _named(look: Reading) -> tuple[StaffMemberBody, ...] | None:
    """Return whom the journal named last; nobody before the first time, None where it is unread."""
    found = look.events("staff", newest=1)
    if not found:
        return ()
    entry = read_entry(found[0].line)
    return entry.body.staff if isinstance(entry, StaffNamed) else None


def member(people: Iterable[Staff], code: str) -> Staff:
    """Return whoever works here under a code. Raises `Refusal(NO_SUCH_STAFF)`."""
    for person in people:
        if person.code == code and person.active:
            return person
    raise Refusal(Why.NO_SUCH_STAFF, code=code)


def without(people: Iterable[Staff], code: str) -> list[Staff]:
    """Return everybody else, those who are gone too."""
    return [person for person in people if person.code != code]


def sealed(person: Staff, pepper: bytes) -> Staff:
    """Return somebody with their published verifier sealed, for their code and role alone."""
    if not person.active:
        return replace(person, verifier="")
    who = pins.whose(person.code, person.role)
    with pins.naming(person):
        return replace(person, verifier=pins.seal(person.verifier, pepper, who=who))


def write(fact: Fact, by: str, staff: Iterable[Staff], *, pin_of: str = "") -> None:
    """Put people in the place of those before, and journal who works here from now on."""
    people = list(staff)
    fact.write(StaffBody(by=by, staff=_members(people), pin_of=pin_of))
    fact.tx.set_staff(people)

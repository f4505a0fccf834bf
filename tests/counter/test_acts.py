"""Every act that takes a right, tried by every role: refused in a sentence, or done and told.

What `test_rights` asks of the table, this asks of the verbs themselves.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.counter.acts import ACTS, BOSS, SOMEBODY, Act, House, furnished
from tests.counter.people import PINS
from tests.counter.tills import quick_folder
from tofan_pos import app
from tofan_pos.counter.access import PRIVILEGED, Approval
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.proof import prove
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.people import RIGHTS, May, Right, Role
from tofan_pos.sentences import sentence
from tofan_pos.sync.entries import kind_of
from tofan_pos.sync.kinds import Overridden

LANGUAGES = app.all_words()


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with quick_folder() as place, furnished(place) as house:
        yield house


CELLS = [pytest.param(role, act, id=f"{role}-{act.name}") for act in ACTS for role in Role]


def test_every_right_has_its_act() -> None:
    """What a till says to head office is tried where that is."""
    assert {act.right for act in ACTS} == set(Right) - {Right.CONNECT}


def is_told(refusal: Refusal) -> bool:
    """Tell whether people of every language read a sentence of their own."""
    said = {sentence(refusal, words) for words in LANGUAGES.values()}
    return len(said) == len(LANGUAGES) and all(" " in one and len(one) > 10 for one in said)


def refused(act: Act, desk: Desk, thing: object, word: Approval | None) -> Why:
    with pytest.raises(Refusal) as told:
        act.do(desk, thing, word)
    assert told.value.facts["right"] is act.right
    assert is_told(told.value)
    return told.value.why


def doer(entry: Any) -> str:
    by: str = getattr(entry.body, "by", "") or entry.body.figures.by
    return by


@pytest.mark.parametrize(("role", "act"), CELLS)
def test_every_act_by_every_role(house: House, role: Role, act: Act) -> None:
    desk, allowed = house.runs[role], RIGHTS[act.right][role]
    if house.boss.day.session is None:
        house.reopened()
    thing = act.ready(house, desk)
    before, word = house.head, None
    if allowed is not May.YES:
        why = Why.NOT_ALLOWED if allowed is May.NO else Why.APPROVAL_NEEDED
        assert refused(act, desk, thing, None) is why
        word = desk.access.approve(act.right, BOSS, PINS[BOSS])
        if allowed is May.NO:
            assert refused(act, desk, thing, word) is why
        assert house.head == before, "what is refused leaves no trace"
    if allowed is not May.NO:
        act.do(desk, thing, word)
        written = house.entries(after=before)
        told = [entry for entry in written if kind_of(entry) == act.entry]
        assert {doer(entry) for entry in told} == ({SOMEBODY[role]} if act.entry else set())
        names = [getattr(entry.body, "approved_by", "") for entry in written]
        if act.name in {"X", "exchange"}:
            assert not written, "an X changes nothing, and an exchange is told with its sale"
        elif allowed is May.ASK:
            assert [name for name in names if name] == [BOSS], "one entry holds both names"
        else:
            assert not any(names)
            overrides = [entry for entry in written if isinstance(entry, Overridden)]
            assert len(overrides) == (act.right in PRIVILEGED)
    desk.refunds.forget_exchange()
    desk.register.put_away()


def test_all_of_it_proves_itself(house: House) -> None:
    assert prove(house.boss.store, house.boss.identity).flaw is None

"""The table of rights on screen says what the till itself asks."""

import pytest
from pytestqt.qtbot import QtBot

from tofan_pos import app as composition
from tofan_pos.domain.people import RIGHTS, Limits, May, Right, Role
from tofan_pos.sentences.people import approval_said, right_said, role_said
from tofan_pos.ui.counter.rights import RightsPage
from tofan_pos.ui.kit.text import Wrapped

SAID = {May.YES: "Yes", May.ASK: "Asks", May.NO: "Not allowed"}


@pytest.fixture
def page(qtbot: QtBot) -> RightsPage:
    page = RightsPage()
    qtbot.addWidget(page)
    page.show_rights(RIGHTS, limits=Limits(), mine=Role.CASHIER)
    page.dress()
    page.reword(composition.all_words()["en"])
    return page


def test_every_right_of_every_role_is_shown_as_it_is(page: RightsPage) -> None:
    shown = {(right, role): page.said(right, role) for right in Right for role in Role}
    assert shown == {(right, role): SAID[RIGHTS[right][role]] for right in Right for role in Role}


def test_every_right_is_named_once(page: RightsPage) -> None:
    say = composition.all_words()["en"]
    texts = [words.text for words in page.findChildren(Wrapped)]
    for right in Right:
        assert texts.count(right_said(right, say)) == 1


def test_the_limits_are_those_in_force(page: RightsPage) -> None:
    limits = Limits(discount_bp=1_250, refund=750_00, difference=20_00)
    page.show_rights(RIGHTS, limits=limits, mine=Role.SUPERVISOR)
    texts = " ".join(words.text for words in page.findChildren(Wrapped))
    assert "12.5 %" in texts
    assert "750.00" in texts
    assert "20.00" in texts


def test_names_of_rights_and_roles_differ() -> None:
    for say in composition.all_words().values():
        assert len({right_said(right, say) for right in Right}) == len(Right)
        assert len({role_said(role, say) for role in Role}) == len(Role)


def test_an_approval_names_what_it_is_about_on_one_plain_line() -> None:
    say = composition.all_words()["en"]
    said = approval_said(Right.VOID_DOCUMENT, say, about="V000012\n\u202e")
    assert "V000012" in said
    assert right_said(Right.VOID_DOCUMENT, say) in said
    assert said.isprintable()

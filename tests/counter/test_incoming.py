"""A catalogue from head office: taken or refused, applied between sales, whole or not at all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.counter.people import crew
from tests.counter.publishing import OFFICE, OTHER, gone, kinds, published, trust
from tests.counter.tills import Clock, cash, catalogue, opened, proof, ring
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.catalogue import KnownTill, Text
from tofan_pos.domain.errors import Ailment, Refusal, Trouble, Why
from tofan_pos.domain.people import Role, Staff
from tofan_pos.domain.published import Catalogue
from tofan_pos.store.incoming import BEFORE, IN_USE
from tofan_pos.sync.keys import fingerprint
from tofan_pos.sync.published import LARGEST_FILE


@pytest.fixture
def till(desk: Desk) -> Desk:
    """Return a till that trusts head office."""
    trust(desk)
    return desk


def dearer(by: int) -> Catalogue:
    """Return the catalogue with every price so much higher."""
    goods = catalogue()
    products = tuple(replace(one, price=one.price + by) for one in goods.products)
    return replace(goods, products=products)


def refusal_of(attempt: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as refused:
        attempt()
    return refused.value


def state(desk: Desk) -> tuple[object, ...]:
    """Return all that a catalogue changes at a till, and how long its journal is."""
    with desk.store.reading() as look:
        return (
            desk.store.whole_catalogue(),
            look.staff(),
            look.head_office(),
            look.incoming(),
            desk.store.journal_size(),
        )


def price(desk: Desk, code: str = "TF-SCARF") -> int:
    return desk.store.products_with([code])[code].price


# --- taking --------------------------------------------------------------------------------------


def test_before_people_have_compared_a_key_nothing_is_taken(desk: Desk) -> None:
    before = state(desk)
    assert refusal_of(lambda: desk.incoming.take(published())).why is Why.NO_OFFICE_YET
    assert state(desk) == before


def test_another_head_offices_catalogue_changes_nothing(till: Desk) -> None:
    before = state(till)
    refusal = refusal_of(lambda: till.incoming.take(published(key=OTHER)))
    assert refusal.why is Why.OFFICE_KEY_DIFFERS
    assert refusal.facts == {"fingerprint": fingerprint(OTHER.public)}
    assert state(till) == before


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.999])
def test_half_a_file_changes_nothing(till: Desk, part: float) -> None:
    content, before = published(), state(till)
    cut = content[: int(len(content) * part)]
    assert refusal_of(lambda: till.incoming.take(cut)).why is Why.NOT_A_CATALOGUE_FILE
    assert state(till) == before


def test_what_was_taken_waits_and_sells_nothing_yet(till: Desk) -> None:
    seq = till.store.journal_size()[0]
    assert till.incoming.take(published(3, dearer(1_00))) == 3
    assert (till.incoming.waiting(), till.incoming.held()) == (3, 3)
    assert till.store.head_office().newest_catalogue == 3
    assert till.store.head_office().catalogue == 0
    assert price(till) == 590_00
    assert till.store.journal_size()[0] == seq


def test_the_same_file_again_changes_nothing(till: Desk) -> None:
    till.incoming.take(published(3))
    before = state(till)
    assert till.incoming.take(published(3)) == 3
    assert state(till) == before
    till.incoming.apply()
    before = state(till)
    assert till.incoming.take(published(3)) == 3
    assert state(till) == before
    assert till.incoming.waiting() == 0


def test_an_older_version_changes_nothing(till: Desk) -> None:
    till.incoming.take(published(3))
    for _ in range(2):
        before = state(till)
        refusal = refusal_of(lambda: till.incoming.take(published(2)))
        assert (refusal.why, refusal.facts) == (Why.CATALOGUE_OLDER, {"version": 2, "held": 3})
        assert state(till) == before
        till.incoming.apply()


@pytest.mark.parametrize("there", ["waits", "in use", "in use, its file gone"])
def test_a_number_given_out_twice_is_refused_by_name(till: Desk, there: str) -> None:
    till.incoming.take(published(3))
    if there != "waits":
        till.incoming.apply()
    if there.endswith("gone"):
        with till.store.writing() as tx:
            tx.set_incoming({})
    before = state(till)
    refusal = refusal_of(lambda: till.incoming.take(published(3, dearer(1_00))))
    assert (refusal.why, refusal.facts) == (Why.CATALOGUE_TWICE, {"version": 3})
    assert state(till) == before
    # What this till has is no news still, and what is published again is taken.
    assert till.incoming.take(published(3)) == 3
    assert till.incoming.take(published(4, dearer(1_00))) == 4


def test_the_newest_that_came_is_the_one_that_waits(till: Desk) -> None:
    till.incoming.take(published(3, dearer(1_00)))
    till.incoming.take(published(5, dearer(2_00)))
    done = till.incoming.apply()
    assert done is not None
    assert (done.version, price(till)) == (5, 592_00)
    assert till.incoming.apply() is None


def test_a_file_is_read_no_further_than_one_can_be(till: Desk, tmp_path: Path) -> None:
    path = tmp_path / "long.tofancat"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE * 2)
    assert len(till.incoming.read(path)) == LARGEST_FILE + 1
    with pytest.raises(Trouble) as trouble:
        till.incoming.read(tmp_path)
    assert trouble.value.ailment is Ailment.FILE_UNREADABLE


# --- applying ------------------------------------------------------------------------------------


def test_it_is_sold_by_from_now_on(till: Desk) -> None:
    honey = replace(catalogue().products[2], code="TF-TEA", name=Text("ชาป่า", "Wild tea"))
    goods = dearer(1_00)
    goods = replace(goods, products=(*goods.products[1:], honey), pictures=())
    till.incoming.take(published(2, goods))
    seq = till.store.journal_size()[0]
    done = till.incoming.apply()
    assert done is not None
    assert (done.version, done.products, done.problem) == (2, 5, None)
    assert kinds(till, after=seq) == ["catalogue", "groups", "stories_gone"]
    assert gone(till) == [("withdrawn", ("TF-SCARF",))]
    assert refusal_of(lambda: till.register.scan("TF-SCARF")).why is Why.UNKNOWN_CODE
    assert till.shelf.search("ชา")[0].code == "TF-TEA"
    assert till.register.scan("TF-BASKET").product.price == 334_33
    assert till.store.head_office().catalogue == 2
    assert proof(till).flaw is None


def test_never_within_a_sale(till: Desk) -> None:
    till.register.scan("TF-SCARF")
    till.incoming.take(published(2, dearer(1_00)))
    before = state(till)
    assert refusal_of(till.incoming.apply).why is Why.BASKET_OPEN
    assert state(till) == before
    assert till.register.pay(cash(590_00)).sale.total == 590_00
    assert till.incoming.apply() is not None
    assert till.register.scan("TF-SCARF").product.price == 591_00


def test_what_a_screen_still_shows_is_sold_as_it_is_now(till: Desk) -> None:
    (shown, *_) = till.shelf.search("scarf")
    till.incoming.take(published(2, dearer(1_00)))
    till.incoming.apply()
    assert till.register.take(shown).product.price == 591_00


def test_an_open_basket_does_not_matter_where_nothing_waits(till: Desk) -> None:
    till.register.scan("TF-SCARF")
    assert till.incoming.apply() is None


def test_an_old_catalogue_never_refuses_a_sale(till: Desk, clock: Clock) -> None:
    till.incoming.take(published(2))
    till.incoming.apply()
    clock.move(timedelta(days=4_000))
    assert ring(till, "TF-SCARF").sale.total == 590_00


def test_people_follow_at_once(till: Desk) -> None:
    till.incoming.take(published(2, replace(catalogue(), staff=crew())))
    till.incoming.apply()
    assert till.access.who is None
    till.access.sign_in("SELL2", "251046")
    till.access.sign_in("LEAD1", "907351")
    others = tuple(person for person in crew() if person.code != "LEAD1")
    till.incoming.take(published(3, replace(catalogue(), staff=others)))
    till.incoming.apply()
    assert till.access.who is None
    assert refusal_of(lambda: till.access.sign_in("LEAD1", "907351")).why is Why.NO_SUCH_STAFF
    till.access.sign_in("SELL2", "251046")
    raised = tuple(
        replace(person, role=Role.TRAINEE) if person.code == "SELL2" else person
        for person in others
    )
    till.incoming.take(published(4, replace(catalogue(), staff=raised)))
    till.incoming.apply()
    assert till.access.who is None
    assert till.access.sign_in("SELL2", "251046").role is Role.TRAINEE
    till.incoming.take(published(5))
    till.incoming.apply()
    assert till.access.who is not None
    assert len(till.access.staff()) == 5


def test_other_tills_keys_come_along(till: Desk) -> None:
    keys = (KnownTill("OTH1", 1, b"a" * 32), KnownTill("OTH1", 1, b"b" * 32))
    till.incoming.take(published(2, replace(catalogue(), known_tills=keys)))
    till.incoming.apply()
    with till.store.reading() as look:
        assert look.keys_of_till("OTH1", 1) == (b"a" * 32, b"b" * 32)
        assert look.keys_of_till("OTH1", 2) == ()


def test_the_one_before_is_kept_until_something_was_sold(till: Desk) -> None:
    for version in (1, 2, 3):
        till.incoming.take(published(version, dearer(version)))
        till.incoming.apply()
    with till.store.reading() as look:
        assert [(row.version, row.state) for row in look.incoming()] == [
            (2, BEFORE),
            (3, IN_USE),
        ]
    assert not till.incoming.used()
    ring(till)
    assert till.incoming.used()
    assert not till.incoming.used()
    with till.store.reading() as look:
        assert [row.version for row in look.incoming()] == [3]


# --- what cannot be applied ----------------------------------------------------------------------


def test_without_its_pepper_a_till_sells_on_and_says_so(folder: Path, clock: Clock) -> None:
    with opened(folder, clock=clock) as desk:
        trust(desk)
        desk.incoming.take(published(1, replace(catalogue(), staff=crew())))
        desk.incoming.apply()
        (pepper,) = folder.glob("*.pepper")
        kept = pepper.rename(folder / "elsewhere")
        raised = replace(dearer(1_00), staff=crew())
        desk.incoming.take(published(2, raised))
        before = desk.store.whole_catalogue(), desk.store.staff(), desk.store.journal_size()
        done = desk.incoming.apply()
        assert done is not None
        assert isinstance(done.problem, Trouble)
        assert done.problem.ailment is Ailment.KEY_MISSING
        assert (desk.incoming.refused(), desk.incoming.waiting(), desk.incoming.held()) == (2, 0, 2)
        assert (desk.store.whole_catalogue(), desk.store.staff(), desk.store.journal_size()) == (
            before
        )
        assert desk.store.head_office().catalogue == 1
        assert desk.incoming.take(published(2, raised)) == 2
        assert desk.incoming.apply() is None
        kept.rename(pepper)
        desk.access.sign_in("SELL2", "251046")
        assert desk.register.scan("TF-SCARF").product.price == 590_00
    # Tried again at the next start, once the pepper is back.
    with opened(folder, clock=clock) as desk:
        assert desk.incoming.waiting() == 2
        done = desk.incoming.apply()
        assert done is not None
        assert (done.problem, price(desk)) == (None, 591_00)


def test_what_head_office_should_never_have_signed_is_put_aside(till: Desk) -> None:
    """A file whose signature holds, and whose content does not."""
    till.incoming.take(published(2))
    with till.store.writing() as tx:
        (row,) = tx.incoming()
        tx.set_incoming({})
        tx.keep_incoming(row, b"")
    before = till.store.whole_catalogue(), till.store.journal_size()
    done = till.incoming.apply()
    assert done is not None
    assert isinstance(done.problem, Refusal)
    assert done.problem.why is Why.NOT_A_CATALOGUE_FILE
    assert (till.incoming.refused(), till.incoming.waiting()) == (2, 0)
    assert (till.store.whole_catalogue(), till.store.journal_size()) == before
    ring(till)
    till.incoming.take(published(3, dearer(1_00)))
    assert till.incoming.apply() is not None
    assert (till.incoming.refused(), price(till)) == (0, 591_00)


def test_whom_the_till_trusts_now_is_whom_it_obeys(till: Desk) -> None:
    till.incoming.take(published(7))
    trust(till, OTHER)
    assert (till.incoming.waiting(), till.incoming.apply()) == (0, None)
    assert till.incoming.take(published(1, dearer(1_00), key=OTHER)) == 1
    assert till.incoming.apply() is not None
    assert price(till) == 591_00
    assert refusal_of(lambda: till.incoming.take(published(8))).why is Why.OFFICE_KEY_DIFFERS


def test_a_failed_write_leaves_it_waiting(till: Desk) -> None:
    broken = (Staff(code="LEAD1", name="LEAD1", role=Role.SUPERVISOR, verifier=crew()[0].verifier),)
    till.incoming.take(published(2, replace(dearer(1_00), staff=broken)))
    with till.store.writing() as tx:
        tx.connection.execute(
            "CREATE TRIGGER spoil BEFORE INSERT ON staff BEGIN SELECT RAISE(ABORT, 'x'); END"
        )
    before = state(till)
    with pytest.raises(Exception, match="x"):
        till.incoming.apply()
    assert state(till) == before
    with till.store.writing() as tx:
        tx.connection.execute("DROP TRIGGER spoil")
    assert till.incoming.apply() is not None
    assert price(till) == 591_00
    assert OFFICE.public == till.store.head_office().office_key

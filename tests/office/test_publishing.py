"""Publishing: every version its own, sealed for all tills, and what it changes told."""

import json
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.counter.publishing import trust
from tests.counter.tills import make_till, opened, quick_folder
from tests.office.forge import AT, Till, sale
from tests.office.running import Run
from tests.sync.goods import DISH, SCARF, SHOWN, VERIFIER, WHOLE
from tofan_pos.app import Office
from tofan_pos.domain.catalogue import (
    MOST_ROTATIONS,
    KnownTill,
    ProducerGroup,
    Product,
    SharePolicy,
    Text,
)
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.people import Role, Staff
from tofan_pos.domain.published import LEASE_DAYS, Catalogue
from tofan_pos.domain.rules import DatedPolicy, DatedPrice, Rules
from tofan_pos.office.intake import Outcome
from tofan_pos.office.publishing import (
    Changes,
    Repriced,
    changes_of,
    publish,
    write_publication,
)
from tofan_pos.store.office import OfficeStore
from tofan_pos.store.office_published import Publication
from tofan_pos.sync.published import unseal_catalogue
from tofan_pos.sync.sales import read_moment

DAY = read_moment(AT).date()


def put_out(office: Office, catalogue: Catalogue = WHOLE) -> Publication:
    return publish(
        office.store,
        office.key(),
        catalogue,
        clock=lambda: read_moment(AT),
    )


def test_versions_count_on(office: Office) -> None:
    assert office.store.newest_publication() is None
    first, second = put_out(office), put_out(office)
    assert (first.version, second.version) == (1, 2)
    newest = office.store.newest_publication(with_content=True)
    assert newest == second == office.store.publication(2)
    assert office.store.publication(1) == first
    assert office.store.publication_before(2) == first
    sealed = unseal_catalogue(second.content)
    assert (sealed.version, sealed.office_key) == (2, office.key().public)
    assert (sealed.sha256, sealed.products) == (second.sha256, second.products)
    assert sealed.at == read_moment(AT)


def test_stories_are_leased(office: Office) -> None:
    made = put_out(office, replace(WHOLE, products=(with_story(date(2029, 1, 1)), DISH)))
    story = unseal_catalogue(made.content).catalogue().products[0].story
    assert story is not None
    assert story.approved_until == DAY + timedelta(days=LEASE_DAYS)


def with_story(until: date) -> Product:
    assert SCARF.story is not None
    return replace(SCARF, story=replace(SCARF.story, approved_until=until))


@pytest.mark.usefixtures("till")
def test_enrolled_tills_keys_go_along(office: Office) -> None:
    mine = KnownTill("OWN1", 1, b"m" * 32)
    made = put_out(office, replace(WHOLE, known_tills=(mine,)))
    known = unseal_catalogue(made.content).catalogue().known_tills
    (enrolled,) = office.store.tills()
    assert known == (mine, KnownTill(enrolled.till, enrolled.epoch, enrolled.public_key))
    office.reception.revoke(enrolled.till, enrolled.epoch)
    made = put_out(office, replace(WHOLE, known_tills=()))
    assert unseal_catalogue(made.content).catalogue().known_tills == ()


def test_of_a_till_that_changes_its_key_without_end_the_newest_go_along(office: Office) -> None:
    first = Till().enrolled(office.store)
    first.write(sale(1))
    keys, rotated = [first.key.public], first
    for n in range(MOST_ROTATIONS + 3):
        rotated = rotated.rotate(f"key {n}")
        keys.append(rotated.key.public)
    second = rotated.next_epoch().enrolled(office.store)
    told = office.reception.take(replace(first, key=second.key).file(1, len(keys))).result
    assert told.outcome is Outcome.IMPORTED
    made = put_out(office, replace(WHOLE, known_tills=()))
    known = unseal_catalogue(made.content).catalogue().known_tills
    mine = {one.public_key for one in known if one.epoch == 1}
    assert mine == {keys[0], *keys[-MOST_ROTATIONS:]}
    assert [one.public_key for one in known if one.epoch == 2] == [second.key.public]


def test_a_till_sells_by_what_was_published(office: Office) -> None:
    made = put_out(office)
    with quick_folder() as folder:
        make_till(folder / "till")
        with opened(folder / "till") as desk:
            trust(desk, office.key())
            assert desk.incoming.take(made.content) == 1
            done = desk.incoming.apply()
            assert done is not None
            assert (done.problem, done.products) == (None, 2)
            assert desk.access.who is None
            assert [person.code for person in desk.access.staff()] == ["LEAD1"]


def test_what_changed_is_told(office: Office) -> None:
    assert changes_of(office.store, put_out(office)) == Changes(
        added=("TF-SCARF", "TF-DISH"), staff_added=("LEAD1",), dated=2
    )
    assert changes_of(office.store, put_out(office)) == Changes(since=1, dated=2)
    assert SCARF.story is not None
    silent = replace(SCARF, story=None, picture="", price=600_00)
    tea = replace(DISH, code="TF-TEA")
    staff = (Staff(code="SELL1", name="SELL1", role=Role.SUPERVISOR, verifier=VERIFIER),)
    third = replace(WHOLE, products=(silent, tea), pictures=(), prices=(), staff=staff)
    assert changes_of(office.store, put_out(office, third)) == Changes(
        since=2,
        added=("TF-TEA",),
        gone=("TF-DISH",),
        repriced=(Repriced("TF-SCARF", 590_00, 600_00),),
        stories_gone=("TF-SCARF",),
        staff_added=("SELL1",),
        staff_gone=("LEAD1",),
    )
    # A price whose day has come counts, and so does a version without people.
    dated = replace(third, prices=(DatedPrice("TF-SCARF", DAY, 500_00),), staff=None)
    assert changes_of(office.store, put_out(office, dated)) == Changes(
        since=3, repriced=(Repriced("TF-SCARF", 600_00, 500_00),)
    )


def test_a_policys_number_means_one_rate_for_good(office: Office) -> None:
    put_out(office)
    policy = SharePolicy(number=2, rate_bp=8_000)
    rules = Rules(policies=(DatedPolicy(date(2028, 1, 1), policy),))
    with pytest.raises(Refusal) as refusal:
        put_out(office, replace(WHOLE, rules=rules))
    assert (refusal.value.why, refusal.value.facts) == (Why.POLICY_CHANGED, {"number": 2})
    newest = office.store.newest_publication()
    assert newest is not None
    assert newest.version == 1


def test_what_no_till_would_take_is_not_published(office: Office) -> None:
    group = ProducerGroup("G1", Text("กลุ่ม 4111 1111 1111 1111"))
    with pytest.raises(Refusal) as refusal:
        put_out(office, replace(WHOLE, groups=(group, WHOLE.groups[1])))
    assert refusal.value.why is Why.NOT_A_CATALOGUE_FILE
    assert office.store.newest_publication() is None


def test_publishers_at_once_get_versions_of_their_own(office: Office, office_url: str) -> None:
    stores = [OfficeStore(office_url) for _ in range(4)]
    key = office.key()

    def put(store: OfficeStore) -> list[int]:
        return [publish(store, key, WHOLE, clock=lambda: read_moment(AT)).version for _ in range(3)]

    try:
        with ThreadPoolExecutor(4) as threads:
            versions = [version for some in threads.map(put, stores) for version in some]
    finally:
        for store in stores:
            store.close()
    assert sorted(versions) == list(range(1, 13))
    for version in versions:
        made = office.store.publication(version)
        assert made is not None
        assert unseal_catalogue(made.content).version == version


@pytest.mark.usefixtures("till")
def test_a_head_office_put_back_gives_no_version_out_twice(office: Office) -> None:
    """A till told of version 7, which this database does not know any more."""
    (enrolled,) = office.store.tills()
    with office.store.contact(enrolled.till) as contact:
        contact.change(enrolled.epoch, catalogue=7)
    assert put_out(office).version == 8


@pytest.mark.skipif(sys.platform == "win32", reason="files have other owners there")
def test_the_file_is_for_its_owner_alone(office: Office, tmp_path: Path) -> None:
    made = put_out(office)
    path = write_publication(made, tmp_path / "new" / "folder")
    assert path.name == "catalogue-00000001.tofancat"
    assert path.read_bytes() == made.content
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


# --- the command ---------------------------------------------------------------------------------


def test_the_command_publishes_a_workbook(run: Run, office_url: str, tmp_path: Path) -> None:
    sample = Path(__file__).parents[2] / "resources" / "sample" / "catalogue.xlsx"
    assert run("init", "--db", office_url).code == 0
    done = run("publish", sample, "--db", office_url, "--to", tmp_path / "out", "--json")
    assert (done.code, "Products, row" in done.err) == (0, True)
    said = json.loads(done.out)
    assert (said["version"], said["since"], said["gone"]) == (1, None, [])
    assert len(said["added"]) == said["products"] > 20
    content = Path(said["file"]).read_bytes()
    assert len(content) == said["size"]
    assert unseal_catalogue(content).sha256 == said["sha256"]
    again = run("publish", sample, "--db", office_url)
    assert again.code == 0
    assert "Version 2 is published" in again.out
    assert "Nothing changes against version 1." in again.out


def test_the_command_tells_every_fault_and_publishes_nothing(
    run: Run, office_url: str, tmp_path: Path
) -> None:
    assert run("init", "--db", office_url).code == 0
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"no workbook")
    done = run("publish", bad, "--db", office_url)
    assert (done.code, done.out) == (1, "")
    assert "bad.xlsx" in done.err
    assert SHOWN not in done.err
    store = OfficeStore(office_url)
    assert store.newest_publication() is None
    store.close()

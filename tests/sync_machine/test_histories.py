"""Histories that broke a promise once, told plainly: each ends with everything at head office."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.sync_machine.machine import Templates, machine
from tests.sync_machine.world import World
from tofan_pos.sync.enrolment import Beginning


@contextmanager
def history(templates: Templates) -> Iterator[World]:
    """Yield two tills and a head office, and hold them to every promise at the end."""
    state = machine(templates)()
    state.whole = False
    try:
        yield state.world
        state.whole = True
    finally:
        state.teardown()


def test_a_twin_learns_that_it_is_one_from_the_key_the_other_took(templates: Templates) -> None:
    with history(templates) as world:
        till = world.places[0]
        world.enrol(till)
        world.contact(till)
        world.clone(till, "image")
        twin = world.places[-1]
        # That it took another key is the last thing that is heard of the one.
        world.rotate(till)
        world.contact(till)
        world.ring(twin, 3)
        world.contact(twin)
        assert [row.why for row in twin.desk.dealings.all_epochs()] == [
            Beginning.FIRST,
            Beginning.FORKED,
        ]


def test_what_a_twin_sold_before_the_other_took_a_key_is_added_up_apart(
    templates: Templates,
) -> None:
    with history(templates) as world:
        till = world.places[0]
        world.enrol(till)
        world.contact(till)
        world.clone(till, "image")
        twin = world.places[-1]
        for _ in range(3):
            world.ring(till, 1)
        world.rotate(till)
        world.contact(till)
        for _ in range(5):
            world.ring(twin, 2)
        world.contact(twin)
        (apart,) = world.house.office.store.apart()
        assert apart.sales == 5


def test_what_a_till_lost_is_named_though_its_next_epoch_is_another_computers(
    templates: Templates,
) -> None:
    with history(templates) as world:
        till = world.places[0]
        world.enrol(till)
        world.clone(till, "away")
        world.enrol(world.places[-1])
        world.ring(till, 1)
        # What it sold goes with its file; the epoch in which it says so is taken already.
        world.restore(till, 0)


def test_what_went_with_a_whole_epoch_is_named(templates: Templates) -> None:
    with history(templates) as world:
        till = world.places[0]
        world.enrol(till)
        world.restore(till, 0)
        world.ring(till, 1)
        world.restore(till, 0)
        world.contact(till)


def test_all_is_sent_again_to_a_head_office_that_has_forgotten_a_till(templates: Templates) -> None:
    with history(templates) as world:
        till = world.places[0]
        world.house.back_up()
        world.enrol(till)
        world.ring(till, 1)
        world.contact(till)
        world.house.put_back(0)


def test_an_answer_left_on_a_stick_is_older_than_the_head_office_it_meets(
    templates: Templates,
) -> None:
    with history(templates) as world:
        till, stick = world.places[0], world.folder / "stick-red"
        world.house.back_up()
        world.export(till, stick)
        world.enrol(till)
        world.carry(stick)
        world.house.put_back(0)
        world.carry(stick)
        world.fetch(till, stick)

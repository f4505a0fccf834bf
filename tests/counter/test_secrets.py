"""What of people's PINs stays in the file that a till's backups are copies of."""

from dataclasses import replace

from tests.counter.people import crew
from tests.counter.publishing import published, trust
from tests.counter.tills import catalogue
from tofan_pos.counter.desk import Desk
from tofan_pos.store.incoming import IN_USE


def test_a_catalogue_in_use_leaves_nothing_that_proves_pins_elsewhere(desk: Desk) -> None:
    """A stick with a backup on it would else be all that it takes to try a million PINs."""
    file = published(3, replace(catalogue(), staff=crew()))
    trust(desk)
    desk.incoming.take(file)
    assert file[-100:] in desk.store.path.read_bytes()
    done = desk.incoming.apply()
    assert done is not None
    assert done.problem is None
    with desk.store.reading() as look:
        assert [(row.version, row.state, row.size) for row in look.incoming()] == [(3, IN_USE, 0)]
    held = desk.store.path.read_bytes()
    assert file[-100:] not in held
    assert not [one.code for one in crew() if one.verifier.encode() in held]
    assert desk.incoming.take(file) == 3
    assert desk.incoming.waiting() == 0

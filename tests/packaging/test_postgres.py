"""Each test has a database of its own, empty, of both kinds."""

import sqlalchemy as sa


def use(url: str) -> tuple[str, int]:
    engine = sa.create_engine(url)
    try:
        with engine.begin() as connection:
            connection.execute(sa.text("CREATE TABLE once (word TEXT)"))
            connection.execute(sa.text("INSERT INTO once VALUES ('ทอฝัน')"))
            rows = connection.execute(sa.text("SELECT word FROM once")).scalars().all()
            return rows[0], len(rows)
    finally:
        engine.dispose()


def test_it_is_there_and_speaks_thai(office_url: str) -> None:
    assert use(office_url) == ("ทอฝัน", 1)


def test_it_is_empty_again(office_url: str) -> None:
    # The same table is made anew: nothing of the test before is seen.
    assert use(office_url) == ("ทอฝัน", 1)

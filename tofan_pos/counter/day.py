"""The till session: opened over a float, read by X, counted blind, closed by Z."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tofan_pos.counter.access import Access, Approval
from tofan_pos.counter.figures import till_report
from tofan_pos.counter.journal import Journal
from tofan_pos.domain.count import Count
from tofan_pos.domain.errors import Refusal, Trouble, Why
from tofan_pos.domain.guard import checked_text
from tofan_pos.domain.money import MOST
from tofan_pos.domain.people import Right
from tofan_pos.domain.report import CASH, Closing, Settled, TillReport, ZReport, settle
from tofan_pos.domain.session import LONGEST_WORDS, Session
from tofan_pos.store.reading import Reading
from tofan_pos.sync.chain import Head
from tofan_pos.sync.days import (
    closed_body,
    count_body,
    count_of,
    figures_body,
    opened_body,
    sign_figures,
    z_of,
)
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.events import CountedBody, DateRolledBody, OverrideBody, TenderCountBody
from tofan_pos.sync.keys import KeyStore, SigningKey
from tofan_pos.sync.kinds import Counted as CountedEntry
from tofan_pos.sync.kinds import SessionClosed
from tofan_pos.thai.dates import business_day

MOST_COUNTS = 2
"""The drawer is counted, and counted again once."""
_FURTHEST = timedelta(days=31)
"""So far a business date is rolled at once: a slip of the hand must not date sales in years."""
_MOVES_MONEY = ("refund", "void", "movement", "session_opened", "no_sale")


@dataclass(frozen=True, slots=True)
class StoredZ:
    """A Z report and its place in the journal."""

    z: ZReport
    seq: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What a count came to: each tender against what it should be, and whether it may be redone."""

    settled: tuple[Settled, ...]
    closing: Closing
    may_recount: bool


class Day:
    """One till's sessions. Each verb is whole, or raises and changes nothing."""

    def __init__(self, *, journal: Journal, access: Access, keys: KeyStore) -> None:
        """Work on this till's sessions; `keys` sign the Z."""
        self._journal, self._access, self._keys = journal, access, keys

    @property
    def session(self) -> Session | None:
        """The open session, or None."""
        return self._journal.store.session()

    @property
    def today(self) -> date:
        """The day by the clock in Bangkok."""
        return business_day(self._journal.clock())

    def is_overdue(self) -> bool:
        """Tell whether the open session still sells for a day that is over by the clock."""
        session = self.session
        return session is not None and session.business_date < self.today

    # --- opening --------------------------------------------------------------------------------

    def open(
        self, opening: Count, *, drawer: str = "", approval: Approval | None = None
    ) -> Session:
        """Open a session over a counted float. Raises `Refusal(SESSION_OPEN)`."""
        drawer = checked_text(drawer, longest=LONGEST_WORDS)
        self._require_closed(self.session)
        warrant = self._access.warrant(Right.OPEN_SESSION, approval)
        with self._journal.fact() as fact:
            running, last, grand_total = fact.tx.session()
            self._require_closed(running)
            if not last:
                # What a till sold before it knew sessions counts too.
                grand_total = fact.tx.sums(1, fact.head.seq).sales.total
            session = Session(
                n=last + 1,
                seq=fact.next_seq,
                business_date=business_day(fact.at),
                opened_at=fact.at,
                by=warrant.by,
                opening=opening,
                drawer=drawer,
            )
            # A slip says who was handed the float; without one there is nothing to hand over.
            body = opened_body(session, approved_by=warrant.approved_by)
            fact.write(body, paper=opening.total > 0)
            fact.tx.open_session(session, grand_total=grand_total)
            fact.tx.set_prices(session.business_date.isoformat())
        return session

    def roll_date(self, to: date | None = None, *, approval: Approval | None = None) -> Session:
        """Let sales count for another day from now on: today, or the one named, never an earlier.

        Raises `Refusal(NO_SESSION | DATE_NOT_LATER)`.
        """
        wanted = to or self.today
        self._check_date(self._open_session(), wanted)
        warrant = self._access.warrant(Right.ROLL_DATE, approval)
        with self._journal.fact() as fact:
            self._check_date(fact.session, wanted)
            fact.write(
                DateRolledBody(
                    business_date=wanted.isoformat(), by=warrant.by, approved_by=warrant.approved_by
                )
            )
            fact.tx.roll_date(fact.session.n, wanted.isoformat())
            fact.tx.set_prices(wanted.isoformat())
        return self._open_session()

    # --- reading --------------------------------------------------------------------------------

    def x(self, *, approval: Approval | None = None) -> TillReport:
        """Return the open session's figures as they stand; nothing is changed."""
        session = self._open_session()
        by = self._access.warrant(Right.X_REPORT, approval).by
        with self._journal.store.reading() as look:
            return self._report(look, session, by=by)

    def z(self, n: int | None = None) -> StoredZ:
        """Return a Z report by its number, or the last one. Raises `Refusal(NO_Z_YET)`."""
        with self._journal.store.reading() as look:
            events = look.events("session_closed", newest=0 if n else 1)
        for event in reversed(events):
            entry = read_entry(event.line)
            if isinstance(entry, SessionClosed) and n in {None, entry.body.figures.n}:
                return StoredZ(z_of(entry), event.seq)
        raise Refusal(Why.NO_Z_YET)

    # --- closing --------------------------------------------------------------------------------

    def count(
        self,
        cash: Count,
        tenders: Mapping[str, int] | None = None,
        *,
        approval: Approval | None = None,
    ) -> Counted:
        """Take down what was counted, before anybody is told what should be there.

        Each count is journalled, so that it cannot be tried until it fits. Raises
        `Refusal(NO_SESSION | COUNTED_TWICE | TENDER_UNKNOWN | AMOUNT_OUT_OF_RANGE)`.
        """
        session = self._open_session()
        counted = dict(tenders or {})
        with self._journal.store.reading() as look:
            report = self._report(look, session, by=self._access.by)
            self._check_tenders(report, counted)
            if len(self._counts(look, session)) >= MOST_COUNTS:
                raise Refusal(Why.COUNTED_TWICE)
            before = len(self._all_counts(look, session))
        # Money that moves makes a count void, but nobody counts anew by moving a coin.
        right = Right.CLOSE_SESSION if before < MOST_COUNTS else Right.CLOSE_DIFFERENCE
        warrant = self._access.warrant(right, approval)
        with self._journal.fact() as fact:
            if len(self._counts(fact.tx, fact.session)) >= MOST_COUNTS:
                raise Refusal(Why.COUNTED_TWICE)
            if warrant.approved_by:
                # A count names who counted; on whose word it was is told beside it.
                fact.write(
                    OverrideBody(
                        about=f"count {before + 1}",
                        approved_by=warrant.approved_by,
                        by=warrant.by,
                        right=right.value,
                    )
                )
            fact.write(
                CountedBody(
                    by=warrant.by,
                    cash=count_body(cash),
                    tenders=tuple(
                        TenderCountBody(key=k, amount=a) for k, a in sorted(counted.items())
                    ),
                )
            )
        found = self.counted()
        if found is None:
            raise Refusal(Why.NOT_COUNTED)
        return found

    def counted(self) -> Counted | None:
        """Return the count that stands, or None where money moved since, or none was made."""
        session = self._open_session()
        with self._journal.store.reading() as look:
            counts = self._counts(look, session)
            if not counts:
                return None
            report = self._report(look, session, by=self._access.by)
            closing = _closing_of(self._all_counts(look, session))
        settled = settle(report, closing.counted())
        return Counted(settled, closing, len(counts) < MOST_COUNTS)

    def close(
        self,
        *,
        reason: str = "",
        bag: str = "",
        approval: Approval | None = None,
        second: Approval | None = None,
    ) -> StoredZ:
        """Close the session over the count that stands: a numbered, signed Z report.

        `approval` is for a difference above the limit, which needs a reason; `second` is another
        person's, where the till asks for two. Raises `Refusal(NO_SESSION | NOT_COUNTED |
        DIFFERENCE_UNEXPLAINED | SECOND_PERSON)`.
        """
        session = self._open_session()
        with self._journal.store.reading() as look:
            before = self._report(look, session, by="")
            closing, settled = self._settled(look, session, before)
        limit = self._journal.profile.limits.difference
        off = max(abs(one.difference) for one in settled)
        right = Right.CLOSE_DIFFERENCE if off > limit else Right.CLOSE_SESSION
        reason = checked_text(reason, longest=LONGEST_WORDS)
        if off > limit and not reason:
            raise Refusal(Why.DIFFERENCE_UNEXPLAINED, differences=self._told(settled))
        bag = checked_text(bag, longest=LONGEST_WORDS)
        if self._journal.profile.two_to_close and second is None:
            raise Refusal(Why.SECOND_PERSON)
        warrant = self._access.warrant(right, approval)
        seconded = self._access.second(Right.CLOSE_SESSION, second) if second else ""
        key = self._key()
        with self._journal.fact() as fact:
            if key is not None and not self._is_in_force(key):
                # Another program changed it, or began an epoch, a moment ago.
                key = self._key()
            session = fact.session
            if fact.head.seq != before.seq:
                before = self._report(fact.tx, session, by="", head=fact.head)
                closing, settled = self._settled(fact.tx, session, before)
            report = replace(before, by=warrant.by, at=fact.at)
            figures = figures_body(report, settled)
            z = ZReport(
                report=report,
                closing=replace(closing, reason=reason, bag=bag),
                settled=settled,
                approved_by=warrant.approved_by,
                seconded=seconded,
                signature=sign_figures(figures, key) if key else "",
            )
            link = fact.write(closed_body(z), paper=True)
            fact.tx.close_session(session.n, link.seq, grand_total=report.grand_total)
        return StoredZ(z, link.seq)

    # --- inside ---------------------------------------------------------------------------------

    def _open_session(self) -> Session:
        session = self.session
        if session is None:
            raise Refusal(Why.NO_SESSION)
        return session

    @staticmethod
    def _require_closed(session: Session | None) -> None:
        if session is not None:
            raise Refusal(Why.SESSION_OPEN, since=session.opened_at)

    @staticmethod
    def _check_date(session: Session, wanted: date) -> None:
        if not session.business_date < wanted <= session.business_date + _FURTHEST:
            raise Refusal(Why.DATE_NOT_LATER, date=session.business_date)

    @staticmethod
    def _check_tenders(report: TillReport, counted: Mapping[str, int]) -> None:
        expected = report.expected()
        for key, amount in counted.items():
            if key == CASH or key not in expected:
                raise Refusal(Why.TENDER_UNKNOWN, code=key)
            if not 0 <= amount <= MOST:
                raise Refusal(Why.AMOUNT_OUT_OF_RANGE, most=MOST)

    def _report(
        self, look: Reading, session: Session, *, by: str, head: Head | None = None
    ) -> TillReport:
        if head is None:
            last = look.head()
            head = Head(last.seq, last.hash) if last else Head()
        at = self._journal.clock().replace(microsecond=0)
        return till_report(look, session, profile=self._journal.profile, head=head, at=at, by=by)

    def _told(self, settled: tuple[Settled, ...]) -> tuple[tuple[str, int], ...]:
        """Return what differs, by tender; nothing of it to whoever counts blind."""
        if self._access.counts_blind:
            return ()
        return tuple((one.key, one.difference) for one in settled if one.difference)

    def _settled(
        self, look: Reading, session: Session, report: TillReport
    ) -> tuple[Closing, tuple[Settled, ...]]:
        if not self._counts(look, session):
            raise Refusal(Why.NOT_COUNTED)
        closing = _closing_of(self._all_counts(look, session))
        return closing, settle(report, closing.counted())

    @staticmethod
    def _counts(look: Reading, session: Session) -> list[CountedEntry]:
        """Return the counts since money last moved."""
        moved = look.events(*_MOVES_MONEY, after=session.seq - 1, newest=1)
        sold = look.last_sale_seq()
        since = max(session.seq, sold, *(event.seq for event in moved))
        return _counts_after(look, since)

    @staticmethod
    def _all_counts(look: Reading, session: Session) -> list[CountedEntry]:
        """Return every count of the session, also those that no longer stand."""
        return _counts_after(look, session.seq)

    def _key(self) -> SigningKey | None:
        """Return the till's key, or None: a Z without a signature is better than no Z."""
        try:
            return self._keys.load()
        except Trouble:
            return None

    def _is_in_force(self, key: SigningKey) -> bool:
        identity = self._journal.store.identity()
        return identity is not None and identity.public_key == key.public


def _counts_after(look: Reading, seq: int) -> list[CountedEntry]:
    found = (read_entry(event.line) for event in look.events("counted", after=seq))
    return [entry for entry in found if isinstance(entry, CountedEntry)]


def _closing_of(counts: list[CountedEntry]) -> Closing:
    """Return what the last count says, and the first beside it where there were several."""
    last = counts[-1].body
    return Closing(
        cash=count_of(last.cash),
        tenders=tuple((one.key, one.amount) for one in last.tenders),
        first_cash=count_of(counts[0].body.cash) if len(counts) > 1 else None,
        counted_by=last.by,
        counts=len(counts),
    )

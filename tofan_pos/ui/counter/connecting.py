"""The till's dealings with head office at the window: its page, its questions, sticks, and news."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal

from tofan_pos.counter.access import Approval
from tofan_pos.counter.courier import Contact
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.stick import Brought, needs_enrolling, to_folder_and_back, write_request
from tofan_pos.domain.errors import Refusal, Trouble
from tofan_pos.sync.enrolment import Beginning, Grant, grant_in
from tofan_pos.ui.counter import office_asks
from tofan_pos.ui.counter.arriving import Arriving
from tofan_pos.ui.counter.attempt import Attempt
from tofan_pos.ui.counter.office_overview import Wish
from tofan_pos.ui.counter.office_page import OfficePage
from tofan_pos.ui.counter.office_view import OfficeView
from tofan_pos.ui.counter.once import Once
from tofan_pos.ui.counter.page import Page
from tofan_pos.ui.counter.pages import Pages
from tofan_pos.ui.counter.sending import Carriage, Sending
from tofan_pos.ui.counter.shelf import ShelfPage
from tofan_pos.ui.counter.sticks import FOLDER, Sticks, places
from tofan_pos.ui.kit.worker import Worker


class Connecting(QObject):
    """Listens to the page of head office, and to what comes by line and stick.

    `told` carries what was done, `hinted` what may be of use, `warned` what a supervisor has to
    know, each as a function that words it.
    """

    problem = Signal(object)
    all_well = Signal()
    changed = Signal()
    back = Signal()
    scanned = Signal(str)
    told = Signal(object)
    hinted = Signal(object)
    warned = Signal(object)
    _progressed = Signal(int, int)

    def __init__(  # noqa: PLR0913 - each is a part of the window it works with
        self,
        desk: Desk,
        *,
        pages: Pages,
        attempt: Attempt,
        worker: Worker,
        carriage: Carriage | None,
        parent: QObject,
    ) -> None:
        """Do nothing yet; writing to sticks runs on `worker`."""
        super().__init__(parent)
        self._desk, self._pages, self._attempt, self._worker = desk, pages, attempt, worker
        self._grant: Grant | None = None
        self._begun = False
        self._coded: tuple[bytes, str] = (b"", "")
        remembered = desk.store.path.with_name("window.ini")
        self.once = Once(desk, QSettings(str(remembered), QSettings.Format.IniFormat))
        self.sending, self.sticks = Sending(desk, carriage, self), Sticks(self)
        self.sending.changed.connect(self.look)
        self.sending.met.connect(self._met)
        self.sticks.changed.connect(self.look)
        self.sticks.came.connect(self._stick_came)
        self.arriving = Arriving(desk, pages=pages, parent=self)
        self.arriving.turned.connect(self._turned)
        self.arriving.told.connect(self.told)
        self.arriving.warned.connect(self.warned)
        self.arriving.problem.connect(self.problem)
        pages.made.connect(self._listen)

    # --- from opening to closing ----------------------------------------------------------------

    def begin(self) -> None:
        """Send, and look for sticks, from now on."""
        if not (self._begun or self._desk.profile.training):
            self._begun = True
            self.sending.begin()
            self.sticks.begin()

    def close(self) -> None:
        """Do no more of it."""
        self.sending.close()
        self.arriving.close()
        self.sticks.close()

    def look(self) -> None:
        """Look how things stand, and show it where it is shown."""
        self.sending.look()
        self.arriving.soon()
        self.greet()
        if self._pages.shows(OfficePage):
            self._show_view(self._pages.of(OfficePage))

    def greet(self) -> None:
        """Tell a supervisor who is there now what has to be known, once."""
        news = self.once.news()
        if news is not None:
            self.warned.emit(news)

    # --- turning to the page --------------------------------------------------------------------

    def open(self) -> None:
        """Show how the till stands with head office, or go back where that is shown."""
        if self._pages.shows(OfficePage):
            self.back.emit()
            return
        page = self._pages.of(OfficePage)
        page.show_overview()
        if not self._show_view(page):
            return
        self.all_well.emit()
        self._pages.turn_to(OfficePage).take_keyboard()
        if self._grant is not None:
            self._ask_grant(self._grant)

    def _show_view(self, page: OfficePage) -> bool:
        try:
            view, code = self._view()
        except Trouble as trouble:
            self.problem.emit(trouble)
            return False
        sticks = self.sticks.there
        page.show_view(view, code=code, stick=str(Path(sticks[0]) / FOLDER) if sticks else "")
        return True

    def _view(self) -> tuple[OfficeView, tuple[str, ...]]:
        desk = self._desk
        epoch = desk.dealings.all_epochs()[-1]
        view = OfficeView(
            till=desk.profile.till,
            epoch=epoch.epoch,
            began=Beginning(epoch.why),
            fingerprint=desk.dealings.fingerprint,
            request=self._request(epoch.public_key),
            known=desk.dealings.known(),
            office_fingerprint=desk.dealings.office_fingerprint,
            waiting=desk.outbox.waiting(),
            now=desk.clock(),
            underway=self.sending.stands,
            can_send=self.sending.can_send,
            silent_after_h=desk.profile.silent_after_h,
            outlived=desk.backups.outlived(),
        )
        return view, self._code(view)

    def _request(self, key: bytes) -> str:
        """Return the text of the request's code: made once for each key, empty without it."""
        if self._coded[0] != key:
            from tofan_pos.sync.request_code import request_code  # noqa: PLC0415 - rarely wanted

            try:
                self._coded = (key, request_code(self._desk.dealings.request()))
            except (Refusal, Trouble):
                self._coded = (key, "")
        return self._coded[1]

    def _code(self, view: OfficeView) -> tuple[str, ...]:
        if view.enrolled or not view.request:
            return ()
        from tofan_pos.printing.codes import qr  # noqa: PLC0415 - as above

        return qr(view.request)

    # --- what is wanted -------------------------------------------------------------------------

    def _wished(self, wish: Wish) -> None:
        page, dealings = self._pages.of(OfficePage), self._desk.dealings
        match wish:
            case Wish.SEND:
                self.all_well.emit()
                self.sending.send_now()
            case Wish.STICK:
                self.all_well.emit()
                page.stick.offer(places(self.sticks.there))
                page.show_stick()
            case Wish.REQUEST:
                self._save_request()
            case Wish.PAUSE:
                # The other way than the key says, whatever has become of it since.
                self._turn_pause(paused=not (page.view and page.view.known.paused))
            case Wish.ROTATE:
                page.ask(office_asks.rotation(lambda: self._rotate(dealings.rotate_key)))
            case Wish.EPOCH:
                page.ask(office_asks.epoch(lambda: self._begin_epoch(dealings.begin_epoch)))

    def _turn_pause(self, *, paused: bool) -> None:
        self._attempt.run(
            lambda approval: self._desk.dealings.pause(paused=paused, approval=approval),
            lambda _: self._done(),
            about=office_asks.pausing if paused else office_asks.resuming,
        )

    def _rotate(self, verb: Callable[[Approval | None], str]) -> None:
        def done(fingerprint: str) -> None:
            self.told.emit(partial(office_asks.rotated_said, fingerprint))
            self._done()

        self._attempt.run(verb, done, about=office_asks.changing_the_key)

    def _begin_epoch(self, verb: Callable[[Approval | None], int]) -> None:
        def done(epoch: int) -> None:
            self.once.tells_of_epoch(epoch)
            self.told.emit(partial(office_asks.epoch_said, epoch))
            self._done()

        self._attempt.run(verb, done, about=office_asks.beginning_an_epoch)

    def _addressed(self, address: str) -> None:
        def done(_: None) -> None:
            self.told.emit(lambda say: say("The address is kept."))
            self._done()

        self._attempt.run(
            lambda approval: self._desk.dealings.set_server(address, approval), done, about=address
        )

    def _done(self) -> None:
        """Go on from what was changed."""
        self.sending.free()
        self.look()
        self.changed.emit()

    # --- trusting head office -------------------------------------------------------------------

    def _ask_grant(self, grant: Grant) -> None:
        self._grant = grant
        known = self._desk.dealings.known()
        same = known.office_key == grant.office_key
        if same and not needs_enrolling(self._desk.dealings):
            self._grant = None
            return
        page = self._pages.of(OfficePage)
        if not self._pages.shows(OfficePage):
            self.hinted.emit(office_asks.answered_said)
            return
        page.ask(
            office_asks.grant(
                grant,
                other=bool(known.office_key) and not same,
                then=lambda: self._trust(grant),
                otherwise=self._differs,
            )
        )

    def _trust(self, grant: Grant) -> None:
        def done(_: Grant) -> None:
            self._grant = None
            self.told.emit(partial(office_asks.trusted_said, grant.body.office))
            self._done()

        self._attempt.run(
            lambda approval: self._desk.dealings.trust(grant.content, approval), done,
            about=grant.fingerprint,
        )  # fmt: skip

    def _differs(self) -> None:
        self._grant = None
        self.warned.emit(office_asks.differs_said)

    # --- sticks ---------------------------------------------------------------------------------

    def _stick_came(self, _: str) -> None:
        if not self._pages.shows(OfficePage):
            self.hinted.emit(office_asks.stick_said)

    def _carry(self, folder: str) -> None:
        page, desk = self._pages.of(OfficePage), self._desk
        if page.stick.busy:
            return
        where = Path(folder).expanduser()
        page.stick.folder.setText(folder)
        page.stick.begin()
        self._worker.run(
            lambda: to_folder_and_back(
                desk.dealings,
                desk.outbox,
                where,
                take_catalogue=desk.incoming.take,
                progress=self._progressed.emit,
            ),
            self._carried,
            failed=page.stick.finish,
        )

    def _carried(self, brought: Brought) -> None:
        self._pages.of(OfficePage).stick.finish(brought)
        self._done()
        if brought.began is not None:
            self.greet()
        for grant in brought.grants[:1]:
            self._ask_grant(grant)

    def _save_request(self) -> None:
        folder = Path(places(self.sticks.there)[0])
        dealings = self._desk.dealings
        self._worker.run(
            lambda: write_request(dealings, folder),
            lambda path: self.told.emit(partial(office_asks.saved_said, str(path))),
            failed=self.problem.emit,
        )

    def _turned(self) -> None:
        """Show the shelf as it is now: other products, other prices."""
        self._pages.of(ShelfPage).load()
        self._worker.run(self._desk.shelf.prepare_search)

    # --- what came by line ----------------------------------------------------------------------

    def _met(self, contact: Contact) -> None:
        if contact.grant:
            self._ask_grant(grant_in(contact.grant))
        if contact.began is not None:
            self.greet()
        self.changed.emit()

    def _listen(self, page: Page) -> None:
        if isinstance(page, OfficePage):
            page.wished.connect(self._wished)
            page.addressed.connect(self._addressed)
            page.carry_wanted.connect(self._carry)
            page.scanned.connect(self.scanned)
            self._progressed.connect(page.stick.show_progress)

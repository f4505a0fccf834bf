"""Opens head office's window: the crash handler, and one window over its database."""

from dataclasses import replace

from PySide6.QtCore import QSettings, QSize

from tofan_pos import app
from tofan_pos.crash import CRASH_FILE
from tofan_pos.settings import Settings
from tofan_pos.ui.kit import theme
from tofan_pos.ui.kit.application import catch_crashes, gui
from tofan_pos.ui.kit.sounds import Sounds, SystemSounds
from tofan_pos.ui.office.choosing import asked_of_the_system
from tofan_pos.ui.office.house import House
from tofan_pos.ui.office.room import Choosing
from tofan_pos.ui.office.window import OfficeWindow
from tofan_pos.words import LANGUAGES

USUAL_SIZE = QSize(1366, 768)
MEMORY = "office-window.ini"


def open_window(url: str, settings: Settings, *, as_last: bool = False) -> int:
    """Open the window of the head office whose database is at a URL; return when it is closed.

    `as_last`: in the language and look it was closed in, where it was opened before.

    Raises `Refusal` or `Trouble` where there is no head office that can be opened.
    """
    application = gui("tofan-office")
    office = app.build_office(url)
    try:
        settings.folder.mkdir(parents=True, exist_ok=True)
        memory = QSettings(str(settings.folder / MEMORY), QSettings.Format.IniFormat)
        settings = remembered(settings, memory) if as_last else settings
        window = make_window(
            office,
            settings,
            sounds=SystemSounds(),
            choosing=asked_of_the_system(),
            memory=memory,
        )
        catch_crashes(settings.folder / CRASH_FILE, window.crash, clock=app.utc_now)
        window.showMaximized()
        return application.exec()
    finally:
        office.store.close()


def remembered(settings: Settings, memory: QSettings) -> Settings:
    """Return settings with the language and look that were chosen last in the window."""
    language = str(memory.value("language", settings.language))
    dark = str(memory.value("dark", settings.dark)).lower() == "true"
    return replace(
        settings, language=language if language in LANGUAGES else settings.language, dark=dark
    )


def make_window(
    office: app.Office,
    settings: Settings,
    *,
    sounds: Sounds,
    choosing: Choosing,
    memory: QSettings,
) -> OfficeWindow:
    """Return head office's window, dressed and sized, not shown yet."""
    theme.apply(gui("tofan-office"), settings.dark)
    window = OfficeWindow(
        House(store=office.store, reception=office.reception, clock=office.reception.clock),
        words=app.all_words(),
        language=settings.language,
        dark=settings.dark,
        sounds=sounds,
        choosing=choosing,
        memory=memory,
    )
    window.resize(USUAL_SIZE)
    return window

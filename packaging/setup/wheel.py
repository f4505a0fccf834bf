"""Hides where resources lie: beside the code here, in `tofan_pos/_resources` in a wheel."""

from pathlib import Path

from setuptools.command.build_py import build_py

SOURCE = Path("resources")
PLACE = Path("tofan_pos", "_resources")


class WithResources(build_py):
    """The usual step for Python files, and every resource with them (not when editable)."""

    def run(self) -> None:
        """Copy the modules, then the resources beside them."""
        super().run()
        if self.editable_mode:
            return
        for source in resources():
            target = Path(self.build_lib) / PLACE / source.relative_to(SOURCE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())

    def get_source_files(self) -> list[str]:
        """Return what a source archive must hold: the modules, the resources, and this file."""
        modules: list[str] = super().get_source_files()  # type: ignore[no-untyped-call]
        here = Path("packaging", "setup", "wheel.py")
        return [*modules, *map(str, resources()), str(here)]


def resources() -> list[Path]:
    """Return every resource, in a fixed order; hidden files are a system's own litter."""
    files = (path for path in SOURCE.rglob("*") if path.is_file())
    return sorted(path for path in files if not any(p.startswith(".") for p in path.parts))

"""A printer on paper: reads ESC/POS bytes strictly, and knows no command beyond ours."""

from dataclasses import dataclass, field


@dataclass
class Printed:
    """What came out of the printer: rows of dots as bytes, and what else it was told to do."""

    rows: list[bytes] = field(default_factory=list)
    strips: list[tuple[int, int]] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)


def read(data: bytes, *, stride: int) -> Printed:
    """Return what a printer of that many bytes a row prints; any unknown byte fails."""
    printed = Printed()
    at = 0
    while at < len(data):
        if data.startswith(b"\x1dv0\x00", at):
            width = int.from_bytes(data[at + 4 : at + 6], "little")
            height = int.from_bytes(data[at + 6 : at + 8], "little")
            assert 1 <= width <= stride
            assert height >= 1
            printed.strips.append((width, height))
            at += 8
            for _ in range(height):
                row = data[at : at + width]
                assert len(row) == width, "a strip is cut short"
                printed.rows.append(row.ljust(stride, b"\0"))
                at += width
            continue
        for command, length in ((b"\x1b@", 2), (b"\x1bd", 3), (b"\x1dV\x01", 3), (b"\x1bp", 5)):
            if data.startswith(command, at):
                printed.commands.append(command.decode("latin-1"))
                at += length
                break
        else:
            message = f"unknown byte {data[at]:#x} at {at}"
            raise AssertionError(message)
    return printed

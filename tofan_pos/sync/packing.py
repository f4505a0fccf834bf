"""Lines packed into few bytes, and back into just what was said of them and no more."""

from dataclasses import dataclass

import zstandard

from tofan_pos.domain.errors import Refusal, Why

PACKINGS = frozenset({"zstd", "none"})
"""How lines may be packed, as headers name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packing:
    """How one kind of file packs its lines. Sizes are bytes; `most_ratio` is raw to packed."""

    level: int
    most_raw: int
    most_ratio: int
    longest_line: int

    def pack(self, raw: bytes) -> tuple[bytes, str]:
        """Return lines packed, and how they are."""
        packed = zstandard.ZstdCompressor(level=self.level, write_content_size=True).compress(raw)
        if len(raw) > self.most_ratio * len(packed):
            # Lines as alike as these would be taken for a bomb; they go as they are.
            return raw, "none"
        return packed, "zstd"

    def lines(self, packed: bytes, packing: str, *, raw: int, count: int) -> list[bytes]:
        """Unpack so many lines, of so many bytes with their line feeds.

        Raises `Refusal(UNPACKS_TOO_LARGE | CONTENT_CHANGED)`.
        """
        content = packed if packing == "none" else self._unpack(packed, raw)
        # Counted first: cut into lines of a byte or two, it would be twenty times as large.
        if len(content) != raw or content.count(b"\n") != count or not content.endswith(b"\n"):
            raise Refusal(Why.CONTENT_CHANGED)
        lines = content[:-1].split(b"\n")
        if max(map(len, lines)) > self.longest_line:
            raise Refusal(Why.UNPACKS_TOO_LARGE)
        return lines

    def _unpack(self, packed: bytes, raw: int) -> bytes:
        try:
            frame = zstandard.get_frame_parameters(packed)
            if frame.content_size != raw or frame.window_size > self.most_raw:
                raise Refusal(Why.UNPACKS_TOO_LARGE)
            return zstandard.ZstdDecompressor().decompress(packed, allow_extra_data=False)
        except zstandard.ZstdError as error:
            raise Refusal(Why.CONTENT_CHANGED) from error

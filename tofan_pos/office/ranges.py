"""Answering with a catalogue, or with the rest of one that broke off on the way (RFC 9110)."""

import re
from collections.abc import AsyncIterator, Mapping

from starlette.responses import Response, StreamingResponse

from tofan_pos.store.office_published import Publication

CATALOGUE = "application/octet-stream"
_PIECE = 64 * 1024
_FROM = re.compile(r"bytes=(\d{1,15})-")


def catalogue_answer(asked: Mapping[str, str], whole: Publication) -> Response:
    """Return all of it, or the rest from `Range: bytes=N-` on where `If-Range` names the same."""
    etag, size = f'"{whole.sha256}"', len(whole.content)
    headers = {"etag": etag, "accept-ranges": "bytes", "tofan-version": str(whole.version)}
    found = _FROM.fullmatch(asked.get("range", ""))
    first = int(found[1]) if found and asked.get("if-range", etag) == etag else 0
    if first and first >= size:
        headers["content-range"] = f"bytes */{size}"
        return Response(status_code=416, headers=headers)
    partly = found is not None and asked.get("if-range", etag) == etag
    if partly:
        headers["content-range"] = f"bytes {first}-{size - 1}/{size}"
    headers["content-length"] = str(size - first)
    return StreamingResponse(
        _pieces(whole.content, first),
        status_code=206 if partly else 200,
        headers=headers,
        media_type=CATALOGUE,
    )


async def _pieces(content: bytes, first: int) -> AsyncIterator[bytes]:
    view = memoryview(content)
    for start in range(first, len(content), _PIECE):
        yield bytes(view[start : start + _PIECE])

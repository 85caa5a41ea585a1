"""Bố cục và việc sửa tệp Word, both done in the jail."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from app.storage import frames, jail
from app.storage.refusals import because

_ROOM = frames.REQUEST_BYTES - 512  # a request is one message: what does not fit goes in a second turn


def read_layout(file: int) -> Any:
    """Bố cục một tệp Word đang mở, still to be doubted by the reader.

    :raises FileRefused: broken, or too complex.
    """
    try:
        return json.loads(jail.shared().call("layout", file).payloads[0])
    except jail.JailError as problem:
        raise because(problem.reason) from problem
    except (IndexError, ValueError) as problem:
        raise because("crash") from problem


def layout_of(data: bytes) -> Any:
    """Bố cục của một tệp Word còn trong bộ nhớ."""
    with in_memory(data) as file:
        return read_layout(file)


def repaired(data: bytes, edits: Sequence[dict[str, Any]]) -> bytes:
    """Tệp Word sau khi sửa những chỗ đã nêu và không chỗ nào khác.

    :raises FileRefused: broken.
    """
    # Text last: other edits address characters by their place.
    ordered = [
        *(e for e in edits if e["op"] != "text"),
        *sorted((e for e in edits if e["op"] == "text"), key=lambda e: -e["from"]),
    ]
    for batch in _batches(ordered):
        with in_memory(data) as file:
            try:
                data = jail.shared().call("repair", file, edits=batch).payloads[0]
            except jail.JailError as problem:
                raise because(problem.reason) from problem
            except IndexError as problem:
                raise because("crash") from problem
    return data


def _batches(edits: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    room = _ROOM
    for edit in (piece for whole in edits for piece in _small(whole)):
        size = len(json.dumps(edit)) + 2
        if batch and size > room:
            yield batch
            batch, room = [], _ROOM
        batch.append(edit)
        room -= size
    if batch:
        yield batch


def _small(edit: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for key in ("spans", "at"):
        places = edit.get(key)
        if isinstance(places, list) and len(places) > 200:
            for start in range(0, len(places), 200):
                yield {**edit, key: places[start : start + 200]}
            return
    yield edit


@contextmanager
def in_memory(data: bytes) -> Iterator[int]:
    """Một tệp không nằm trên đĩa, as a descriptor the jail can be handed."""
    file = os.memfd_create("docx")
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(file, view) :]
        yield file
    finally:
        os.close(file)

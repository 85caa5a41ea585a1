"""Việc đang giữ: what a post still holds, told by the packages above, so that nobody leaves without handing it over.

Each upper package fills this registry in its own wiring, once per kind of work::

    open_work.add_source(Source("documents.handling", "văn bản đang xử lý", 10, count=…, items=…))

``count`` and ``items`` look at what a **post** holds. When it is handed over, :class:`app.org.events.WorkHandedOver` is
emitted; the package moves its rows in a subscriber (same transaction) and tells ``org.service.report_moved`` what it moved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace


@dataclass(frozen=True)
class WorkItem:
    """Một việc cụ thể: shown in the preview, kept in the record of the hand-over."""

    kind: int
    record_id: int
    title: str
    reference: str = ""  # số và ký hiệu, mã nhiệm vụ
    detail: str = ""  # hạn, vai trò

    def as_json(self) -> dict[str, object]:
        """Giá trị để lưu."""
        return asdict(self)


@dataclass(frozen=True)
class Source:
    """Nguồn việc của một gói: a stable key, what the items are called in the plural, and how to find them."""

    key: str
    label: str
    order: int
    count: Callable[[int], int]  # post id → how many; capped counts are fine
    items: Callable[[int, int], Sequence[WorkItem]]  # (post id, limit) → the items, most urgent first


@dataclass(frozen=True)
class OpenWork:
    """Một loại việc còn đang giữ, với số lượng."""

    key: str
    label: str
    count: int

    def __str__(self) -> str:
        return f"{'99+' if self.count >= 100 else self.count} {self.label}"


@dataclass(frozen=True)
class WorkGroup:
    """Một loại việc với các việc cụ thể."""

    key: str
    label: str
    count: int
    items: Sequence[WorkItem]


_sources: dict[str, Source] = {}


def add_source(source: Source) -> None:
    """Khai báo một nguồn việc; called only from ``<package>/wiring.py``."""
    _sources[source.key] = source


def sources() -> list[Source]:
    """Mọi nguồn việc, theo thứ tự hiện."""
    return sorted(_sources.values(), key=lambda s: (s.order, s.key))


def open_work(post_ids: Iterable[int]) -> list[OpenWork]:
    """Việc các vị trí này đang giữ, chỉ những loại còn việc."""
    posts = list(post_ids)
    found = [OpenWork(s.key, s.label, sum(s.count(p) for p in posts)) for s in sources()]
    return [w for w in found if w.count]


def preview(post_id: int, *, limit: int = 50, titles: bool) -> list[WorkGroup]:
    """Danh sách việc sẽ chuyển khi bàn giao vị trí này.

    :param titles: whether the reader may know what the work is about; an administrator sees numbers only.
    """
    groups = []
    for source in sources():
        count = source.count(post_id)
        if count:
            items = source.items(post_id, limit)
            shown = items if titles else [replace(i, title="") for i in items]
            groups.append(WorkGroup(source.key, source.label, count, shown))
    return groups


def in_words(work: Iterable[OpenWork]) -> str:
    """Việc còn giữ bằng lời: "3 văn bản đang xử lý, 1 nhiệm vụ"."""
    return ", ".join(str(w) for w in work)

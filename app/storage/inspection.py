"""Kiểm tra tệp tải lên: the jail says what a file is; here it is decided whether it may enter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.core import limits
from app.core.text import clean_line
from app.language.secrecy import find_secrecy_mark, find_secrecy_mark_in_name, refusal
from app.storage import jail
from app.storage.kinds import Kind, kind_of_extension
from app.storage.names import ending_of
from app.storage.refusals import FileRefused, because, mismatch, wrong_kind

_IMAGES = frozenset({Kind.PNG, Kind.JPEG, Kind.TIFF})
# endings with a better answer than "not taken here"
_ENDINGS = {
    **dict.fromkeys(("doc", "xls", "ppt", "rtf", "dot", "xlt"), "old_office"),
    **dict.fromkeys(("docm", "xlsm", "pptm", "dotm", "xltm", "xlsb"), "macro"),
    **dict.fromkeys(("svg", "html", "htm", "xhtml", "mht", "mhtml", "xml", "xht"), "markup"),
    **dict.fromkeys(("exe", "dll", "bat", "cmd", "com", "scr", "js", "vbs", "ps1", "sh", "jar", "msi", "hta", "lnk", "apk", "php", "py"), "program"),
    **dict.fromkeys(("gif", "bmp", "webp", "heic", "heif", "avif"), "other_image"),
    **dict.fromkeys(("rar", "7z", "gz", "tar", "bz2", "xz"), "other_archive"),
}  # fmt: skip
# what sniffing says when the content is of no kind we take: under a name that promises one, it is a mismatch
_OF_NO_KIND = frozenset(
    {"unknown_type", "markup", "program", "old_office", "other_image", "other_archive", "encoding"}
)


class SecretRefused(FileRefused):
    """A mark of state secrets: the bytes are wiped, only hash and door are logged."""

    def __init__(self, sentence: str) -> None:
        super().__init__("secret", sentence)


@dataclass(frozen=True)
class Inspected:
    """Kết quả kiểm tra một tệp được nhận."""

    kind: Kind
    page_count: int | None
    facts: dict[str, Any] = field(default_factory=dict)


def check_name(name: str, kinds: frozenset[Kind]) -> None:
    """Kiểm tra tên trước khi đọc nội dung.

    :raises FileRefused: an ending the office never takes, or not in this field; a mark of state secrets.
    """
    mark = find_secrecy_mark_in_name(name)
    if mark:
        raise SecretRefused(refusal(mark, "trong tên tệp"))
    ending = ending_of(name)
    if ending in _ENDINGS:
        raise because(_ENDINGS[ending])
    expected = kind_of_extension(ending)
    if (
        ending
        and (expected is None or expected not in kinds)
        and not (expected in _IMAGES and kinds & _IMAGES)
    ):
        raise wrong_kind(kinds, ending)


def check_content(file: int, name: str, kinds: frozenset[Kind]) -> Inspected:
    """Kiểm tra nội dung trong buồng cách ly.

    :raises FileRefused: hostile, broken, locked, secret, of another kind than its name says, or not taken in this field.
    """
    ending = ending_of(name)
    try:
        found = _Found.of(jail.shared().call("inspect", file, is_csv=ending == "csv").value)
    except jail.JailError as problem:
        raise because(problem.reason) from problem
    expected = kind_of_extension(ending)
    if found.problem:
        code, detail = found.problem
        raise (
            mismatch(ending)
            if code in _OF_NO_KIND and expected not in (None, Kind.TEXT, Kind.CSV)
            else because(code, detail)
        )
    if found.kind is None:
        raise because("unknown_type")
    if expected is not None and found.kind != expected and not {found.kind, expected} <= _IMAGES:
        raise mismatch(ending)
    if found.kind not in kinds:
        raise wrong_kind(kinds, found.kind.extensions[0])
    _check_secrecy(found)
    return Inspected(found.kind, found.pages, found.facts)


def _check_secrecy(found: _Found) -> None:
    mark = find_secrecy_mark(found.head, head_lines=len(found.head))
    if mark:
        raise SecretRefused(refusal(mark))
    for name in found.names:
        mark = find_secrecy_mark_in_name(name.rsplit("/", 1)[-1])
        if mark:
            raise SecretRefused(refusal(mark, "trong tên tệp bên trong tệp nén"))


@dataclass(frozen=True)
class _Found:
    """The child's word, taken apart with doubt: it has just read a stranger's file."""

    kind: Kind | None
    pages: int | None
    problem: tuple[str, str] | None
    head: list[str]
    names: list[str]
    facts: dict[str, Any]

    @classmethod
    def of(cls, value: Any) -> _Found:
        try:
            problems = [(str(code), clean_line(str(detail))[:200]) for code, detail in value["problems"]]
            pages = value["pages"]
            if pages is not None and not (isinstance(pages, int) and 0 < pages <= limits.PDF_PAGES):
                raise because("broken")
            return cls(
                Kind(value["kind"]) if value["kind"] else None,
                pages,
                problems[0] if problems else None,
                [str(line) for line in value["head"]][:1_000],
                [str(name) for name in value["names"]][:2_000],
                {str(k)[:40]: v for k, v in list(dict(value["facts"]).items())[:40]},
            )
        except (KeyError, TypeError, ValueError) as problem:
            raise because("crash") from problem

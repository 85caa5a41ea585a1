"""Chữ của một đoạn: its text as one string and the runs it is made of, each with the formatting Word would show."""

from __future__ import annotations

from typing import Any

from app.storage.child.word.ooxml import Element, W, local, val
from app.storage.child.word.styles import Styles

_SKIPPED = frozenset(
    {"del", "moveFrom", "Fallback", "pPr", "rPr", "drawing", "pict", "object", "txbxContent", "rPrChange"}
)
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_KEPT = (
    "ascii",
    "hAnsi",
    "ascii_theme",
    "hAnsi_theme",
    "size",
    "b",
    "i",
    "u",
    "caps",
    "small",
    "color",
    "raised",
)


def text_nodes(paragraph: Element) -> list[tuple[Element, Element, str]]:
    """(run, node, chữ) của mọi mẩu chữ, in order; shared by reading and repairing, so that both count alike."""
    found: list[tuple[Element, Element, str]] = []
    _collect(paragraph, found)
    return found


def _collect(holder: Element, found: list[tuple[Element, Element, str]]) -> None:
    for element in holder:
        name = local(element)
        if name in _SKIPPED or not name:
            continue
        if name != "r":
            _collect(element, found)
            continue
        for node in element:
            kind = local(node)
            if kind == "t":
                found.append((element, node, node.text or ""))
            elif kind == "br":
                found.append((element, node, "\f" if val(node, "type") == "page" else "\n"))
            elif kind in _SIGNS:
                found.append((element, node, _SIGNS[kind]))
            elif kind == "sym":
                found.append((element, node, "?"))
            elif kind in ("fldChar", "instrText"):
                found.append((element, node, ""))
            elif kind == "lastRenderedPageBreak":
                continue


def read_runs(
    paragraph: Element, styles: Styles, table_style: str | None, style: str | None
) -> tuple[str, list[dict[str, Any]], list[str]]:
    """(chữ, các đoạn chữ, các trường) của một đoạn; instructions of fields and hidden text are no text."""
    text, runs, fields = "", [], _simple_fields(paragraph)
    depth, in_result, instruction = 0, True, ""
    for run, node, piece in text_nodes(paragraph):
        kind = local(node)
        if kind == "fldChar":
            what = val(node, "fldCharType")
            if what == "begin":
                depth, in_result = depth + 1, False
            elif what == "separate":
                in_result = depth == 1
            elif what == "end":
                depth = max(0, depth - 1)
                in_result = depth == 0
                if depth == 0:
                    fields += instruction.upper().split()[:40]
                    instruction = ""
            if kind == "fldChar" and what == "begin":
                effective = styles.effective(table_style, style, styles.run(run.find(f"{W}rPr")))
                runs.append({"start": len(text), "end": len(text), "field": True, **_kept(effective)})
            continue
        if kind == "instrText":
            instruction += node.text or ""
            continue
        direct = styles.run(run.find(f"{W}rPr"))
        effective = styles.effective(table_style, style, direct)
        if not in_result or effective.get("vanish"):
            # Counted all the same, so that places in the text are places in the file: shown as nothing.
            text += "\u200b" * len(piece)
            continue
        runs.append(
            {
                "start": len(text),
                "end": len(text) + len(piece),
                "field": depth > 0 or local(run.getparent()) == "fldSimple",
                **_kept(effective),
            }
        )
        text += piece
    return text, _joined(runs), fields


def _simple_fields(paragraph: Element) -> list[str]:
    found: list[str] = []
    for element in paragraph.iter(f"{W}fldSimple"):
        found += (val(element, "instr") or "").upper().split()[:10]
    return found


def _kept(effective: dict[str, Any]) -> dict[str, Any]:
    return {key: effective[key] for key in _KEPT if effective.get(key) not in (None, False, "")}


def _joined(runs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Neighbours of one look are one run: Word splits text at every correction."""
    joined: list[dict[str, Any]] = []
    for run in runs:
        last = joined[-1] if joined else None
        same = last is not None and {k: v for k, v in last.items() if k not in ("start", "end")} == {
            k: v for k, v in run.items() if k not in ("start", "end")
        }
        if last is not None and same and last["end"] == run["start"]:
            last["end"] = run["end"]
        else:
            joined.append(run)
    return joined

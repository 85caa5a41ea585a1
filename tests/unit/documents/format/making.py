"""Văn bản mẫu để thử bộ kiểm tra: whole Word files written from scratch, in the many ways people and programs write them."""

from __future__ import annotations

import io
import random
import zipfile
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NS = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
PROSE = (
    "Thực hiện chương trình công tác năm và ý kiến chỉ đạo của cấp trên về đẩy mạnh cải cách hành chính, cơ quan đã rà soát toàn bộ nhiệm vụ được giao, xác định rõ người chịu trách nhiệm và thời hạn hoàn thành của từng việc.",
    "Trên cơ sở kết quả rà soát, đề nghị các đơn vị tiếp tục kiểm tra việc tổ chức thực hiện tại cơ sở, kịp thời báo cáo những khó khăn, vướng mắc phát sinh và đề xuất giải pháp tháo gỡ phù hợp với điều kiện thực tế của địa phương.",
    "Giao bộ phận chuyên môn chủ trì, phối hợp với các đơn vị có liên quan theo dõi, đôn đốc, tổng hợp tình hình thực hiện và báo cáo kết quả trước ngày 25 hằng tháng để xem xét, chỉ đạo theo quy định.",
)

FORMATS: dict[str, dict[str, Any]] = {
    "state": {"size": 13, "b": 1, "align": "center"}, "motto": {"size": 14, "b": 1, "align": "center"},
    "parent": {"size": 13, "align": "center"}, "agency": {"size": 13, "b": 1, "align": "center"},
    "number": {"size": 13, "align": "center"}, "date": {"size": 14, "i": 1, "align": "center"},
    "letter": {"size": 12, "align": "center"}, "urgency": {"size": 13, "b": 1, "align": "center"},
    "type": {"size": 14, "b": 1, "align": "center"}, "abstract": {"size": 14, "b": 1, "align": "center"},
    "addressee": {"size": 14, "align": "center"}, "decider": {"size": 14, "b": 1, "align": "center"},
    "base": {"size": 14, "i": 1, "align": "both", "first": 720, "after": 120}, "order": {"size": 14, "b": 1, "align": "center", "before": 120, "after": 120},
    "article": {"size": 14, "b": 1}, "body": {"size": 14, "align": "both", "first": 720, "after": 120, "line": 264},
    "authority": {"size": 14, "b": 1, "align": "center"}, "position": {"size": 14, "b": 1, "align": "center"}, "signer": {"size": 14, "b": 1, "align": "center"},
    "nhan": {"size": 12, "b": 1, "i": 1, "align": "left"}, "list": {"size": 11, "align": "left"}, "page": {"size": 14, "align": "center"},
}  # fmt: skip


@dataclass
class Spec:
    """Một văn bản cần dựng; a fault changes one thing of it."""

    kind: str = "Công văn"
    mode: str = "direct"  # where the formatting stands
    head: str = "table"  # how the two columns are made
    rule: str = "border"
    foot: str = "table"
    numbers: str = "complex"
    state: str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    motto: str = "Độc lập - Tự do - Hạnh phúc"
    parent: tuple[str, ...] = ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ HOA PHƯỢNG")
    agency: tuple[str, ...] = ("SỞ XÂY DỰNG",)
    number: str = "Số: 125/SXD-VP"
    date: str = "Hoa Phượng, ngày 05 tháng 02 năm 2026"
    letter: tuple[str, ...] = ("V/v báo cáo tình hình thực hiện nhiệm vụ", "quý I năm 2026")
    urgency: str = ""
    title: str = ""
    abstract: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ("Ủy ban nhân dân các phường, xã",)
    decider: str = ""
    bases: tuple[str, ...] = ()
    order: str = ""
    body: tuple[str, ...] = PROSE
    articles: bool = False
    authority: tuple[str, ...] = ("KT. GIÁM ĐỐC",)
    position: str = "PHÓ GIÁM ĐỐC"
    signer: str = "Trần Thị Mai"
    nhan: str = "Nơi nhận:"
    recipients: tuple[str, ...] = ("- Như trên;", "- Ủy ban nhân dân Thành phố (để b/c);", "- Lưu: VT, VP.")
    page: tuple[int, int] = (11906, 16838)
    margins: tuple[int, int, int, int] = (1134, 1134, 1701, 1134)  # top, bottom, left, right
    annex: str = ""  # "", "break", "landscape"
    pages: int = 2
    font: str = "Times New Roman"
    body_font: str = ""
    title_page: bool = True
    footer_numbers: bool = False
    no_numbers: bool = False
    no_motto_rule: bool = False
    no_agency_rule: bool = False
    swapped: bool = False
    formats: dict[str, dict[str, Any]] = field(default_factory=lambda: deepcopy(FORMATS))
    seed: int = 0


class Maker:
    """Người dựng một tệp."""

    def __init__(self, spec: Spec) -> None:
        self.s, self.styles, self.random = spec, dict[str, str](), random.Random(spec.seed)

    # ── a paragraph and its runs ─────────────────────────────────────────────

    def rpr(self, what: str, *, font: str = "") -> str:
        f, s = self.s.formats[what], self.s
        name = font or (s.body_font if what in ("body", "base") and s.body_font else "")
        parts = []
        wanted = name or s.font
        if s.mode in ("direct", "charstyle") or name or (wanted != "Times New Roman" and s.mode != "theme"):
            parts.append(f'<w:rFonts w:ascii="{wanted}" w:hAnsi="{wanted}" w:cs="{wanted}"/>')
        if s.mode == "charstyle" and f.get("b"):
            parts.insert(0, '<w:rStyle w:val="Strong"/>')
        elif f.get("b"):
            parts.append("<w:b/><w:bCs/>")
        if f.get("i"):
            parts.append("<w:i/>")
        if f.get("color"):
            parts.append(f'<w:color w:val="{f["color"]}"/>')
        if f["size"] != 14 or s.mode in ("direct", "charstyle", "theme"):
            half = round(f["size"] * 2)
            parts.append(f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>')
        if f.get("u"):
            parts.append('<w:u w:val="single"/>')
        return "".join(parts)

    def run(self, what: str, text: str, **more: Any) -> str:
        look = "" if self.s.mode == "styles" and not more else f"<w:rPr>{self.rpr(what, **more)}</w:rPr>"
        words = text.split(" ")
        # Word splits runs at every correction: half of the time, so does this.
        cut = self.random.randrange(1, len(words)) if len(words) > 3 and self.random.random() < 0.5 else 0
        pieces = [" ".join(words[:cut]) + " ", " ".join(words[cut:])] if cut else [text]
        return "".join(f'<w:r>{look}<w:t xml:space="preserve">{escape(p)}</w:t></w:r>' for p in pieces)

    def ppr(self, what: str, **over: Any) -> str:
        f = {**self.s.formats[what], **over}
        parts = []
        if f.get("border"):
            parts.append('<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>')
        if f.get("tabs"):
            parts.append(
                "<w:tabs>" + "".join(f'<w:tab w:val="{k}" w:pos="{p}"/>' for k, p in f["tabs"]) + "</w:tabs>"
            )
        spacing = "".join(f' w:{k}="{f[k]}"' for k in ("before", "after") if k in f) + (
            f' w:line="{f["line"]}" w:lineRule="auto"' if "line" in f else ""
        )
        parts.append(
            f"<w:spacing{spacing}/>"
            if spacing
            else '<w:spacing w:after="0"/>'
            if self.s.mode != "styles"
            else ""
        )
        ind = "".join(
            f' w:{x}="{f[k]}"'
            for k, x in (("left", "left"), ("right", "right"), ("first", "firstLine"))
            if k in f
        )
        parts.append(f"<w:ind{ind}/>" if ind else "")
        parts.append(f'<w:jc w:val="{f["align"]}"/>' if f.get("align") else "")
        return "".join(parts)

    def p(self, what: str, text: str, inner: str = "", **over: Any) -> str:
        content = self.run(what, text) if text else ""
        if self.s.mode == "styles" and not over:
            key = f"Kieu{what}"
            self.styles[key] = (
                f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{key}"><w:name w:val="Kiểu {what}"/><w:basedOn w:val="Normal"/>'
                f"<w:pPr>{self.ppr(what)}</w:pPr><w:rPr>{self.rpr(what)}</w:rPr></w:style>"
            )
            return f'<w:p><w:pPr><w:pStyle w:val="{key}"/></w:pPr>{content}{inner}</w:p>'
        if self.s.mode == "styles":
            content = (
                f'<w:r><w:rPr>{self.rpr(what)}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
                if text
                else ""
            )
        return f"<w:p><w:pPr>{self.ppr(what, **over)}</w:pPr>{content}{inner}</w:p>"

    def tabbed(
        self, *cells: tuple[str, str], stops: tuple[int, ...] = (2300, 6900), kind: str = "center"
    ) -> str:
        inner = "".join(
            f'<w:r><w:tab/></w:r><w:r><w:rPr>{self.rpr(w)}</w:rPr><w:t xml:space="preserve">{escape(t)}</w:t></w:r>'
            if t
            else "<w:r><w:tab/></w:r>"
            for w, t in cells
        )
        tabs = "".join(f'<w:tab w:val="{kind}" w:pos="{p}"/>' for p in stops)
        return f'<w:p><w:pPr><w:tabs>{tabs}</w:tabs><w:spacing w:after="0"/></w:pPr>{inner}</w:p>'

    def line(self, width: int, *, left: int = 0) -> str:
        """A rule under a line of text, drawn as the specification says."""
        how = self.s.rule
        if how == "border":
            side = max(0, (4600 - width) // 2)
            return f'<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr><w:spacing w:after="0" w:line="60" w:lineRule="exact"/><w:ind w:left="{side}" w:right="{side}"/></w:pPr></w:p>'
        if how == "text":
            return f'<w:p><w:pPr><w:spacing w:after="0"/><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t>{"_" * (width // 110)}</w:t></w:r></w:p>'
        emu = 635
        if how == "vml":
            return f'<w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:pict><v:line id="L{width}" from="{(left or 60)}pt,2pt" to="{(left or 60) + width // 20}pt,2pt"/></w:pict></w:r></w:p>'
        return (
            '<w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
            f'<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>{max(0, (4600 - width) // 2) * emu}</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>20000</wp:posOffset></wp:positionV>'
            f'<wp:extent cx="{width * emu}" cy="0"/><wp:wrapNone/><wp:docPr id="{width}" name="Line"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvCnPr/><wps:spPr><a:prstGeom prst="line"><a:avLst/></a:prstGeom></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>'
            "<mc:Fallback><w:pict><v:line/></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        )

    # ── the parts of the page ────────────────────────────────────────────────

    def left(self) -> list[str]:
        s = self.s
        made = [self.p("parent", t) for t in s.parent] + [self.p("agency", t) for t in s.agency]
        made += [] if s.no_agency_rule else [self.line(1300)]
        made += [self.p("number", s.number)] if s.number else []
        if s.kind == "Công văn":
            made += [self.p("letter", t) for t in s.letter]
        return made + ([self.p("urgency", s.urgency)] if s.urgency else [])

    def right(self) -> list[str]:
        s = self.s
        made = [self.p("state", s.state)] if s.state else []
        made += [self.p("motto", s.motto)] if s.motto else []
        made += [] if s.no_motto_rule else [self.line(3200)]
        return made + ([self.p("date", s.date)] if s.date else [])

    def table(self, rows: list[tuple[list[str], list[str]]], widths: tuple[int, int] = (3900, 5500)) -> str:
        grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
        made = "".join(
            "<w:tr>"
            + "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/></w:tcPr>{"".join(c) or "<w:p/>"}</w:tc>'
                for c, w in zip(row, widths, strict=True)
            )
            + "</w:tr>"
            for row in rows
        )
        return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>'

    def header(self) -> str:
        s, left, right = self.s, self.left(), self.right()
        if s.swapped:
            left, right = right, left
        if s.head == "rows":
            cut, over = (
                len(s.parent) + len(s.agency) + (0 if s.no_agency_rule else 1),
                (2 if s.motto and s.state else 1) + (0 if s.no_motto_rule else 1),
            )
            return self.table([(left[:cut], right[:over]), (left[cut:], right[over:])])
        if s.head == "tabs" and not s.swapped:
            names = [("parent", t) for t in s.parent] + [("agency", t) for t in s.agency]
            national = [("state", s.state), ("motto", s.motto)]
            top = max(len(names), 2)
            names += [("parent", "")] * (top - len(names))
            national += [("motto", "")] * (top - 2)
            made = [self.tabbed(a, b) for a, b in zip(names, national, strict=True)]
            rules = [
                ("number", "" if s.no_agency_rule else "_" * 9),
                ("number", "" if s.no_motto_rule else "_" * 24),
            ]
            made.append(self.tabbed(*rules))
            made.append(self.tabbed(("number", s.number), ("date", s.date)))
            if s.kind == "Công văn":
                made += [self.tabbed(("letter", t)) for t in s.letter]
            return "".join(made) + (self.tabbed(("urgency", s.urgency)) if s.urgency else "")
        if s.head == "boxes":
            return self.box(left, 0, 3900) + self.box(right, 3900, 5500) + "<w:p/>"
        return self.table([(left, right)])

    def box(self, content: list[str], at: int, width: int) -> str:
        emu = 635
        return (
            '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
            f'<wp:positionH relativeFrom="column"><wp:posOffset>{at * emu}</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent cx="{width * emu}" cy="1400000"/><wp:wrapNone/><wp:docPr id="{at + 1}" name="Box"/>'
            '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
            f"<wps:txbx><w:txbxContent>{''.join(content)}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>CŨ</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        )

    def middle(self) -> str:
        s, made = self.s, []
        if s.title:
            made += [
                "<w:p/>",
                self.p("type", s.title),
                *(self.p("abstract", t) for t in s.abstract),
                self.line(1500, left=200),
            ]
        if len(s.addressees) == 1:
            made.append(self.p("addressee", f"Kính gửi: {s.addressees[0]}."))
        elif s.addressees:
            made.append(self.p("addressee", "Kính gửi:", align="left", left=1700))
            made += [
                self.p("addressee", f"- {a}{'.' if a is s.addressees[-1] else ';'}", align="left", left=2500)
                for a in s.addressees
            ]
        made += [self.p("decider", s.decider)] if s.decider else []
        made += [self.p("base", t) for t in s.bases]
        made += [self.p("order", s.order)] if s.order else []
        for number, text in enumerate(s.body, 1):
            if s.articles:
                look = self.run("article", f"Điều {number}.", font=s.body_font or s.font)
                plain = f'<w:r><w:rPr>{self.rpr("body")}</w:rPr><w:t xml:space="preserve"> {escape(text)}</w:t></w:r>'
                made.append(f"<w:p><w:pPr>{self.ppr('body')}</w:pPr>{look}{plain}</w:p>")
            else:
                made.append(self.p("body", text))
        return "".join(made)

    def footer(self) -> str:
        s = self.s
        left = ([self.p("nhan", s.nhan)] if s.nhan else []) + [self.p("list", t) for t in s.recipients]
        sign = [("authority", t) for t in s.authority] + ([("position", s.position)] if s.position else [])
        right = (
            [self.p(w, t) for w, t in sign]
            + ["<w:p/>", "<w:p/>", "<w:p/>"]
            + ([self.p("signer", s.signer)] if s.signer else [])
        )
        if s.foot == "table":
            return self.table([(left, right)], (4500, 4900))
        if s.foot == "tabs":
            names: list[tuple[str, str]] = [
                *sign,
                ("list", ""),
                ("list", ""),
                *([("signer", s.signer)] if s.signer else []),
            ]
            rows: list[tuple[str, str]] = ([("nhan", s.nhan)] if s.nhan else []) + [
                ("list", t) for t in s.recipients
            ]
            most = max(len(names), len(rows))
            names += [("list", "")] * (most - len(names))
            rows += [("list", "")] * (most - len(rows))
            made = []
            for (lw, lt), (rw, rt) in zip(rows, names, strict=True):
                lead = (
                    f'<w:r><w:rPr>{self.rpr(lw)}</w:rPr><w:t xml:space="preserve">{escape(lt)}</w:t></w:r>'
                    if lt
                    else ""
                )
                tail = (
                    f'<w:r><w:tab/></w:r><w:r><w:rPr>{self.rpr(rw)}</w:rPr><w:t xml:space="preserve">{escape(rt)}</w:t></w:r>'
                    if rt
                    else ""
                )
                made.append(
                    f'<w:p><w:pPr><w:tabs><w:tab w:val="center" w:pos="6800"/></w:tabs><w:spacing w:after="0"/></w:pPr>{lead}{tail}</w:p>'
                )
            return "".join(made)
        made = (
            [self.p(w, t, left=4600) for w, t in sign]
            + ["<w:p/>", "<w:p/>"]
            + ([self.p("signer", s.signer, left=4600)] if s.signer else [])
        )
        return "".join(made + left)

    def annex(self) -> str:
        if not self.s.annex:
            return ""
        title = (
            self.p("type", "Phụ lục")
            + self.p("abstract", "BẢNG TỔNG HỢP NHIỆM VỤ")
            + self.p("body", "Số liệu tính đến cuối kỳ báo cáo.", align="left", first=0)
        )
        look = self.rpr("list")
        cell = '<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr><w:p><w:r><w:rPr>{}</w:rPr><w:t>{}</w:t></w:r></w:p></w:tc>'
        rows = "".join(
            "<w:tr>" + "".join(cell.format(look, f"Ô {r}.{c}") for c in range(3)) + "</w:tr>"
            for r in range(4)
        )
        sheet = f'<w:tbl><w:tblPr><w:tblBorders><w:insideH w:val="single"/><w:insideV w:val="single"/></w:tblBorders></w:tblPr><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>{rows}</w:tbl><w:p/>'
        if self.s.annex == "break":
            return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' + title + sheet
        return f"<w:p><w:pPr>{self.section(first=True)}</w:pPr></w:p>" + title + sheet

    def section(self, *, first: bool) -> str:
        s = self.s
        wide = not first and s.annex == "landscape"
        width, height = (s.page[1], s.page[0]) if wide else s.page
        top, bottom, left, right = s.margins
        heads = ""
        if first or s.annex != "landscape":
            heads += (
                ""
                if s.no_numbers or s.footer_numbers
                else '<w:headerReference w:type="default" r:id="rId10"/>'
            )
            heads += '<w:footerReference w:type="default" r:id="rId11"/>' if s.footer_numbers else ""
        turn = ' w:orient="landscape"' if wide else ""
        first_page = "<w:titlePg/>" if s.title_page and (first or s.annex != "landscape") else ""
        return f'<w:sectPr>{heads}<w:pgSz w:w="{width}" w:h="{height}"{turn}/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="567" w:footer="567" w:gutter="0"/>{first_page}</w:sectPr>'

    def numbers(self) -> str:
        look = f"<w:rPr>{self.rpr('page')}</w:rPr>"
        if self.s.numbers == "simple":
            inner = (
                f'<w:fldSimple w:instr=" PAGE   \\* MERGEFORMAT "><w:r>{look}<w:t>2</w:t></w:r></w:fldSimple>'
            )
        else:
            bits = (
                '<w:fldChar w:fldCharType="begin"/>',
                '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
                '<w:fldChar w:fldCharType="separate"/>',
                "<w:t>2</w:t>",
                '<w:fldChar w:fldCharType="end"/>',
            )
            inner = "".join(f"<w:r>{look}{b}</w:r>" for b in bits)
        paragraph = f"<w:p><w:pPr>{self.ppr('page')}</w:pPr>{inner}</w:p>"
        if self.s.numbers == "control":
            return f'<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>{paragraph}</w:sdtContent></w:sdt><w:p/>'
        return paragraph

    def style_sheet(self) -> str:
        s = self.s
        font = {"defaults": s.font, "normal": "Calibri", "theme": ""}.get(
            s.mode, "Calibri" if s.mode in ("direct", "charstyle", "styles") else s.font
        )
        default = (
            '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>'
            if s.mode == "theme"
            else f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>'
        )
        size = 28 if s.mode == "defaults" else 22
        normal = (
            f'<w:rPr><w:rFonts w:ascii="{s.font}" w:hAnsi="{s.font}"/><w:sz w:val="28"/></w:rPr>'
            if s.mode in ("normal", "styles", "defaults")
            else ""
        )
        after = (
            '<w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
            if s.seed % 2
            else ""
        )
        return (
            f'<w:styles {NS}><w:docDefaults><w:rPrDefault><w:rPr>{default}<w:sz w:val="{size}"/></w:rPr></w:rPrDefault>{after}</w:docDefaults>'
            f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>{normal}</w:style>'
            '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/><w:bCs/></w:rPr></w:style>'
            + "".join(self.styles.values())
            + "</w:styles>"
        )

    def docx(self) -> bytes:
        """Toàn bộ tệp."""
        body = (
            self.header()
            + self.middle()
            + self.footer()
            + self.annex()
            + self.section(first=self.s.annex != "landscape")
        )
        types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        kinds = {"document": "document.main", "styles": "styles", "header1": "header", "footer1": "footer"}
        types += (
            "".join(
                f'<Override PartName="/word/{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{k}+xml"/>'
                for n, k in kinds.items()
            )
            + "</Types>"
        )
        rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        links = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{rel}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="{rel}/theme" Target="theme/theme1.xml"/><Relationship Id="rId10" Type="{rel}/header" Target="header1.xml"/><Relationship Id="rId11" Type="{rel}/footer" Target="footer1.xml"/></Relationships>'
        minor = self.s.font if self.s.mode == "theme" else "Calibri"
        theme = f'<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="T"><a:themeElements><a:fontScheme name="F"><a:majorFont><a:latin typeface="Calibri Light"/></a:majorFont><a:minorFont><a:latin typeface="{minor}"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>'
        parts = {
            "[Content_Types].xml": types,
            "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{rel}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {NS}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": links,
            "word/styles.xml": self.style_sheet(),
            "word/theme/theme1.xml": theme,
            "word/header1.xml": f"<w:hdr {NS}>{self.numbers()}</w:hdr>",
            "word/footer1.xml": f"<w:ftr {NS}>{self.numbers()}</w:ftr>",
        }
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for name, text in parts.items():
                made.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + text)
        return out.getvalue()


def docx(spec: Spec) -> bytes:
    """Dựng một tệp Word."""
    return Maker(spec).docx()

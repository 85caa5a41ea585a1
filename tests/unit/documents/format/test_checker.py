"""Bộ kiểm tra thể thức: bốn mươi văn bản đúng, sáu mươi lỗi, mỗi lỗi một văn bản; and repairs that change nothing else."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO

import pytest
from click.testing import CliRunner

from app.documents import cli
from app.documents.format import checker
from app.documents.format.layout import Layout, LayoutError, read
from app.storage import word
from app.storage.refusals import FileRefused
from tests.unit.documents.format import making, samples


def test_forty_clean_documents_raise_no_alarm():
    told = {}
    for number in range(40):
        report = checker.check_bytes(making.docx(samples.clean(number)))
        if report.findings:
            told[number] = [f.sentence for f in report.findings]
    assert told == {}


def test_planted_faults_are_found_under_their_component_and_nothing_beside_them():
    missed, beside = [], {}
    for number in range(len(samples.FAULTS)):
        name, spec, component = samples.faulty(number)
        found = [f.component.value for f in checker.check_bytes(making.docx(spec)).findings]
        if component not in found:
            missed.append(name)
        if set(found) - {component} and name != "columns changed over":  # which moves six components at once
            beside[name] = found
    assert len(samples.FAULTS) >= 60
    assert (missed, beside) == ([], {})


def test_every_finding_cites_the_decree():
    for number in (0, 7, 19, 40, 53):
        for finding in checker.check_bytes(making.docx(samples.faulty(number)[1])).findings:
            value = finding.as_value()
            assert value["source"].startswith("Phụ lục I, Phần I, Mục ")
            assert value["source"].endswith("Nghị định số 30/2020/NĐ-CP")
            assert value["expected"]
            assert value["found"]


def _shape(layout: Layout) -> list[tuple[str, list[tuple[str, float, bool, bool]]]]:
    return [(p.text, [(r.font, r.size, r.bold, r.italic) for r in p.runs]) for p in layout.paras]


def test_a_repair_removes_its_finding_and_touches_nothing_else():
    repaired = 0
    for number in range(len(samples.FAULTS)):
        name, spec, _component = samples.faulty(number)
        data = making.docx(spec)
        finding = next((f for f in checker.check_bytes(data).findings if f.can_repair), None)
        if finding is None:
            continue
        fixed, done = checker.repair(data, finding.key)
        assert done is not None
        assert finding.key not in [f.key for f in checker.check_bytes(fixed).findings], name
        before, after = zipfile.ZipFile(BytesIO(data)), zipfile.ZipFile(BytesIO(fixed))
        changed = [n for n in before.namelist() if before.read(n) != after.read(n)]
        if finding.component.value not in ("so_trang", "phong_chu"):  # those stand in headers too
            assert changed == ["word/document.xml"], name
            old, new = _shape(read(word.layout_of(data))), _shape(read(word.layout_of(fixed)))
            assert len(old) == len(new)
            if finding.rule == "size" and finding.component.value != "noi_dung":
                assert [t for t, _ in old] == [t for t, _ in new]
                assert sum(a != b for a, b in zip(old, new, strict=True)) <= 3, name
        repaired += 1
    assert repaired >= 35


def test_everything_a_machine_can_repair_is_repaired_in_one_go():
    spec = samples.clean(0)
    spec.formats["motto"] |= {"size": 12, "i": 1}
    spec.number, spec.date = "Số: 5 / SXD - VP", "Hoa Phượng ngày 5 tháng 2 năm 2026"
    spec.margins = (567, 1134, 1134, 1134)
    fixed, done = checker.repair_all(making.docx(spec))
    assert len(done) >= 6
    assert checker.check_bytes(fixed).findings == []


def test_a_repair_that_is_no_longer_wanted_changes_nothing():
    data = making.docx(samples.clean(1))
    assert checker.repair(data, "tieu_ngu.size") == (data, None)


def test_the_command_prints_one_line_a_file_and_says_what_it_cannot_read(tmp_path):
    good, bad, odd = tmp_path / "đúng.docx", tmp_path / "sai.docx", tmp_path / "hỏng.docx"
    good.write_bytes(making.docx(samples.clean(2)))
    bad.write_bytes(making.docx(samples.faulty(14)[1]))
    odd.write_bytes(b"PK\x03\x04 not a zip")
    done = CliRunner().invoke(
        cli.command, ["check", str(good), str(bad), str(odd), str(tmp_path / "không có.docx"), "--json"]
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 1
    assert [next(iter(line)) for line in lines] == ["file"] * 4
    assert lines[0]["findings"] == []
    assert lines[1]["findings"][0]["component"] == "tieu_ngu"
    assert "Tệp" in lines[2]["error"]
    assert "Không có tệp này" in lines[3]["error"]
    plain = CliRunner().invoke(cli.command, ["check", str(good), str(bad)])
    assert plain.exit_code == 0
    assert "đúng thể thức" in plain.stdout
    assert "Tiêu ngữ" in plain.stdout


def test_what_the_jail_answers_is_doubted():
    for value in (None, {}, {"sections": [], "paragraphs": [{}], "tab": 720}, {"tab": "x"}):
        with pytest.raises(LayoutError):
            read(value)


def test_a_file_that_is_no_word_file_is_refused():
    with pytest.raises(FileRefused):
        checker.check_bytes(b"%PDF-1.7 not a word file")

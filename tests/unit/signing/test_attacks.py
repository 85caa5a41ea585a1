"""Tệp tấn công không bao giờ được coi là hợp lệ; files signed as they should be are."""

from __future__ import annotations

import io
import random
import subprocess

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from app.signing.labels import Verdict
from app.signing.service import verifying
from tests.unit.signing import attacks, making
from tests.unit.signing.making import AT, desk

_BAD = {Verdict.INVALID, Verdict.CHANGED, Verdict.UNKNOWN, Verdict.UNREADABLE}


def verdict(data: bytes) -> verifying.Report:
    return verifying.verify_bytes(data, desk().trust, AT)


@pytest.mark.parametrize("found", attacks.ATTACKS, ids=lambda a: a.name)
def test_an_attack_is_never_valid(found):
    report = verdict(found.make())
    assert report.verdict in _BAD, found.does
    assert report.summary.startswith(report.words)
    assert report.reasons or any(s.reasons for s in report.signatures)


def test_the_corpus_is_large_and_says_what_it_does():
    assert len(attacks.ATTACKS) >= 40
    assert all(a.does for a in attacks.ATTACKS)
    assert len({a.name.split("_")[0] for a in attacks.ATTACKS}) >= 6


@pytest.mark.parametrize(
    "make",
    [
        making.signed_by_leader,
        making.sealed,
        lambda: attacks.naive(making.letter()),
        lambda: attacks.naive(
            attacks.naive(making.letter(), field="A"), desk().agency, field="B", box=(90, 100, 200, 150)
        ),
        lambda: attacks.naive(making.letter(), desk().key(kind="rsa"), certify=attacks.MDPPerm.NO_CHANGES),
    ],
    ids=["leader", "sealed", "one", "two-visible", "rsa-p1"],
)
def test_what_is_signed_as_it_should_be_is_valid(make):
    report = verdict(make())
    assert report.verdict == Verdict.VALID, report
    assert all(s.chain[0] == "Nơi cấp chứng thư kiểm thử" for s in report.signatures)


def test_flips_inside_the_signed_bytes_are_all_seen():
    data, rng = making.sealed(), random.Random(5)
    for _ in range(25):
        place = rng.randrange(len(data))
        changed = bytearray(data)
        changed[place] ^= 1 << rng.randrange(8)
        assert verdict(bytes(changed)).verdict != Verdict.VALID, place


def test_without_roots_nothing_is_valid():
    report = verifying.verify_bytes(making.sealed(), verifying.Trust(), AT)
    assert report.verdict == Verdict.UNKNOWN
    assert "không thuộc hệ thống chứng thực tin cậy" in report.summary


def test_a_file_with_a_password_is_not_readable():
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(making.letter())))
    writer.encrypt("owner", "user")
    out = io.BytesIO()
    writer.write(out)
    assert verdict(out.getvalue()).codes == ["encrypted"]


@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 100, b"%PDF-1.7\n%%EOF", b"<html>", b"%PDF-1.7\n" + b"1 0 obj<<" * 20_000]
)
def test_what_is_no_file_is_not_readable(data):
    assert verdict(data).verdict in (Verdict.UNREADABLE, Verdict.UNSIGNED)


def test_another_validator_agrees(tmp_path):
    path = making.write(tmp_path, "sealed.pdf", making.sealed())
    said = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=True).stdout
    assert said.count("Signature is Valid.") == 2
    assert "Total document signed" in said


def test_a_revoked_key_is_told_by_the_list_in_the_folder():
    trust = verifying.Trust(desk().trust.roots, [attacks.revocation_list()])
    report = verifying.verify_bytes(making.sealed(), trust, AT)
    assert (report.verdict, report.signatures[0].codes, report.signatures[1].codes) == (
        Verdict.INVALID,
        ["revoked"],
        [],
    )
    later = verifying.verify_bytes(attacks.naive(making.letter(), desk().agency), trust, AT)
    assert later.verdict == Verdict.VALID

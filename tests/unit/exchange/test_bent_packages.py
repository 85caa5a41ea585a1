"""Gói tin bị bẻ cong: thousands of bent packages, each read or refused with a code of ours, none slow, none large."""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest

from app.core import limits
from app.exchange.labels import PACKAGE_REFUSALS
from app.storage.jail import Bounds, Jail, JailError
from tests.unit.exchange.edxml import FILES, package, status
from tests.unit.exchange.test_inspecting import SHAPES

SEED = 20261123
WORDS = [
    b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"&#0;", b"&#x110000;", b"&x;", b"\x00", b"\xff\xfe", b"<",
    b">", b"</e:From>", b"<e:To/>", b"--vien\r\n", b"Content-Type: multipart/mixed; boundary=vien\r\n\r\n", b"PK\x03\x04", b"PK\x05\x06",
    b"\x1f\x8b", b"{\"a\":\"", b"=" * 8, b"A" * 5_000, b"<a>" * 60, b"<?xml version='1.0' encoding='utf-32'?>", b"cid:1", b"\xc0\xaf",
]  # fmt: skip

_EXPECTED = PACKAGE_REFUSALS.keys() - {"crash", "time", "memory"}


def _bent(chance: random.Random, samples: list[bytes]) -> bytes:
    bent = bytearray(chance.choice(samples))
    for _ in range(chance.choice([1, 1, 1, 2, 3, 20])):
        at = chance.randrange(len(bent) or 1)
        match chance.randrange(12):
            case 0:
                bent[at : at + 1] = bytes([chance.randrange(256)])
            case 1 | 2:
                bent[at:at] = chance.choice(WORDS)
            case 3:
                del bent[at : at + chance.randrange(1, 400)]
            case 4:
                bent[at:at] = bent[max(0, at - 500) : at]
            case 5:
                other = chance.choice(samples)
                cut = chance.randrange(len(other))
                bent[at : at + 200] = other[cut : cut + 200]
            case 6:
                del bent[chance.randrange(len(bent) or 1) :]
            case _:
                if bent:
                    bent[at] = chance.choice(b"abcxyz0123 /+")
    return bytes(bent)


def _run(count: int) -> Counter[str]:
    samples = [d if isinstance(d, bytes) else d.encode() for d, _ in SHAPES.values()]
    samples += [status().encode(), package(files=FILES * 5).encode()]
    chance, outcomes, jail = random.Random(SEED), Counter[str](), Jail()
    slowest = 0.0
    try:
        jail.confinement()
        base = (
            next(
                int(line.split()[1])
                for line in Path(f"/proc/{jail.pid}/status").read_text().splitlines()
                if line.startswith("VmSize")
            )
            * 1024
        )
        bounds = Bounds(memory=base + 256 * limits.MB, cpu=2, wall=2)
        for number in range(count):
            data = _bent(chance, samples)
            with tempfile.TemporaryFile() as file:
                file.write(data)
                file.flush()
                began = time.perf_counter()
                try:
                    value = jail.call("edxml", file.fileno(), bounds=bounds).value
                    assert value["kind"] in ("document", "status")
                    outcomes["read"] += 1
                except JailError as died:
                    if died.reason not in _EXPECTED:
                        pytest.fail(f"input {number}: {died}\n{data[:2_000]!r}")
                    outcomes[died.reason] += 1
                slowest = max(slowest, time.perf_counter() - began)
    finally:
        jail.close()
    print(f"seed {SEED}, {count} packages, slowest {slowest * 1000:.0f} ms: {dict(outcomes)}")
    return outcomes


def test_two_thousand_bent_packages():
    outcomes = _run(2_000)
    assert outcomes["read"] > 200, "some bending does no harm"
    assert sum(outcomes.values()) - outcomes["read"] > 400
    assert len(outcomes) > 6


@pytest.mark.long
def test_a_hundred_thousand_bent_packages():
    assert sum(_run(100_000).values()) == 100_000

"""Diễn tập liên thông: two installations on this machine, a signed document from one to the other, and its states back."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.settings import ROOT

_NAMES = {"01": "Đã đến", "03": "Đã tiếp nhận", "04": "Phân công xử lý", "05": "Đang xử lý", "06": "Hoàn thành", "13": "Đã nhận yêu cầu",
          "15": "Đồng ý thu hồi", "queued": "Chờ gửi"}  # fmt: skip
_WAIT = 60.0


class RehearsalError(Exception):
    """Diễn tập không xong; the sentence says where it stopped."""


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


class Installation:
    """Một bản cài đặt: its own folder, database, web and worker; and somebody who acts in it."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.home, self.port = name, folder / name, _free_port()
        kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DATABASE_OWNER_URL")}
        self.env = {
            **kept, "OFFICE_HOME": str(self.home), "EXTERNAL_URL": f"http://127.0.0.1:{self.port}", "DEMO": "0", "WEB_WORKERS": "1",
        }  # fmt: skip
        self.log = folder / f"{name}.log"
        with self.log.open("w", encoding="utf-8") as log:
            self.office = subprocess.Popen(
                [sys.executable, "-m", "app.launch", "--port", str(self.port), "--home", str(self.home)],
                cwd=ROOT, env=self.env, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        self.side: subprocess.Popen[str] | None = None

    def wait(self) -> None:
        """Chờ sẵn sàng."""
        until = time.monotonic() + 180
        while "sẵn sàng" not in self.log.read_text(encoding="utf-8"):
            if self.office.poll() is not None or time.monotonic() > until:
                raise RehearsalError(
                    f"Hệ thống {self.name} không khởi động được: {self.log.read_text()[-800:]}"
                )
            time.sleep(0.2)
        self.side = subprocess.Popen(
            [sys.executable, "-m", "app.demo.pair_side"], cwd=ROOT, env=self.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip

    def do(self, name: str, /, **arguments: Any) -> Any:
        """Một việc trong bản cài đặt này."""
        assert self.side is not None
        assert self.side.stdin is not None
        assert self.side.stdout is not None
        self.side.stdin.write(json.dumps([name, arguments]) + "\n")
        self.side.stdin.flush()
        answer = json.loads(self.side.stdout.readline() or '{"error": "không trả lời"}')
        if "error" in answer:
            raise RehearsalError(f"Hệ thống {self.name}, việc {name}: {answer['error']}")
        return answer["ok"]

    def stop(self) -> None:
        """Dừng."""
        if self.side is not None and self.side.stdin is not None:
            self.side.stdin.close()
            self.side.kill()
            self.side.wait(10)
        if self.office.poll() is None:
            self.office.send_signal(signal.SIGTERM)
            self.office.wait(40)


class Rehearsal:
    """Các bước, in ra từng bước."""

    def __init__(self) -> None:
        self.began, self.step = time.monotonic(), 0

    def say(self, words: str) -> None:
        """Một bước."""
        self.step += 1
        print(f"{self.step:2}. [{time.monotonic() - self.began:5.1f} s] {words}", flush=True)

    def until(self, ask: Callable[[], Any], words: str) -> Any:
        """Chờ đến khi có."""
        end = time.monotonic() + _WAIT
        while time.monotonic() < end:
            found = ask()
            if found:
                return found
            time.sleep(0.2)
        raise RehearsalError(f"Chờ quá {_WAIT:.0f} giây mà chưa thấy {words}.")

    def state(self, ours: Installation, document: int, wanted: str, index: int = 0) -> None:
        """Chờ trạng thái nơi nhận báo về."""

        def is_there() -> dict[str, str] | None:
            states = ours.do("states", document=document)
            return states[index] if len(states) > index and states[index]["state"] == wanted else None

        found = self.until(is_there, f"trạng thái {wanted}")
        who = f", {found['by']}" if found["by"] else ""
        self.say(
            f"Bên gửi thấy trạng thái {wanted} {_NAMES[wanted]} lúc {found['at']}{who} {found['reason']}".rstrip()
        )


def run(folder: Path) -> None:
    """Diễn tập từ đầu đến cuối."""
    stage = Rehearsal()
    stage.say("Khởi động hai bản cài đặt, mỗi bản một cơ sở dữ liệu, web và tiến trình nền")
    ours, theirs = Installation("gui", folder), Installation("nhan", folder)
    try:
        for side in (ours, theirs):
            side.wait()
        _play(stage, ours, theirs, folder)
    finally:
        for side in (ours, theirs):
            side.stop()
    stage.say("Xong: hai bản cài đặt đã dừng")


def _play(stage: Rehearsal, ours: Installation, theirs: Installation, folder: Path) -> None:
    roots = str(folder / "roots")
    card = ours.do("found", code="Z90.01", name="Ủy ban nhân dân phường Diễn Tập Một", abbreviation="UBND")
    other = theirs.do("found", code="Z91.02", name="Ủy ban nhân dân phường Diễn Tập Hai", abbreviation="UBND")
    stage.say(
        f"Bên gửi {ours.env['EXTERNAL_URL']}, bên nhận {theirs.env['EXTERNAL_URL']}: đã lập cơ quan, người, sổ"
    )
    ours.do("pin", card=other)
    theirs.do("pin", card=card)
    stage.say(
        f"Hai quản trị trao thẻ và ghim khóa của nhau ({card['installation'][:12]}…, {other['installation'][:12]}…)"
    )
    sent = ours.do("send", roots=roots)
    stage.say(f"Bên gửi soạn, ký số, duyệt, phát hành {sent['reference']}; tệp {sent['sha256'][:16]}…")
    arrived = stage.until(lambda: theirs.do("arrived", roots=roots), "văn bản đến")
    same = "cùng giá trị băm" if arrived["sha256"] == sent["sha256"] else "KHÁC GIÁ TRỊ BĂM"
    stage.say(
        f"Bên nhận có {arrived['reference']} của {arrived['issuer']}: {same}; chữ ký trên tệp: {arrived['verdict']}"
    )
    if arrived["sha256"] != sent["sha256"] or not arrived["signed"]:
        raise RehearsalError("Tệp nhận được không phải tệp đã ký.")
    stage.state(ours, sent["document"], "01")
    number = theirs.do("register", document=arrived["document"])["number"]
    stage.say(f"Văn thư bên nhận vào sổ, số đến {number}")
    stage.state(ours, sent["document"], "03")
    stage.say(f"Bên nhận chuyển xử lý cho {theirs.do('forward', document=arrived['document'])['to']}")
    stage.state(ours, sent["document"], "04")
    theirs.do("finish", document=arrived["document"])
    stage.say("Bên nhận báo kết quả, kết thúc xử lý")
    stage.state(ours, sent["document"], "06")
    ours.do("recall", document=sent["document"])
    stage.say("Bên gửi yêu cầu thu hồi, nêu lý do")
    agreed = stage.until(lambda: theirs.do("agree"), "yêu cầu thu hồi")
    stage.say(f"Văn thư bên nhận đồng ý; văn bản ở trạng thái “{agreed['state']}”")
    stage.state(ours, sent["document"], "15", index=1)
    _verify(stage, ours, theirs, folder)


def _verify(stage: Rehearsal, ours: Installation, theirs: Installation, folder: Path) -> None:
    for sender, receiver in ((ours, theirs), (theirs, ours)):
        key = receiver.do("key")
        for place in sender.do("receipts", folder=str(folder)):
            Path(place).with_suffix(".pub").write_text(key + "\n", encoding="utf-8")
            done = _check(place)
            if done.returncode != 0:
                raise RehearsalError(done.stdout)
            stage.say(f"verify-receipt {Path(place).name}: {done.stdout.strip().splitlines()[-1]}")
    forged = Path(place).with_suffix(".edxml")
    forged.write_bytes(forged.read_bytes().replace(b"2", b"3", 1))
    if _check(place).returncode == 0:
        raise RehearsalError("Biên nhận vẫn đúng với tệp đã bị sửa.")
    stage.say(f"Sửa một byte của {forged.name}: verify-receipt báo SAI")
    differences = ours.do("compare")
    ledgers = ours.do("ledger"), theirs.do("ledger")
    stage.say(
        f"Đối chiếu hai sổ: gửi {ledgers[0]['sent']}, nhận {ledgers[0]['received']}; {len(differences)} chỗ không khớp {differences or ''}".rstrip()
    )
    if differences:
        raise RehearsalError("Hai sổ không khớp.")


def _check(place: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app.cli", "exchange", "verify-receipt", place],
        cwd=ROOT, env={k: v for k, v in os.environ.items() if not k.startswith("DATABASE")}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def main() -> int:
    """Diễn tập trong một thư mục tạm."""
    folder = Path(tempfile.mkdtemp(prefix="lien-thong-"))
    folder.chmod(0o755)
    try:
        run(folder)
    except RehearsalError as problem:
        print(f"Diễn tập dừng: {problem}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

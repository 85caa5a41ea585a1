"""Chạy văn phòng: starts database, web and worker as its children, watches over them and stops them in order."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NoReturn, TextIO
from urllib.parse import urlsplit

import psycopg

from app.core import listening, processes, upgrade
from app.core.beside import users_file
from app.core.embedded import EmbeddedError, EmbeddedPostgres
from app.core.supervision import Child
from app.settings import ROOT, Settings, SettingsError, environment, is_loopback

_SECRETS = ("session_key", "audit_key", "receipt_key")
_STOP_WITHIN = 29.0
_GRACE = 25.0
_TRIM_EVERY = 600.0


class StartError(Exception):
    """Không khởi động được: the sentence says why and what to do."""


_FAULTS = (
    StartError, EmbeddedError, SettingsError, upgrade.BackupError, listening.PortTaken, psycopg.Error, OSError,
)  # fmt: skip


class StopAsked(BaseException):
    """SIGTERM hoặc Ctrl-C."""


def _asked(*_: object) -> NoReturn:
    raise StopAsked


def say(sentence: str) -> None:
    """Nói với người đang xem màn hình."""
    print(sentence, flush=True)


def read_arguments(arguments: list[str]) -> argparse.Namespace:
    """Tham số của lệnh run."""
    parser = argparse.ArgumentParser(prog="manage.py run", description="Chạy văn phòng điện tử trên máy này.")
    parser.add_argument("--port", type=int, default=8000, help="cổng (mặc định 8000)")
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ nghe; ngoài 127.0.0.1 thì dùng https")
    parser.add_argument("--home", help="thư mục dữ liệu (mặc định: OFFICE_HOME, hoặc var)")
    return parser.parse_args(arguments)


# ── the office ───────────────────────────────────────────────────────────────


class Office:
    """Một văn phòng đang chạy."""

    def __init__(self, settings: Settings, given: Mapping[str, str], host: str, port: int) -> None:
        self.settings, self.host, self.port = settings, host, port
        self.logs = settings.home / "log"
        self.database = EmbeddedPostgres(settings.home) if settings.embedded else None
        self.scheme = (
            "http"
            if is_loopback(host) or settings.trusted_proxies
            else urlsplit(settings.external_url).scheme
        )
        self.environment = {
            **given,
            "OFFICE_HOME": str(settings.home),
            "EXTERNAL_URL": settings.external_url,
            "PYTHONUNBUFFERED": "1",
        }
        self.children: list[Child] = []

    # ── start ────────────────────────────────────────────────────────────────

    def start(self, users: TextIO) -> None:
        """Khởi động theo thứ tự: database, schema, demo city, web, worker."""
        for name in _SECRETS:
            self.settings.secret(name)
        if self.database is not None:
            self._start_database(self.database, users)
        self._bring_schema_to_head()
        self._seed_once()
        web = self._child("web", self._web_command())
        self._wait_until_web_answers(web)
        self._child("worker", [sys.executable, "-m", "app.worker"])

    def _start_database(self, database: EmbeddedPostgres, users: TextIO) -> None:
        if not (database.data / "PG_VERSION").exists():
            say("Lần chạy đầu: đang tạo cơ sở dữ liệu …")
        database.launch()
        database.wait_ready()
        database.provision()
        fcntl.flock(users, fcntl.LOCK_SH)  # from here on other commands may join in

        def again() -> subprocess.Popen[bytes]:
            database.launch()
            database.wait_ready()
            assert database.process is not None
            return database.process

        self.children.append(Child("cơ sở dữ liệu", database.log, again, database.process))

    def _bring_schema_to_head(self) -> None:
        wanted = upgrade.newest_revision(ROOT / "migrations" / "versions")
        url = self.settings.database_owner_url
        found = upgrade.current_revision(url)
        if wanted is not None and found == wanted:
            return
        if found is not None:
            kept = upgrade.back_up(url, self.settings.home / "backups", f"truoc-nang-cap-{found}")
            say(f"Đã sao lưu dữ liệu trước khi nâng cấp: {kept}")
        say("Đang đưa lược đồ dữ liệu lên bản mới nhất …")
        self._command("migrate")

    def _seed_once(self) -> None:
        marker = self.settings.home / "seeded"
        if not self.settings.demo or marker.exists():
            return
        say("Đang dựng thành phố trình diễn, chỉ một lần …")
        self._command("seed", "--demo", "--if-empty")
        marker.touch()

    def _command(self, *words: str) -> None:
        """One of the application's own commands, with its words in a log; a stop ends it too."""
        log = self.logs / "setup.log"
        child = processes.spawn(
            [sys.executable, "-m", "app.cli", *words], log=log, env=self.environment, cwd=ROOT
        )
        try:
            if child.wait() != 0:
                raise StartError(f"Lệnh “{' '.join(words)}” không xong (xem {log}):\n{processes.tail(log)}")
        finally:
            processes.end(child, (signal.SIGTERM, 10))

    def _child(self, name: str, command: list[str]) -> Child:
        log = self.logs / f"{name}.log"
        # neither web nor worker may change the schema: they are not told the owner's address
        environment = {key: value for key, value in self.environment.items() if key != "DATABASE_OWNER_URL"}

        def start() -> subprocess.Popen[bytes]:
            processes.trim(log)
            return processes.spawn(command, log=log, env=environment, cwd=ROOT)

        child = Child(name, log, start)
        child.run()
        self.children.append(child)
        return child

    def _web_command(self) -> list[str]:
        options = {
            "--bind": f"{listening.bracketed(self.host)}:{self.port}",
            "--worker-class": "gthread",
            "--workers": str(self.settings.web_workers),
            "--threads": str(self.settings.web_threads),
            "--max-requests": "2000",
            "--max-requests-jitter": "200",
            "--graceful-timeout": f"{_GRACE:.0f}",
            "--keep-alive": "5",
        }
        if os.access("/dev/shm", os.W_OK):  # noqa: S108 - a heartbeat file on a disk stalls when the disk does
            options["--worker-tmp-dir"] = "/dev/shm"  # noqa: S108
        if self.scheme == "https":
            from app.core import certificate

            options["--certfile"], options["--keyfile"] = map(
                str, certificate.self_signed(self.settings.home / "secrets", self.host)
            )
            say(
                f"Chứng thư tự ký, dấu vân tay SHA-256: {certificate.fingerprint(Path(options['--certfile']))}"
            )
        pairs = [part for option in options.items() for part in option]
        return [sys.executable, "-m", "gunicorn", "wsgi:app", "--preload", "--no-control-socket", *pairs]

    def _wait_until_web_answers(self, web: Child) -> None:
        name = urlsplit(self.settings.external_url).netloc
        while not listening.answers(self.scheme, self.host, self.port, name):
            if web.died():
                raise StartError(f"Tiến trình web không khởi động được (xem {web.log}):\n{_reason(web.log)}")
            time.sleep(0.05)

    def show_accounts(self) -> None:
        """In các tài khoản trình diễn."""
        command = [sys.executable, "-m", "app.cli", "accounts"]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        say(
            f"\n{done.stdout.rstrip()}\n"
            if done.returncode == 0
            else f"Chưa in được danh sách tài khoản: {done.stderr.strip()[-500:]}"
        )

    # ── watch and stop ───────────────────────────────────────────────────────

    def watch(self, woken: int) -> NoReturn:
        """Trông coi cho đến khi được bảo dừng."""
        trimmed = time.monotonic()
        while True:
            select.select([woken], [], [], 1.0)
            with contextlib.suppress(BlockingIOError):
                os.read(woken, 4096)
            for child in self.children:
                self._look_after(child)
            if time.monotonic() - trimmed > _TRIM_EVERY:
                trimmed = time.monotonic()
                for path in self.logs.glob("*.log"):
                    processes.trim(path)

    def _look_after(self, child: Child) -> None:
        if child.died():
            say(
                f"Tiến trình {child.name} dừng đột ngột, khởi động lại sau {child.wait:.0f} giây. Nhật ký: {child.log}"
            )
            say(processes.tail(child.log, 8))
        if child.due():
            try:
                child.run()
            except (EmbeddedError, OSError) as reason:
                child.failed()
                say(f"Chưa khởi động lại được {child.name}: {reason}")

    def stop(self) -> None:
        """Dừng web, worker, rồi cơ sở dữ liệu; a second Ctrl-C ends the patience."""
        deadline = time.monotonic() + _STOP_WITHIN
        web_and_worker = [child for child in self.children if child.name in ("web", "worker")]
        for child in web_and_worker:
            self._stop_patiently(child, min(_GRACE, max(deadline - 3 - time.monotonic(), 1.0)))
        if self.database is not None:
            self._stop_database(self.database, max(deadline - time.monotonic(), 2.0))

    @staticmethod
    def _stop_patiently(child: Child, seconds: float) -> None:
        try:
            child.stop(seconds)
        except StopAsked:
            say(f"Dừng ngay {child.name}.")
            child.kill()

    @staticmethod
    def _stop_database(database: EmbeddedPostgres, seconds: float) -> None:
        while True:
            try:
                return database.stop(seconds)
            except StopAsked:  # a fast shutdown is already the shortest that loses nothing
                seconds = min(seconds, 3.0)


def _reason(log: Path) -> str:
    """The application's own traceback, without the server's that follows it."""
    text = processes.tail(log, 120)
    _, found, after = text.rpartition("Exception in worker process")
    own = re.split(r"^\[\d{4}-", after, maxsplit=1, flags=re.MULTILINE)[0] if found else text
    return "\n".join(own.strip().splitlines()[-15:])


# ── the command ──────────────────────────────────────────────────────────────


@contextlib.contextmanager
def _only_one(home: Path) -> Iterator[None]:
    """Two offices on one data folder would destroy each other's work."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "office.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise StartError(f"Văn phòng trên {home} đang chạy (tiến trình {lock.read().strip()}).") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


@contextlib.contextmanager
def _alone_with_database(home: Path) -> Iterator[TextIO]:
    with users_file(home) as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Một lệnh khác đang dùng cơ sở dữ liệu này, chờ lệnh đó xong …")
            fcntl.flock(users, fcntl.LOCK_EX)
        yield users


@contextlib.contextmanager
def _wakeup() -> Iterator[int]:
    """A pipe that becomes readable with every signal, also when a child dies."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer)
    for number, handler in (
        (signal.SIGTERM, _asked),
        (signal.SIGINT, _asked),
        (signal.SIGCHLD, lambda *_: None),
    ):
        signal.signal(number, handler)
    try:
        yield reader
    finally:
        signal.set_wakeup_fd(-1)


def serve(office: Office, began: float) -> int:
    """Chạy đến khi được bảo dừng."""
    settings = office.settings
    with _only_one(settings.home), _alone_with_database(settings.home) as users, _wakeup() as woken:
        try:
            listening.ensure_free(office.host, office.port)
            office.start(users)
            say(
                f"Văn phòng điện tử đã sẵn sàng sau {time.monotonic() - began:.1f} giây: {settings.external_url}"
            )
            say("Nhấn Ctrl-C để dừng.")
            if settings.demo:
                office.show_accounts()
            office.watch(woken)
        except StopAsked:
            say("\nĐang dừng …")
            office.stop()
            say("Đã dừng.")
            return 0
        except BaseException:
            office.stop()
            raise


def main(arguments: list[str]) -> int:
    """Lệnh run."""
    began = time.monotonic()
    chosen = read_arguments(arguments)
    given = environment()
    if chosen.home:
        given["OFFICE_HOME"] = str(Path(chosen.home).resolve())
    given.setdefault("EXTERNAL_URL", listening.default_address(chosen.host, chosen.port))
    try:
        return serve(Office(Settings.from_env(given), given, chosen.host, chosen.port), began)
    except _FAULTS as reason:
        print(f"Không khởi động được.\n{reason}", file=sys.stderr, flush=True)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

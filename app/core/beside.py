"""Chạy bên cạnh PostgreSQL kèm theo: joins the server that already stands in a data folder, or starts one for a while.

``python -m app.core.beside [--home DIR] [--for-tests] [--export NAME] -- COMMAND …`` runs one command that way;
``NAME`` is the variable that tells it the superuser's address.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NoReturn, TextIO

from app.core.embedded import EmbeddedError, EmbeddedPostgres
from app.settings import Settings, SettingsError

# Whoever works with the server holds a shared lock on this file, whoever starts or stops it an exclusive one.
_USERS = "postgres.users"


def users_file(home: Path) -> TextIO:
    """Tệp khóa của những ai đang dùng máy chủ trong một thư mục dữ liệu."""
    home.mkdir(parents=True, exist_ok=True)
    return (home / _USERS).open("w")


def _must_start(users: TextIO, server: EmbeddedPostgres) -> bool:
    """Whether nobody serves here: then the lock is exclusive on return, otherwise shared with those who work."""
    while True:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fcntl.flock(users, fcntl.LOCK_SH)
            if server.answers():
                return False
            fcntl.flock(users, fcntl.LOCK_UN)  # it went away in between
            time.sleep(0.1)
        else:
            return True


@contextlib.contextmanager
def standing(home: Path, *, fsync: bool = True) -> Iterator[EmbeddedPostgres]:
    """Có máy chủ trong lúc làm việc; the one who started it waits for the others before it stops."""
    server = EmbeddedPostgres(home, fsync=fsync)
    with users_file(server.home) as users:
        if _must_start(users, server):
            server.start()
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield server
        finally:
            if server.process is not None:
                fcntl.flock(users, fcntl.LOCK_EX)
                server.stop()


def _run(command: list[str], environment: dict[str, str]) -> int:
    child = subprocess.Popen(command, env=environment)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:  # the command got it as well and ends in its own way
            continue
        except SystemExit:
            child.terminate()


def _leave(*_: object) -> NoReturn:
    raise SystemExit(128 + signal.SIGTERM)


def main(arguments: list[str]) -> int:
    """Chạy một lệnh bên cạnh máy chủ; with ``DATABASE_URL`` set there is a server already."""
    cut = arguments.index("--")
    options, command = arguments[:cut], arguments[cut + 1 :]
    given = dict(pairwise(options))
    try:
        settings = None if "--home" in given else Settings.from_env()
        if settings is not None and not settings.embedded:
            return _run(command, dict(os.environ))
        home = settings.home if settings is not None else Path(given["--home"])
        with standing(home, fsync="--for-tests" not in options) as server:
            told = {given["--export"]: server.url("super")} if "--export" in given else {}
            return _run(command, {**os.environ, **told})
    except (EmbeddedError, SettingsError) as reason:
        sys.stderr.write(f"{reason}\n")
        return 1


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _leave)
    sys.exit(main(sys.argv[1:]))

"""PostgreSQL kèm theo: real servers in small folders, and what may have gone wrong before they start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from app.core import certificate, listening, processes, upgrade
from app.core.beside import standing
from app.core.embedded import EmbeddedError, EmbeddedPostgres
from app.core.supervision import Child
from app.settings import ROOT

pytestmark = pytest.mark.xdist_group("embedded")


def alive(pid: int) -> bool:
    """Còn chạy: a zombie that nobody has fetched yet does not count."""
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("office")


@pytest.fixture
def server(home):
    found = EmbeddedPostgres(home, fsync=False)
    found.start()
    yield found
    found.stop()


def test_the_application_role_works_with_rows_and_not_with_the_schema(server):
    with psycopg.connect(server.url("owner"), autocommit=True) as owner:
        owner.execute(
            "CREATE TABLE IF NOT EXISTS so_van_ban (id bigint GENERATED ALWAYS AS IDENTITY, trich_yeu text)"
        )
    with psycopg.connect(server.url("app"), autocommit=True) as app:
        app.execute("INSERT INTO so_van_ban (trich_yeu) VALUES ('Về việc nghỉ lễ')")
        assert app.execute("SELECT count(*) FROM so_van_ban").fetchone()[0] >= 1
        for forbidden in (
            "CREATE TABLE x (id int)",
            "DROP TABLE so_van_ban",
            "TRUNCATE so_van_ban",
            "CREATE ROLE x",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(forbidden)
        role = app.execute(
            "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert role == (False, False)


def test_it_listens_on_a_private_socket_only_in_utc_and_by_code_point(server):
    with psycopg.connect(server.url("super")) as connection:
        shown = [
            connection.execute(f"SHOW {name}").fetchone()[0]
            for name in ("listen_addresses", "timezone", "data_checksums")
        ]
        order = connection.execute(
            "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'office'"
        ).fetchone()
    assert shown == ["", "UTC", "on"]
    assert order == ("b", "C.UTF-8")
    assert server.sockets.stat().st_mode & 0o777 == 0o700


def test_who_comes_second_joins_the_running_server_and_leaves_it_running(home):
    with standing(home, fsync=False) as first:
        with standing(home, fsync=False) as second:
            assert second.process is None
            assert second.answers()
        assert first.answers()
    assert not first.answers()


def test_a_command_runs_beside_a_server_and_hands_its_status_back(tmp_path):
    question = (
        "import os, psycopg; psycopg.connect(os.environ['WHERE']).execute('SELECT 1'); raise SystemExit(7)"
    )
    options = ["--home", tmp_path, "--for-tests", "--export", "WHERE"]
    command = [sys.executable, "-m", "app.core.beside", *options, "--", sys.executable, "-c", question]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 7
    assert not (tmp_path / "postgres" / "postmaster.pid").exists()


def test_it_comes_back_after_a_kill_with_everything_that_was_committed(home):
    first = EmbeddedPostgres(home)
    first.start()
    with psycopg.connect(first.url("owner"), autocommit=True) as owner:
        owner.execute("CREATE TABLE kept (n int)")
        owner.execute("INSERT INTO kept VALUES (7)")
    processes.kill(first.process)
    second = EmbeddedPostgres(home)
    second.start()
    try:
        with psycopg.connect(second.url("app")) as app:
            assert app.execute("SELECT n FROM kept").fetchone() == (7,)
    finally:
        second.stop()


def test_a_lock_file_that_names_a_strangers_process_does_not_block(home):
    server = EmbeddedPostgres(home, fsync=False)
    server.ensure()
    lock = server.data / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n{server.data}\n1\n5432\n{server.sockets}\n")
    server.start()
    try:
        assert server.answers()
    finally:
        server.stop()
    assert not lock.exists()


def test_a_fault_of_the_server_is_told_with_its_own_words(home):
    server = EmbeddedPostgres(home, options={"shared_buffers": "none"})
    with pytest.raises(EmbeddedError, match="shared_buffers"):
        server.start()


def test_a_server_dies_with_its_supervisor(tmp_path):
    script = (
        "import sys, time; from pathlib import Path; from app.core.embedded import EmbeddedPostgres\n"
        "s = EmbeddedPostgres(Path(sys.argv[1]), fsync=False); s.start(); print(s.process.pid, flush=True); time.sleep(60)"
    )
    supervisor = subprocess.Popen(
        [sys.executable, "-c", script, tmp_path], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    with supervisor:
        pid = int(supervisor.stdout.readline())
        assert alive(pid)
        supervisor.send_signal(signal.SIGKILL)
        supervisor.wait()
    again = EmbeddedPostgres(tmp_path, fsync=False)
    again.start()  # waits until the orphan has gone
    again.stop()
    assert not alive(pid)
    assert "database system was shut down" in again.log.read_text()


def test_a_trap_in_the_socket_folder_is_refused(tmp_path):
    server = EmbeddedPostgres(tmp_path / "home")
    (tmp_path / "elsewhere").mkdir()
    server.home.mkdir()
    server.sockets.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(EmbeddedError, match="không thuộc về"):
        server.ensure()


def test_a_backup_is_whole_or_not_there(server, tmp_path):
    made = upgrade.back_up(server.url("owner"), tmp_path, "thu")
    assert made.read_bytes().startswith(b"PGDMP")
    assert made.stat().st_mode & 0o777 == 0o600
    with pytest.raises(upgrade.BackupError):
        upgrade.back_up(server.url("owner", "khong_co"), tmp_path, "hong")
    assert list(tmp_path.iterdir()) == [made]


def test_the_newest_revision_is_read_from_the_files(tmp_path):
    (tmp_path / "0001_a.py").write_text('revision: str = "0001"\ndown_revision: str | None = None\n')
    (tmp_path / "0002_b.py").write_text("revision = '0002'\ndown_revision = '0001'\n")
    assert upgrade.newest_revision(tmp_path) == "0002"
    (tmp_path / "0003_c.py").write_text("revision = '0003'\ndown_revision = '0001'\n")
    assert upgrade.newest_revision(tmp_path) is None


def test_the_newest_revision_is_the_one_alembic_names():
    from app import schema

    assert upgrade.newest_revision(ROOT / "migrations" / "versions") == schema.head()


def test_what_keeps_dying_is_started_again_after_growing_waits(tmp_path):
    log = tmp_path / "child.log"
    child = Child("thử", log, lambda: processes.spawn(["false"], log=log))
    waits = []
    for _ in range(3):
        child.run()
        child.process.wait()
        assert child.died()
        assert not child.died()
        waits.append(child.wait)
    assert waits == [1.0, 2.0, 4.0]
    assert not child.due()


def test_a_child_that_does_not_listen_is_killed_with_its_whole_session(tmp_path):
    log = tmp_path / "child.log"
    stubborn = "trap '' TERM; sleep 300 & echo $!; wait; wait"
    process = processes.spawn(["bash", "-c", stubborn], log=log)
    while not (found := log.read_text().split()):
        time.sleep(0.01)
    assert not processes.end(process, (signal.SIGTERM, 0.2))
    assert not alive(int(found[0]))


def test_a_log_is_cut_while_its_writer_goes_on(tmp_path):
    log = tmp_path / "a.log"
    with log.open("ab", buffering=0) as writer:
        writer.write("dòng cũ\n".encode() * 100)
        processes.trim(log, limit=100)
        writer.write("dòng mới\n".encode())
    assert processes.tail(log) == "dòng mới"
    assert (tmp_path / "a.log.1").read_text().startswith("dòng cũ")


def test_a_certificate_is_made_once_and_again_for_a_new_address(tmp_path):
    first = certificate.self_signed(tmp_path, "10.0.0.5")
    mark = certificate.fingerprint(first[0])
    assert certificate.self_signed(tmp_path, "10.0.0.5") == first
    assert certificate.fingerprint(first[0]) == mark
    certificate.self_signed(tmp_path, "10.0.0.6")
    assert certificate.fingerprint(first[0]) != mark
    assert first[1].stat().st_mode & 0o777 == 0o600


def test_outside_this_machine_the_address_is_https():
    assert listening.default_address("127.0.0.1", 8000) == "http://127.0.0.1:8000"
    assert listening.default_address("::1", 8000) == "http://[::1]:8000"
    assert listening.default_address("10.0.0.5", 8443) == "https://10.0.0.5:8443"

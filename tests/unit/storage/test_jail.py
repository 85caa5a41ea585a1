"""Buồng cách ly: each limit is proven by a task that runs into it; afterwards the next file is read as if nothing was."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.errors import Busy
from app.storage import jail as jails
from app.storage.jail import Bounds, Jail, JailError
from tests.unit.storage import files

ROGUE = Path(__file__).with_name("rogue.py")


@pytest.fixture(scope="module")
def jail() -> Iterator[Jail]:
    jail = Jail(extra_tasks=ROGUE)
    yield jail
    jail.close()


@pytest.fixture
def file() -> Iterator[int]:
    with tempfile.TemporaryFile() as stream:
        stream.write(files.letter())
        stream.flush()
        yield stream.fileno()


def _is_well(jail: Jail, file: int) -> bool:
    return jail.call("inspect", file).value["kind"] == "pdf"


def _dies(jail: Jail, file: int, task: str, **bounds: float) -> JailError:
    zygote = jail.pid
    with pytest.raises(JailError) as caught:
        jail.call(task, file, bounds=Bounds(**bounds))
    assert jail.pid == zygote, "the parent of children lives on"
    assert _is_well(jail, file)
    return caught.value


def test_processor_time(jail: Jail, file: int):
    started = time.perf_counter()
    died = _dies(jail, file, "spin", cpu=1)
    assert (died.reason, died.detail) == ("time", "SIGXCPU")
    assert time.perf_counter() - started < 4


def test_wall_time(jail: Jail, file: int):
    died = _dies(jail, file, "sleep", wall=0.3)
    assert (died.reason, died.detail) == ("time", "SIGALRM")


def test_wall_time_of_a_child_that_ignores_its_alarm(jail: Jail, file: int):
    died = _dies(jail, file, "stubborn", wall=0.3)
    assert (died.reason, died.detail) == ("time", "SIGKILL")


def test_memory(jail: Jail, file: int):
    assert _dies(jail, file, "hoard").reason == "memory"
    assert jail.call("hoard_natively", file).value is False, "the C library gets no more than Python"


@pytest.mark.parametrize(
    ("task", "detail"), [("crash", "SIGSEGV"), ("leave", "exit 3"), ("complain", "ValueError")]
)
def test_crashes(jail: Jail, file: int, task: str, detail: str):
    died = _dies(jail, file, task)
    assert died.reason == "crash"
    assert detail in died.detail


def test_an_answer_without_end(jail: Jail, file: int):
    assert _dies(jail, file, "flood").reason == "memory"


def test_what_a_child_cannot_do(jail: Jail):
    allowed = jail.confinement()
    with socket.create_server(("127.0.0.1", 0)) as server, tempfile.TemporaryFile() as stream:
        stream.write(str(server.getsockname()[1]).encode())
        stream.flush()
        found = jail.call("probe", stream.fileno()).value

    assert set(found["environment"]) <= {
        "LANG",
        "LC_CTYPE",
        "MALLOC_ARENA_MAX",
        "PATH",
        "PYTHONDONTWRITEBYTECODE",
    }
    assert len(found["descriptors"]) == 2, "the file and the answer"
    assert found["write"] != 0
    assert found["cwd"] in ("/", None)
    if os.geteuid() == 0:
        assert allowed["rights"]
        assert found["uid"] == 65534
        assert (found["root"], found["kill"], found["fork"]) == (errno.EPERM, errno.EPERM, errno.EAGAIN)
    if allowed["files"]:
        assert found["read"] in (errno.ENOENT, errno.EACCES)
    if allowed["network"]:
        assert found["connect"] in (errno.ENETUNREACH, errno.ECONNREFUSED)


def test_root_gives_up_everything(jail: Jail):
    """Where we are root and namespaces exist, nothing is left to take away."""
    if os.geteuid() != 0:
        assert set(jail.confinement()) == {"network", "files", "rights"}
        return
    assert jail.confinement() == {"network": True, "files": True, "rights": True}


def test_a_dead_parent_of_children_is_replaced(jail: Jail, file: int):
    before = jail.pid
    os.kill(before, signal.SIGKILL)
    time.sleep(0.05)
    assert _is_well(jail, file)
    assert jail.pid != before


def test_a_parent_that_dies_meanwhile_is_replaced_and_the_file_read_again(jail: Jail, file: int):
    """Children die with it; the question is put once more."""
    before, answers = jail.pid, []

    def ask() -> None:
        try:
            jail.call("sleep", file, bounds=Bounds(wall=1.5))
        except JailError as died:
            answers.append(died.reason)

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.3)
    os.kill(before, signal.SIGKILL)
    asking.join()
    assert answers in (["crash"], ["time"])
    assert _is_well(jail, file)
    assert jail.pid != before


def test_the_parent_of_children_ends_with_its_owner(file: int):
    jail = Jail()
    pid = jail.pid
    jail.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_forked_process_takes_a_jail_of_its_own(jail: Jail, file: int):
    ours = jail.pid
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.write(writer, str(jail.pid).encode())
            status = 0 if _is_well(jail, file) else 2
            jail.close()
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert int(os.read(reader, 20)) != ours
    os.close(reader)
    os.close(writer)
    assert _is_well(jail, file)
    assert jail.pid == ours


def test_threads_share_it(jail: Jail, file: int):
    pids: list[int] = []

    def ask() -> None:
        pids.extend(jail.call("own_pid", file).value for _ in range(10))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(pids)) == 80, "one child per file"


def test_too_many_at_once_are_told_to_wait(file: int):
    jail = Jail(slots=1, wait_seconds=0.1, extra_tasks=ROGUE)

    def block() -> None:
        with contextlib.suppress(JailError):
            jail.call("sleep", file, bounds=Bounds(wall=1))

    blocking = threading.Thread(target=block)
    blocking.start()
    time.sleep(0.3)
    with pytest.raises(Busy):
        jail.call("own_pid", file)
    blocking.join()
    assert isinstance(jail.call("own_pid", file).value, int)
    jail.close()


def test_no_child_is_left_behind(jail: Jail, file: int):
    for task in ("own_pid", "complain", "crash"):
        with contextlib.suppress(JailError):
            jail.call(task, file)
    time.sleep(0.2)
    children = Path(f"/proc/{jail.pid}/task/{jail.pid}/children").read_text().split()
    assert children == []


def test_one_shared_jail_per_process():
    assert jails.shared() is jails.shared()

#!/usr/bin/env python3
"""Cửa vào duy nhất: sets the environment up, then hands over to the application's own commands.

    python3 manage.py run [--port N] [--host ADDR] [--home DIR]    the office, on this machine
    python3 manage.py test [pytest arguments]                      all tests, on a database of their own
    python3 manage.py check                                        ruff, mypy, import contracts, templates
    python3 manage.py bench …                                      speed, beside a bare page
    python3 manage.py migrate | worker | seed | …                  everything else: python3 manage.py help
    python3 manage.py setup [--dev]                                only the environment
    python3 manage.py lock [--upgrade]                             pin the requirements again

Only the standard library is used here: a bare Debian with python3 must be enough to start.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
STAMP = VENV / "office-setup.json"
UNFINISHED = VENV / "office-setup.unfinished"
OLDEST = (3, 11)


class SetupError(Exception):
    """Chưa chuẩn bị được môi trường: the sentence says what is missing and what to do."""


def say(sentence: str) -> None:
    """Nói với người đang chờ: progress and faults, apart from what a command prints as its answer."""
    print(sentence, file=sys.stderr, flush=True)


# ── Debian packages ──────────────────────────────────────────────────────────


def _present(probe: str) -> bool:
    kind, _, what = probe.partition(":")
    if kind == "module":
        return importlib.util.find_spec(what) is not None
    if kind == "command":
        return shutil.which(what) is not None
    return Path(what).exists()


def _listed_packages(section: str) -> list[tuple[str, str]]:
    found, current = [], ""
    for raw in (ROOT / "apt-packages.txt").read_text(encoding="utf-8").splitlines():
        line = raw.partition("#")[0].strip()
        if line.startswith("["):
            current = line.strip("[]")
        elif line and current == section:
            package, probe = line.split()
            found.append((package, probe))
    return found


def ensure_packages(section: str) -> None:
    """Gói hệ thống: install what the section lists and the machine lacks, or say exactly what is missing."""
    missing = [package for package, probe in _listed_packages(section) if not _present(probe)]
    if not missing:
        return
    by_hand = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(missing)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SetupError(
            f"Máy còn thiếu: {', '.join(missing)}. Trên Debian/Ubuntu, quản trị máy hãy chạy\n    {by_hand}\n"
            "rồi chạy lại lệnh này."
        )
    say(f"Đang cài gói hệ thống: {', '.join(missing)} …")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "DEBCONF_NOWARNINGS": "yes"}
    quiet = ["-qq", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"]
    update = ["apt-get", "update", *quiet]
    install = ["apt-get", "install", "-y", "--no-install-recommends", *quiet, *missing]
    for command in (update, install):
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False)  # fmt: skip
        if done.returncode != 0 and command is install:
            raise SetupError(f"Không cài được gói hệ thống. Hãy chạy thử: {by_hand}\n{done.stdout[-1500:]}")
    importlib.invalidate_caches()
    still = [package for package, probe in _listed_packages(section) if not _present(probe)]
    if still:
        raise SetupError(f"Đã cài nhưng vẫn chưa thấy: {', '.join(still)}. Hãy chạy thử: {by_hand}")


# ── the environment ──────────────────────────────────────────────────────────


def _fingerprint(*names: str) -> str:
    digest = hashlib.sha256()
    for name in names:
        path = ROOT / name
        digest.update(path.read_bytes() if path.exists() else b"-")
    return digest.hexdigest()


def _wanted() -> dict[str, str]:
    return {
        "runtime": _fingerprint("requirements.txt"),
        "dev": _fingerprint("requirements-dev.txt"),
        "assets": _fingerprint("app/web/assets.py", "requirements.txt"),
        "place": str(VENV),
    }


def _stamp() -> dict[str, str]:
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _venv_stands() -> bool:
    """A folder made for this very Python: after an upgrade of the system's Python its packages would not be found."""
    if UNFINISHED.exists() or not PYTHON.exists():
        return False
    version = re.fullmatch(r"python(\d\.\d+)", PYTHON.resolve().name)
    return version is None or (VENV / "lib" / f"python{version[1]}" / "site-packages").is_dir()


def _is_ready(*, dev: bool) -> bool:
    have, want = _stamp(), _wanted()
    needed = ["place", "assets", "dev" if dev else "runtime"]
    built = (ROOT / "build" / "static").is_dir() or not (ROOT / "app" / "web" / "assets.py").exists()
    return _venv_stands() and built and all(have.get(key) == want[key] for key in needed)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Two set-ups at once wait for each other; the second then finds everything done."""
    with (ROOT / ".venv.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Một lệnh khác đang chuẩn bị môi trường, chờ lệnh đó xong …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run(
    command: Sequence[str | Path], environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)  # fmt: skip


def _make_venv() -> None:
    say("Đang tạo môi trường Python (.venv) …")
    done = _run([sys.executable, "-m", "venv", "--clear", VENV])
    if done.returncode != 0:
        raise SetupError(f"Không tạo được môi trường Python trong {VENV}:\n{done.stdout[-1500:]}")
    UNFINISHED.touch()  # whatever interrupts from here on, the next start begins with a clean folder


def _pinned_block(package: str) -> str:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"{package}=="))
    end = next((i for i in range(start + 1, len(lines)) if not lines[i].startswith(" ")), len(lines))
    return "\n".join(lines[start:end]) + "\n"


def _pip(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return _run([PYTHON, "-m", "pip", "--disable-pip-version-check", "-q", *arguments])


def _install_uv() -> bool:
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as pin:
        pin.write(_pinned_block("uv"))
        pin.flush()
        return _pip("install", "--require-hashes", "-r", pin.name).returncode == 0


def _pip_settings() -> dict[str, str]:
    """What this machine tells pip (files and environment): uv does not read it by itself."""
    settings: dict[str, str] = {}
    for line in _run([PYTHON, "-m", "pip", "config", "list"]).stdout.splitlines():
        key, _, value = line.partition("=")
        scope, _, name = key.rpartition(".")
        if name not in settings or scope == ":env:":
            settings[name] = value.strip().strip("'\"")
    return settings


def _reachable(address: str) -> bool:
    path = address.removeprefix("file://")
    return "://" in path or Path(path).is_dir()


def _uv_options(settings: dict[str, str]) -> list[str]:
    options = ["--system-certs"]
    if "index-url" in settings and not any(os.environ.get(k) for k in ("UV_DEFAULT_INDEX", "UV_INDEX_URL")):
        options += ["--default-index", settings["index-url"]]
    extra = [address for address in settings.get("extra-index-url", "").split() if _reachable(address)]
    for address in extra:
        options += ["--index", address]
    if extra:  # every file is held to its hash, so it may come from any of them
        options += ["--index-strategy", "unsafe-best-match"]
    for address in settings.get("find-links", "").split():
        options += ["--find-links", address] if _reachable(address) else []
    return options


def _install(requirements: str) -> None:
    say(f"Đang cài thư viện ({requirements}) …")
    log = ""
    if _install_uv():
        settings = _pip_settings()
        environment = dict(os.environ)
        if settings.get("cert"):
            environment.setdefault("SSL_CERT_FILE", settings["cert"])
        command: list[str | Path] = [
            UV,
            "pip",
            "install",
            "-q",
            "--python",
            PYTHON,
            "--require-hashes",
            *_uv_options(settings),
        ]
        done = _run([*command, "-r", requirements], environment)
        if done.returncode == 0:
            return
        log = done.stdout
    say("Cài nhanh bằng uv không được, chuyển sang pip (chậm hơn) …")
    done = _pip("install", "--require-hashes", "-r", requirements)
    if done.returncode != 0:
        raise SetupError(
            "Không tải hoặc cài được thư viện. Hãy kiểm tra kết nối tới kho gói Python (hoặc cấu hình pip của máy) "
            f"rồi chạy lại.\n{log[-1500:]}\n{done.stdout[-1500:]}"
        )


def _build_assets() -> None:
    if not (ROOT / "app" / "web" / "assets.py").exists():
        return
    done = _run([PYTHON, "-m", "app.web.assets"])
    if done.returncode != 0:
        raise SetupError(f"Không dựng được phông chữ và biểu tượng từ các gói đã cài:\n{done.stdout[-1500:]}")


def ensure_environment(*, dev: bool = False) -> None:
    """Chuẩn bị môi trường: does only what is missing; the second time it reads one small file and goes on."""
    if _is_ready(dev=dev):
        return
    os.umask(0o022)  # the database runs as a user of its own and must be able to read its programs
    with _alone():
        if _is_ready(dev=dev):
            return
        began = time.monotonic()
        ensure_packages("base")
        have, want = _stamp(), _wanted()
        if not _venv_stands() or have.get("place", str(VENV)) != str(VENV):
            _make_venv()
            have = {}
        if have.get("runtime") != want["runtime"] or (dev and have.get("dev") != want["dev"]):
            UNFINISHED.touch()
            _install("requirements-dev.txt" if dev else "requirements.txt")
            UNFINISHED.unlink(missing_ok=True)
        _build_assets()
        kept = {"dev": want["dev"]} if dev or have.get("dev") == want["dev"] else {}
        fresh = STAMP.with_suffix(".new")
        fresh.write_text(json.dumps({**want, "dev": "", **kept}), encoding="utf-8")
        fresh.replace(STAMP)
        say(f"Môi trường đã sẵn sàng sau {time.monotonic() - began:.0f} giây.")


# ── commands ─────────────────────────────────────────────────────────────────


def hand_over(*arguments: str) -> NoReturn:
    """From here on this process is the application: signals and the exit status need no go-between."""
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), *arguments])  # noqa: S606 - a list, no shell


def beside_database(*arguments: str) -> NoReturn:
    """The same, with the office's database standing: the one of a running office, or started for the while."""
    hand_over("-m", "app.core.beside", "--", str(PYTHON), *arguments)


def command_setup(arguments: list[str]) -> int:
    """Chuẩn bị môi trường."""
    ensure_environment(dev="--dev" in arguments)
    if "--dev" in arguments:
        ensure_packages("test")
    return 0


def command_run(arguments: list[str]) -> NoReturn:
    """Chạy văn phòng."""
    ensure_environment()
    hand_over("-m", "app.launch", *arguments)


def command_test(arguments: list[str]) -> NoReturn:
    """Chạy mọi phép thử, on a database server of their own."""
    ensure_environment(dev=True)
    ensure_packages("test")
    pytest = ["-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup", *arguments]
    cluster = ["--home", str(ROOT / "var" / "test-pg"), "--for-tests", "--export", "OFFICE_TEST_DATABASE_URL"]
    hand_over("-m", "app.core.beside", *cluster, "--", str(PYTHON), *pytest)


def _checks() -> list[tuple[str, list[str]]]:
    templates = [str(folder.relative_to(ROOT)) for folder in sorted(ROOT.glob("app/**/templates"))]
    checks = [
        ("ruff check", ["-m", "ruff", "check", "."]),
        ("ruff format", ["-m", "ruff", "format", "--check", "."]),
        ("mypy", ["-m", "mypy"]),
        ("lint-imports", ["-c", "from importlinter.cli import lint_imports_command as lint; lint()"]),
    ]
    if templates:
        checks += [("djlint", ["-m", "djlint", "--lint", "--quiet", *templates])]
    if (ROOT / "app" / "cli.py").exists():
        checks += [("app check", ["-m", "app.cli", "check"])]
    return checks


def command_check(arguments: list[str]) -> int:
    """Every check runs, also after one that failed: all that is wrong is said at once."""
    ensure_environment(dev=True)
    failed = []
    for name, command in _checks():
        if arguments and name not in arguments:
            continue
        began = time.monotonic()
        done = _run([PYTHON, *command])
        if done.returncode != 0:
            failed.append(name)
            print(done.stdout.rstrip(), flush=True)
        print(
            f"{'đạt' if done.returncode == 0 else 'HỎNG':5} {name} ({time.monotonic() - began:.1f} s)",
            flush=True,
        )
    return 1 if failed else 0


def command_bench(arguments: list[str]) -> NoReturn:
    """Đo tốc độ."""
    ensure_environment(dev=True)
    hand_over("-m", "app.cli", "bench", *arguments)


def command_worker(arguments: list[str]) -> NoReturn:
    """Chạy thêm một tiến trình nền."""
    ensure_environment()
    beside_database("-m", "app.worker", *arguments)


def command_lock(arguments: list[str]) -> int:
    """Khóa phiên bản: pins every package with its hashes; no address of a registry gets into the files."""
    ensure_environment()
    options = [
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
        "-q",
        *arguments,
    ]
    for name in ("requirements", "requirements-dev"):
        done = _run([UV, "pip", "compile", *options, f"{name}.in", "-o", f"{name}.txt"])
        if done.returncode != 0:
            raise SetupError(f"Không khóa được phiên bản của {name}.in:\n{done.stdout[-2000:]}")
    return 0


COMMANDS = {
    "setup": command_setup,
    "run": command_run,
    "test": command_test,
    "check": command_check,
    "bench": command_bench,
    "worker": command_worker,
    "lock": command_lock,
}

NEED_DATABASE = {"migrate", "org", "outbox", "seed"}


def main(arguments: list[str]) -> int:
    """Chọn lệnh và chạy."""
    if sys.version_info < OLDEST:
        say(f"Cần Python {OLDEST[0]}.{OLDEST[1]} trở lên; máy đang dùng {sys.version.split()[0]}.")
        return 2
    if not arguments or arguments[0] in ("help", "-h", "--help"):
        print(__doc__)
        if _is_ready(dev=False) and (ROOT / "app" / "cli.py").exists():
            hand_over("-m", "app.cli", "--help")
        return 0
    name, *rest = arguments
    try:
        if name in COMMANDS:
            return COMMANDS[name](rest)
        ensure_environment()
        needs = name in NEED_DATABASE or rest[:1] in (["issue-key"], ["register-key"])
        go = beside_database if needs and "--help" not in rest else hand_over
        go("-m", "app.cli", *arguments)
    except SetupError as reason:
        say(str(reason))
        return 1
    except KeyboardInterrupt:
        say("Đã dừng theo yêu cầu. Chạy lại lệnh để tiếp tục.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

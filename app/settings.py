"""Thiết lập: everything that differs between two installations, read once from the environment (and ``.env``).

``python -m app.settings`` prints ``.env.example``; ``python -m app.settings --table`` prints the table of the README.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import sys
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

ROOT = Path(__file__).resolve().parents[1]
_LONGEST_SOCKET = 100  # sockaddr_un holds 107 bytes; some systems fewer
_TRUE, _FALSE = {"1", "true", "yes", "on", "có"}, {"0", "false", "no", "off", "không"}


class SettingsError(Exception):
    """Thiết lập sai: every fault at once, each with the name of its variable."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("Thiết lập chưa đúng:\n" + "\n".join(f"  - {fault}" for fault in faults))


# ── how one value is read ────────────────────────────────────────────────────


def _switch(raw: str) -> bool:
    if raw.lower() in _TRUE | _FALSE:
        return raw.lower() in _TRUE
    raise ValueError("chỉ nhận 1 (bật) hoặc 0 (tắt)")


def _integer(least: int, most: int) -> Callable[[str], int]:
    def read(raw: str) -> int:
        if re.fullmatch(r"\d{1,9}", raw) and least <= int(raw) <= most:
            return int(raw)
        raise ValueError(f"phải là số nguyên từ {least} đến {most}")

    return read


def _folder(raw: str) -> Path:
    return (ROOT / Path(raw).expanduser()).resolve()


def _choice(*allowed: str) -> Callable[[str], str]:
    def read(raw: str) -> str:
        if raw in allowed:
            return raw
        raise ValueError(f"chỉ nhận một trong: {', '.join(allowed)}")

    return read


def _web_address(raw: str) -> str:
    parts = urlsplit(raw)
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.path not in ("", "/")
        or parts.query
    ):
        raise ValueError("phải là địa chỉ dạng https://tên-máy[:cổng], không có đường dẫn phía sau")
    return raw.rstrip("/")


def _database(raw: str) -> str:
    if re.match(r"postgres(ql)?(\+psycopg)?://", raw):
        return re.sub(r"^postgres(ql)?(\+psycopg)?://", "postgresql://", raw)
    raise ValueError("phải là địa chỉ dạng postgresql://người-dùng:mật-khẩu@máy:cổng/cơ-sở-dữ-liệu")


def _mail_address(raw: str) -> str:
    if re.fullmatch(r"[^@\s]+@[^@\s]+", raw):
        return raw
    raise ValueError("phải là một địa chỉ thư, ví dụ van-phong@hue.gov.vn")


def _instant(raw: str) -> datetime:
    try:
        moment = datetime.fromisoformat(raw)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError("phải là thời điểm ISO 8601 có múi giờ, ví dụ 2026-11-23T08:00:00+07:00")
    return moment


def _session_key(raw: str) -> str:
    if len(raw) >= 32:
        return raw
    raise ValueError("phải dài ít nhất 32 ký tự ngẫu nhiên")


def _setting(
    env: str,
    default: Any,
    read: Callable[[str], Any] = str,
    *,
    words: str,
    shown: str = "=",
    secret: bool = False,
) -> Any:
    """One variable: its name, how it is read, what it is for, and what the documents show as its default."""
    if shown == "=":
        shown = str(int(default)) if isinstance(default, bool) else str(default)
    return field(
        default=default, repr=not secret, metadata={"env": env, "words": words, "read": read, "shown": shown}
    )


# ── the table ────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Bảng thiết lập của một bản cài đặt."""

    # fmt: off
    home: Path = _setting("OFFICE_HOME", ROOT / "var", _folder, shown="var",
        words="Thư mục dữ liệu: tệp, khóa, nhật ký, cơ sở dữ liệu kèm theo")
    external_url: str = _setting("EXTERNAL_URL", "http://127.0.0.1:8000", _web_address,
        words="Địa chỉ người dùng gõ vào trình duyệt; quyết định liên kết trong thư và cookie")
    allow_plain_http: bool = _setting("ALLOW_PLAIN_HTTP", False, _switch,
        words="1: cho phép http không mã hóa ngoài máy này (hiện dải cảnh báo đỏ)")
    trusted_proxies: int = _setting("TRUSTED_PROXIES", 0, _integer(0, 9),
        words="Số máy chuyển tiếp đáng tin đứng trước web (đọc X-Forwarded-For, -Proto)")
    database_url: str = _setting("DATABASE_URL", "", _database, secret=True,
        words="PostgreSQL 16 trở lên, vai trò ứng dụng; để trống thì chạy PostgreSQL kèm theo")
    database_owner_url: str = _setting("DATABASE_OWNER_URL", "", _database, secret=True,
        words="Vai trò sở hữu lược đồ, chỉ dùng khi nâng cấp; để trống thì như DATABASE_URL")
    secret_key: str = _setting("SECRET_KEY", "", _session_key, secret=True,
        words="Khóa ký phiên làm việc (từ 32 ký tự); để trống thì lấy OFFICE_HOME/secrets/session_key")
    web_workers: int = _setting("WEB_WORKERS", 2, _integer(1, 64), words="Số tiến trình web")
    web_threads: int = _setting("WEB_THREADS", 4, _integer(1, 64), words="Số luồng mỗi tiến trình web")
    storage_dir: Path = _setting("STORAGE_DIR", ROOT / "var" / "files", _folder, shown="OFFICE_HOME/files",
        words="Kho tệp")
    signing_roots: Path = _setting("SIGNING_ROOTS", ROOT / "var" / "trust", _folder, shown="OFFICE_HOME/trust",
        words="Thư mục chứng thư gốc tin cậy và danh sách thu hồi (.crl) để xác minh chữ ký số")
    signing_time_service: str = _setting("SIGNING_TIME_SERVICE", "",
        words="Địa chỉ dịch vụ dấu thời gian (RFC 3161) gắn vào mỗi chữ ký số; để trống thì không gắn")
    mail_dir: Path = _setting("MAIL_DIR", ROOT / "var" / "mail", _folder, shown="OFFICE_HOME/mail",
        words="Nơi cất thư (.eml) khi chưa có SMTP_HOST")
    smtp_host: str = _setting("SMTP_HOST", "", words="Máy chủ gửi thư; để trống thì thư được cất ở MAIL_DIR")
    smtp_port: int = _setting("SMTP_PORT", 587, _integer(1, 65535), words="Cổng của máy chủ gửi thư")
    smtp_user: str = _setting("SMTP_USER", "", words="Tài khoản gửi thư")
    smtp_password: str = _setting("SMTP_PASSWORD", "", secret=True, words="Mật khẩu gửi thư")
    imap_host: str = _setting("IMAP_HOST", "",
        words="Máy chủ IMAP của hộp thư nhận trả lời giấy mời; để trống thì không đọc thư")
    imap_port: int = _setting("IMAP_PORT", 993, _integer(1, 65535), words="Cổng của máy chủ IMAP")
    imap_user: str = _setting("IMAP_USER", "", words="Tài khoản đọc thư")
    imap_password: str = _setting("IMAP_PASSWORD", "", secret=True, words="Mật khẩu đọc thư")
    imap_tls: bool = _setting("IMAP_TLS", True, _switch, words="1: đọc thư qua đường mã hóa (TLS)")
    imap_address: str = _setting("IMAP_ADDRESS", "",
        words="Địa chỉ của hộp thư ấy; lịch gửi đi đề nghị trả lời về đây")
    smtp_starttls: bool = _setting("SMTP_STARTTLS", True, _switch,
        words="1: mã hóa đường gửi thư bằng STARTTLS")
    mail_from: str = _setting("MAIL_FROM", "van-phong@localhost", _mail_address, words="Địa chỉ người gửi")
    demo: bool = _setting("DEMO", True, _switch,
        words="1: lần chạy đầu dựng thành phố trình diễn; 0: cơ quan thật, bắt đầu trống")
    argon2_profile: str = _setting("ARGON2_PROFILE", "default", _choice("default", "cheap"),
        words="Mức băm mật khẩu: default; cheap chỉ dành cho kiểm thử")
    test_clock: datetime | None = _setting("TEST_CLOCK", None, _instant, shown="",
        words="Chỉ dành cho kiểm thử: giờ khởi đầu của đồng hồ đã dời (ISO 8601 có múi giờ)")
    # fmt: on

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Settings:
        """Đọc thiết lập: raises one :class:`SettingsError` that names all faults."""
        env = environment() if env is None else env
        values, faults = _read_all(cls, env)
        if not faults:
            home: Path = values["home"]
            values.setdefault("storage_dir", home / "files")
            values.setdefault("mail_dir", home / "mail")
            values.setdefault("signing_roots", home / "trust")
            try:
                _complete(values)
            except OSError as reason:
                faults.append(f"OFFICE_HOME: không ghi được khóa vào {home / 'secrets'} ({reason.strerror})")
        if not faults:
            settings = cls(**values)
            faults = settings._contradictions(env)
        if faults:
            raise SettingsError(faults)
        return settings

    @property
    def embedded(self) -> bool:
        """Dùng PostgreSQL kèm theo: no ``DATABASE_URL`` was given."""
        return self.database_url.endswith(_embedded_place(self.home, "office"))

    def secret(self, name: str) -> str:
        """Khóa bí mật của bản cài đặt (``audit_key``, ``receipt_key``), made at first use."""
        return read_secret(self.home, name)

    def _contradictions(self, env: Mapping[str, str]) -> list[str]:
        address = urlsplit(self.external_url)
        faults = []
        if address.scheme == "http" and not is_loopback(address.hostname or "") and not self.allow_plain_http:
            faults.append(
                "EXTERNAL_URL: ngoài máy này phải dùng https; nếu chấp nhận rủi ro, đặt ALLOW_PLAIN_HTTP=1"
            )
        if address.scheme == "https" and not is_loopback(address.hostname or ""):
            faults += [
                f"{name}: chỉ dành cho kiểm thử, không dùng được cùng EXTERNAL_URL thật"
                for name, used in (
                    ("TEST_CLOCK", self.test_clock),
                    ("ARGON2_PROFILE", self.argon2_profile == "cheap"),
                )
                if used
            ]
        if env.get("DATABASE_OWNER_URL") and not env.get("DATABASE_URL"):
            faults.append("DATABASE_URL: phải có khi đã đặt DATABASE_OWNER_URL")
        if self.smtp_password and not self.smtp_user:
            faults.append("SMTP_USER: phải có khi đã đặt SMTP_PASSWORD")
        return faults


def _read_all(cls: type[Settings], env: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    faults: list[str] = []
    for item in fields(cls):
        raw = env.get(item.metadata["env"], "").strip()
        if raw:
            try:
                values[item.name] = item.metadata["read"](raw)
            except ValueError as reason:
                faults.append(f"{item.metadata['env']}: {reason}")
    values.setdefault("home", ROOT / "var")
    return values, faults


def _complete(values: dict[str, Any]) -> None:
    """What was left out and lies in the data folder: the database beside us and the session key."""
    home = values["home"]
    if "database_url" in values:
        values.setdefault("database_owner_url", values["database_url"])
    else:
        values["database_url"] = embedded_url(home, "app")
        values.setdefault("database_owner_url", embedded_url(home, "owner"))
    if "secret_key" not in values:
        values["secret_key"] = read_secret(home, "session_key")


def environment() -> dict[str, str]:
    """Biến môi trường, over what ``.env`` says."""
    return {**_env_file(ROOT / ".env"), **os.environ}


def _env_file(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    pairs = (line.partition("=") for line in lines if "=" in line and not line.lstrip().startswith("#"))
    return {name.strip(): value.strip().strip("'\"") for name, _, value in pairs}


def is_loopback(host: str) -> bool:
    """Địa chỉ chỉ máy này mới tới được."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


# ── what lies in the data folder ─────────────────────────────────────────────


def read_secret(home: Path, name: str) -> str:
    """Một khóa bí mật trong ``secrets/`` (0600); whoever comes first makes it, and two that come at once agree."""
    path = home / "secrets" / name
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{name}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(32))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_text(encoding="ascii").strip()


def socket_folder(home: Path) -> Path:
    """Thư mục socket của PostgreSQL kèm theo: in the data folder, or in a short place named by its hash."""
    inside = home / "run"
    if len(os.fsencode(inside / ".s.PGSQL.5432")) <= _LONGEST_SOCKET:
        return inside
    short = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    parent = Path("/run") if os.geteuid() == 0 else Path(os.environ.get("XDG_RUNTIME_DIR") or "/tmp")  # noqa: S108 - made 0700 and its owner checked
    return parent / f"office-{short}"


def embedded_url(home: Path, role: str, database: str = "office") -> str:
    """Địa chỉ của PostgreSQL kèm theo cho một vai trò: ``app``, ``owner`` or ``super``."""
    user = {"app": "office_app", "owner": "office_owner", "super": "postgres"}[role]
    password = read_secret(home, f"db_{role}_password")
    return f"postgresql://{user}:{password}{_embedded_place(home, database)}"


def _embedded_place(home: Path, database: str) -> str:
    return f"@/{database}?host={quote(str(socket_folder(home)))}"


# ── documents made from the table ────────────────────────────────────────────


def _documented() -> list[Field[Any]]:
    return [item for item in fields(Settings) if item.metadata]


def env_example() -> str:
    """Nội dung ``.env.example``."""
    head = "# Thiết lập. Chép thành .env và bỏ dấu # ở dòng cần đổi; biến môi trường cùng tên được ưu tiên.\n"
    rows = (
        f"\n# {item.metadata['words']}\n#{item.metadata['env']}={item.metadata['shown']}\n"
        for item in _documented()
    )
    return head + "".join(rows)


def table() -> str:
    """Bảng thiết lập trong README."""
    rows = [
        f"| `{i.metadata['env']}` | {i.metadata['words']} | {'`' + i.metadata['shown'] + '`' if i.metadata['shown'] else ''} |"
        for i in _documented()
    ]
    return "\n".join(["| Biến | Ý nghĩa | Mặc định |", "|---|---|---|", *rows]) + "\n"


if __name__ == "__main__":
    sys.stdout.write(table() if "--table" in sys.argv else env_example())

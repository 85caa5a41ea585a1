"""Thiết lập: faults are told together, and the documents agree with the class."""

from __future__ import annotations

import stat
import threading
from dataclasses import fields
from pathlib import Path

import pytest

from app.settings import ROOT, Settings, SettingsError, env_example, read_secret, socket_folder, table


def settings(home: Path, **env: str) -> Settings:
    return Settings.from_env({"OFFICE_HOME": str(home), **env})


def faults(home: Path, **env: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        settings(home, **env)
    return caught.value.faults


def test_a_bare_machine_needs_no_settings(tmp_path):
    found = settings(tmp_path)
    assert found.embedded
    assert found.storage_dir == tmp_path / "files"
    assert found.mail_dir == tmp_path / "mail"
    assert "office_app" in found.database_url
    assert "office_owner" in found.database_owner_url
    assert found.secret_key == (tmp_path / "secrets" / "session_key").read_text()


def test_all_faults_are_told_at_once_each_with_its_variable(tmp_path):
    told = faults(
        tmp_path,
        SMTP_PORT="70000",
        DEMO="có lẽ",
        EXTERNAL_URL="ftp://x",
        TEST_CLOCK="2026-11-23T08:00",
        DATABASE_URL="mysql://x",
        ARGON2_PROFILE="none",
        SECRET_KEY="ngắn",
        MAIL_FROM="văn phòng",
    )
    named = {fault.partition(":")[0] for fault in told}
    assert named == {
        "SMTP_PORT", "DEMO", "EXTERNAL_URL", "TEST_CLOCK", "DATABASE_URL", "ARGON2_PROFILE", "SECRET_KEY", "MAIL_FROM",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("env", "variable"),
    [
        ({"EXTERNAL_URL": "http://vanphong.hue.gov.vn"}, "EXTERNAL_URL"),
        ({"EXTERNAL_URL": "https://vanphong.hue.gov.vn", "ARGON2_PROFILE": "cheap"}, "ARGON2_PROFILE"),
        (
            {"EXTERNAL_URL": "https://vanphong.hue.gov.vn", "TEST_CLOCK": "2026-11-23T08:00:00+07:00"},
            "TEST_CLOCK",
        ),
        ({"DATABASE_OWNER_URL": "postgresql://o@db/office"}, "DATABASE_URL"),
        ({"SMTP_PASSWORD": "x"}, "SMTP_USER"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(tmp_path, env, variable):
    assert [fault.partition(":")[0] for fault in faults(tmp_path, **env)] == [variable]


def test_plain_http_outside_this_machine_must_be_asked_for(tmp_path):
    address = "http://192.168.1.10:8000"
    assert settings(tmp_path, EXTERNAL_URL=address, ALLOW_PLAIN_HTTP="1").external_url == address


def test_a_named_server_replaces_the_embedded_one(tmp_path):
    found = settings(tmp_path, DATABASE_URL="postgres://app:x@db/office")
    assert not found.embedded
    assert found.database_url == found.database_owner_url == "postgresql://app:x@db/office"
    assert not (tmp_path / "secrets" / "db_app_password").exists()


def test_secrets_do_not_show_in_a_log(tmp_path):
    shown = repr(settings(tmp_path, SMTP_USER="u", SMTP_PASSWORD="mật khẩu gửi thư"))
    assert "mật khẩu gửi thư" not in shown
    assert read_secret(tmp_path, "session_key") not in shown
    assert read_secret(tmp_path, "db_owner_password") not in shown


def test_two_that_make_a_secret_at_once_agree(tmp_path):
    barrier, seen = threading.Barrier(8), set()

    def read() -> None:
        barrier.wait()
        seen.add(read_secret(tmp_path, "audit_key"))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 1
    assert stat.S_IMODE((tmp_path / "secrets" / "audit_key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "secrets").iterdir()] == ["audit_key"]


def test_a_socket_path_that_is_too_long_moves_to_a_short_place(tmp_path):
    long = tmp_path / ("x" * 90)
    assert socket_folder(Path("/srv/office/var")) == Path("/srv/office/var/run")
    assert len(str(socket_folder(long) / ".s.PGSQL.5432")) <= 100
    assert socket_folder(long) != socket_folder(tmp_path / ("y" * 90))


def test_the_example_file_agrees_with_the_class():
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == env_example()


def test_the_example_file_as_it_stands_is_valid(tmp_path):
    pairs = (
        line[1:].split("=", 1) for line in env_example().splitlines() if line.startswith("#") and "=" in line
    )
    given = {
        name: value
        for name, value in pairs
        if name.isupper() and name != "OFFICE_HOME" and "OFFICE_HOME" not in value
    }
    assert len(given) > 15
    assert settings(tmp_path, **given) == settings(tmp_path)


def test_every_setting_says_what_it_is_for():
    rows = table().splitlines()[2:]
    assert len(rows) == len(fields(Settings))
    assert all(len(row.split("|")[2].strip()) > 5 for row in rows)

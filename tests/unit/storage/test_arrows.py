"""Bộ đọc nặng ở lại trong buồng cách ly: what web processes import of the storage brings none of them in."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("docx", "pypdfium2", "pypdfium2_raw", "pypdf", "lxml", "PIL", "openpyxl", "typst")


def test_web_processes_do_not_import_the_parsers():
    code = (
        "import sys, types; app = types.ModuleType('app'); app.__path__ = ['app']; sys.modules['app'] = app\n"
        "import app.storage.service, app.storage.serving, app.storage.jobs, app.storage.queries\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], 'app.storage.child' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] False"


def test_the_jail_does_not_import_the_application():
    """Nor its secrets, its database or its web."""
    code = (
        "import sys, types; app = types.ModuleType('app'); app.__path__ = ['app']; sys.modules['app'] = app\n"
        "import app.storage.child.zygote\n"
        "print([name for name in ('flask', 'sqlalchemy', 'psycopg', 'app.settings', 'app.core.db') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

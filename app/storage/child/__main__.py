"""Entry of the jail's process. Run as a script, so that the application's own start-up code stays outside."""

from __future__ import annotations

import sys
import types
from pathlib import Path


def _bare_package(name: str, folder: Path) -> None:
    """``app/__init__.py`` builds the web application: the jail takes the modules below it without that."""
    package = types.ModuleType(name)
    package.__path__ = [str(folder)]
    sys.modules[name] = package


if __name__ == "__main__":
    _bare_package("app", Path(__file__).resolve().parents[2])

    from app.storage.child.zygote import serve

    serve(int(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)

"""Máy chủ IMAP kiểm thử: real sockets and the part of RFC 3501 that reading a mailbox needs; one thread per connection."""

from __future__ import annotations

import re
import socketserver
import threading
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass
class Stored:
    """Một thư trong hộp."""

    uid: int
    content: bytes
    seen: bool = False


@dataclass
class ImapServer:
    """Hộp thư của một người, nghe trên một cổng của máy này."""

    user: str = "hop-thu"
    password: str = "mat-khau"
    messages: list[Stored] = field(default_factory=list)

    def __enter__(self) -> Self:
        state = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                _serve(self, state)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        """Cổng đang nghe."""
        return int(self._server.server_address[1])

    def put(self, content: bytes) -> Stored:
        """Bỏ một thư vào hộp."""
        made = Stored(len(self.messages) + 1, content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        self.messages.append(made)
        return made


def _serve(handler: Any, state: ImapServer) -> None:
    def say(line: str) -> None:
        handler.wfile.write(line.encode() + b"\r\n")

    say("* OK IMAP4rev1 ready")
    signed_in = False
    while raw := handler.rfile.readline():
        tag, _, rest = raw.decode().strip().partition(" ")
        command = rest.upper()
        if command == "CAPABILITY":
            say("* CAPABILITY IMAP4rev1")
        elif command.startswith("LOGIN"):
            signed_in = re.findall(r'"?([^"\s]+)"?', rest)[1:] == [state.user, state.password]
            if not signed_in:
                say(f"{tag} NO wrong password")
                continue
        elif command == "LOGOUT":
            say("* BYE")
            say(f"{tag} OK done")
            return
        elif not signed_in:
            say(f"{tag} BAD sign in first")
            continue
        elif command.startswith("SELECT"):
            say(f"* {len(state.messages)} EXISTS")
        elif command.startswith("UID SEARCH"):
            say("* SEARCH " + " ".join(str(m.uid) for m in state.messages if not m.seen))
        elif found := re.match(r"UID FETCH (\d+)", command):
            for m in state.messages:
                if m.uid == int(found[1]):
                    say(f"* {m.uid} FETCH (UID {m.uid} BODY[] {{{len(m.content)}}}")
                    handler.wfile.write(m.content)
                    say(")")
        elif found := re.match(r"UID STORE (\d+)", command):
            for m in state.messages:
                m.seen = m.seen or m.uid == int(found[1])
        say(f"{tag} OK done")

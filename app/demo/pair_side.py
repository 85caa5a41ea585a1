"""Một bên của buổi diễn tập liên thông: its people act through the real use cases, one command a line on standard input."""

from __future__ import annotations

import io
import json
import random
import sys
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select

from app import create_app
from app.core import clock
from app.core.actor import SYSTEM, Actor
from app.core.db import session
from app.core.permissions import Role
from app.core.records import post_principal
from app.core.text import fold, name_sort_key
from app.demo.city.directory import holder
from app.demo.data.agencies import agency as city_agency
from app.demo.data.body.compose import compose
from app.demo.data.body.letter import Letter
from app.demo.data.body.pdf import pdf as as_pdf
from app.demo.data.documents.subjects import subject
from app.documents import service as documents
from app.documents.models import Direction, Document, Register
from app.documents.service import Assignment, DraftContent, Registration
from app.exchange import service as exchange
from app.exchange.models import Delivery, Inbound, Message, Package, PartnerAgency, Request
from app.exchange.service.identity import identity, public_text
from app.org import queries as org
from app.org import service as org_service
from app.org.models import Agency, Person, Post, PostHolding, Unit
from app.signing.service import authority, pdf, trusting, verifying
from app.signing.service.keys.port import OpenKey
from app.signing.service.keys.software import signer_of
from app.storage.service import storage, store_upload

_ROLES = (
    ("leader", "Chủ tịch", (Role.LEADER,), "Nguyễn Thanh Bình", True),
    ("head", "Trưởng phòng", (Role.UNIT_HEAD,), "Phạm Quốc Dũng", False),
    ("specialist", "Chuyên viên", (Role.SPECIALIST,), "Trần Minh Anh", False),
    ("clerk", "Văn thư", (Role.CLERK,), "Lê Thu Hà", False),
)


class Side:
    """Người và việc của một bản cài đặt."""

    def __init__(self) -> None:
        self.posts: dict[str, int] = {}
        self.agency_id = 0

    def actor(self, key: str) -> Actor:
        """Người giữ một vị trí."""
        return org.actor_for_post(self.posts[key])

    def found(self, code: str, name: str, abbreviation: str) -> dict[str, Any]:
        """Lập cơ quan, bốn người, hai sổ; gives the card back."""
        founded = org_service.create_agency(
            SYSTEM, code=code, name=name, kind="commune", abbreviation=abbreviation,
            admin_username="quantri", admin_name="Đỗ Văn Quản",
        )  # fmt: skip
        self.agency_id = founded.agency.id
        unit_id = session.scalars(select(Unit.id).where(Unit.agency_id == self.agency_id)).one()
        self.posts["admin"] = session.scalars(select(Post.id).where(Post.agency_id == self.agency_id)).one()
        for key, title, roles, full_name, is_head in _ROLES:
            self._person(key, title, roles, full_name, unit_id if key != "leader" else None, is_head=is_head)
        for direction in Direction:
            known = select(Register.id).where(
                Register.agency_id == self.agency_id, Register.direction == direction.value
            )
            if session.scalar(known.limit(1)) is None:
                session.add(Register(agency_id=self.agency_id, direction=direction.value, name="Sổ diễn tập"))
        session.commit()
        return dict(json.loads(exchange.own_card()))

    def _person(
        self,
        key: str,
        title: str,
        roles: tuple[Role, ...],
        full_name: str,
        unit_id: int | None,
        *,
        is_head: bool,
    ) -> None:
        person = Person(
            agency_id=self.agency_id, full_name=full_name, sort_key=name_sort_key(full_name), search_key=fold(full_name),
            username=key, password_hash=None,
        )  # fmt: skip
        session.add(person)
        session.flush()
        post = Post(
            agency_id=self.agency_id, unit_id=unit_id, title=title, roles=[str(r) for r in roles], person_id=person.id,
            is_head=is_head or key == "head", sort=1,
        )  # fmt: skip
        session.add(post)
        session.flush()
        session.add(PostHolding(post_id=post.id, person_id=person.id, since=date(2025, 7, 1)))
        self.posts[key] = post.id

    def pin(self, card: dict[str, Any]) -> dict[str, Any]:
        """Quản trị ghim thẻ của bên kia."""
        partner = exchange.add_partner(
            self.actor("admin"), card=json.dumps(card), url="", networks="127.0.0.0/8", name=""
        )
        return {"partner": partner.id, "installation": partner.installation}

    def send(self, roots: str) -> dict[str, Any]:
        """Soạn, ký số, duyệt, phát hành một công văn đến bên kia."""
        to = session.scalars(select(PartnerAgency.agency_id)).one()
        upload = store_upload(io.BytesIO(self._signed(Path(roots))), "cong-van-da-ky.pdf")
        content = DraftContent(
            document_type="Công văn", subject="Về việc phối hợp rà soát hồ sơ liên thông", urgency=1, recipient_ids=(to,),
            other_recipients=(), approver_post_id=self.posts["leader"], in_reply_to_id=None,
        )  # fmt: skip
        drafter = self.actor("specialist")
        made = documents.create_draft(drafter, content, upload)
        documents.submit(drafter, made.id, None)
        if session.get_one(Document, made.id).state == "in_review":
            documents.endorse(self.actor("head"), made.id, None, "")
        documents.approve(self.actor("leader"), made.id, None)
        issued = documents.issue(self.actor("clerk"), made.id, None, self._book(Direction.OUTGOING))
        return {"document": issued.id, "reference": issued.reference, "sha256": upload.sha256}

    def _signed(self, roots: Path) -> bytes:
        """A letter signed with a key whose issuer the other side trusts."""
        rng, today, now = random.Random(20261123), clock.today(), clock.now()
        body = city_agency("SXD")
        about = subject(rng, body.field, today, type_name="Công văn")
        letter: Letter = compose(
            rng, body, holder("SXD.director"), about, today, notation="UBND-VP", number="", to=[]
        )
        issuer = authority.make("Nơi cấp chứng thư diễn tập", now)
        roots.mkdir(parents=True, exist_ok=True)
        (roots / "goc.pem").write_bytes(_pem(issuer.certificate))
        key = ec.generate_private_key(ec.SECP256R1())
        name = session.get_one(Agency, self.agency_id).name
        certificate = issuer.issue(key, name=name, organization=name, title="", now=now)
        held = OpenKey(_asn1(certificate), [_asn1(issuer.certificate)], signer_of(key))
        return pdf.mark(as_pdf(letter), [name], held, agency=name, at=now)

    def _book(self, direction: Direction) -> int:
        return session.scalars(
            select(Register.id)
            .where(Register.agency_id == self.agency_id, Register.direction == direction.value)
            .limit(1)
        ).one()

    def arrived(self, roots: str) -> dict[str, Any] | None:
        """Văn bản chờ vào sổ, with the verdict on its signature."""
        session.rollback()
        found = session.scalar(
            select(Document).where(Document.agency_id == self.agency_id, Document.state == "waiting")
        )
        if found is None:
            return None
        stored = found.files[0].stored
        path = storage().blobs.path(stored.sha256, stored.size)
        assert path is not None
        report = verifying.verify_file(path, trusting.read(Path(roots)), clock.now(), needs_revocation=False)
        return {
            "document": found.id, "reference": found.reference, "issuer": found.issuer_name, "subject": found.subject,
            "sha256": stored.sha256, "signed": report.is_valid, "verdict": report.summary,
        }  # fmt: skip

    def register(self, document: int) -> dict[str, Any]:
        """Vào sổ."""
        found = session.get_one(Document, document)
        registration = Registration(
            self._book(Direction.INCOMING), found.reference, found.issued_on, found.issuer_name, found.document_type, found.subject,
        )  # fmt: skip
        done = documents.register_incoming(self.actor("clerk"), document, None, registration)
        return {"number": done.number}

    def forward(self, document: int) -> dict[str, Any]:
        """Chuyển chuyên viên xử lý, xong thì kết thúc."""
        specialist = self.posts["specialist"]
        documents.route(
            self.actor("clerk"), document, None, post_principal(specialist), Assignment("Xử lý", None)
        )
        return {"to": self.actor("specialist").person_name}

    def finish(self, document: int) -> dict[str, Any]:
        """Báo kết quả."""
        part = session.get_one(Document, document).handlings[0]
        documents.complete(self.actor("specialist"), part.id, None, "Đã rà soát xong.")
        if session.get_one(Document, document).state == "assigned":
            documents.close(self.actor("specialist"), document, None, "Đã rà soát xong.")
        return {}

    def states(self, document: int) -> list[dict[str, str]]:
        """Trạng thái nơi nhận báo về, new and recalled."""
        session.rollback()
        rows = session.execute(
            select(
                Delivery.state,
                Delivery.state_by,
                Delivery.state_at,
                Delivery.state_reason,
                Package.business_type,
            )
            .join(Package, Package.id == Delivery.package_id)
            .where(Package.document_id == document)
            .order_by(Package.id)
        )
        return [
            {"state": r.state, "by": r.state_by, "at": f"{clock.local(r.state_at):%H:%M:%S}", "reason": r.state_reason, "business": str(r.business_type)}
            for r in rows
        ]  # fmt: skip

    def recall(self, document: int) -> dict[str, Any]:
        """Thu hồi."""
        exchange.recall(self.actor("clerk"), document, 1, "Sai số liệu tại biểu 2")
        return {}

    def agree(self) -> dict[str, Any] | None:
        """Văn thư nơi nhận đồng ý yêu cầu đang chờ."""
        session.rollback()
        asked = session.scalar(select(Request).where(Request.state == "13"))
        if asked is None:
            return None
        document = exchange.decide(self.actor("clerk"), asked.id, None, agrees=True, words="Đã rút văn bản.")
        return {"state": document.state}

    def receipts(self, folder: str) -> list[str]:
        """Ghi biên nhận, gói tin của từng thư đã gửi ra tệp."""
        session.rollback()
        places = []
        for message in session.scalars(select(Message).where(Message.state == "sent").order_by(Message.id)):
            place = Path(folder) / f"thu-{message.id}-{message.kind}.json"
            place.write_text(json.dumps(message.receipt, ensure_ascii=False), encoding="utf-8")
            with identity().packages.open(message.payload_sha256 or "", message.payload_size or 0) as stream:
                place.with_suffix(".edxml").write_bytes(stream.read())
            places.append(str(place))
        return places

    def key(self) -> str:
        """Khóa biên nhận công khai."""
        return public_text(identity().receipt_key)

    def ledger(self) -> dict[str, int]:
        """Số thư trong sổ gửi và sổ nhận."""
        session.rollback()
        return {"sent": session.query(Message).count(), "received": session.query(Inbound).count()}

    def compare(self) -> list[str]:
        """Đối chiếu hai sổ."""
        session.rollback()
        partner = session.scalars(select(PartnerAgency.partner_id)).one()
        return [d.words for d in exchange.compare(self.actor("admin"), partner).differences]


def _pem(certificate: Any) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return bytes(certificate.public_bytes(Encoding.PEM))


def _asn1(certificate: Any) -> Any:
    from asn1crypto import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def main() -> None:
    """Nghe lệnh đến khi hết."""
    side = Side()
    with create_app().app_context():
        for line in sys.stdin:
            name, arguments = json.loads(line)
            try:
                answer = {"ok": getattr(side, name)(**arguments)}
            except Exception as problem:  # noqa: BLE001 - told to the one who asked
                session.rollback()
                answer = {"error": f"{type(problem).__name__}: {problem}"}
            print(json.dumps(answer, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()

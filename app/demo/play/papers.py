"""Tệp thật: letters composed, built as DOCX or PDF, and taken into the store through the same door as uploads."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from datetime import date

from app.demo.city.directory import holder
from app.demo.data.agencies import agency
from app.demo.data.body.compose import compose, compose_external
from app.demo.data.body.letter import Letter
from app.demo.data.body.pdf import pdf
from app.demo.data.body.word import docx
from app.demo.data.documents.issuers import ExternalDocument
from app.demo.data.documents.subjects import Subject, subject
from app.storage.service import Upload, store_upload


class Papers:
    """Xưởng giấy tờ."""

    def __init__(self, rng: random.Random) -> None:
        self.rng, self.made = rng, 0

    def letter(
        self,
        agency_key: str,
        signer_post: str,
        subject: Subject,
        day: date,
        *,
        notation: str,
        number: str = "",
        to: Sequence[str] = (),
        drafting_unit: str = "",
        urgency: str = "Thường",
        reply_to: str = "",
    ) -> Letter:
        """Soạn văn bản của một cơ quan trong thành phố."""
        return compose(
            self.rng,
            agency(agency_key),
            holder(signer_post),
            subject,
            day,
            notation=notation,
            number=number,
            to=to,
            drafting_unit=drafting_unit,
            urgency=urgency,
            reply_to=reply_to,
        )

    def as_pdf(self, letter: Letter, name: str) -> Upload:
        """Bản PDF."""
        return self._keep(pdf(letter), f"{name}.pdf")

    def as_docx(self, letter: Letter, name: str) -> Upload:
        """Bản Word."""
        return self._keep(docx(letter), f"{name}.docx")

    def evidence(self, agency_key: str, signer_post: str, day: date) -> Upload:
        """Tài liệu minh chứng: báo cáo kết quả kèm báo cáo hoàn thành."""
        about = subject(self.rng, agency(agency_key).field, day, type_name="Báo cáo")
        letter = self.letter(
            agency_key, signer_post, about, day, notation=f"BC-{agency(agency_key).abbreviation}"
        )
        return self.as_pdf(letter, "Báo cáo kết quả")

    def paper(self, agency_key: str, signer_post: str, day: date, name: str) -> Upload:
        """Tài liệu họp của cơ quan báo cáo."""
        about = subject(self.rng, agency(agency_key).field, day, type_name="Báo cáo")
        letter = self.letter(
            agency_key, signer_post, about, day, notation=f"BC-{agency(agency_key).abbreviation}"
        )
        return self.as_pdf(letter, name)

    def scan(self, document: ExternalDocument, to: str) -> Upload:
        """Bản quét văn bản giấy từ ngoài thành phố."""
        return self.as_pdf(compose_external(self.rng, document, to), file_name(document.reference))

    def _keep(self, data: bytes, name: str) -> Upload:
        self.made += 1
        return store_upload(io.BytesIO(data), name)


def file_name(reference: str) -> str:
    """Tên tệp theo số, ký hiệu: "856/BC-STC" is "856-BC-STC"."""
    return reference.replace("/", "-")

"""Báo cáo tiến độ, báo cáo hoàn thành, và việc xét báo cáo hoàn thành."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin
from app.directives.models.part import DirectivePart
from app.documents.models import Document
from app.org.models import Agency, Person, Post
from app.storage.models import StoredFile


class Judgement(StrEnum):
    """Kết quả xét một báo cáo hoàn thành."""

    ACCEPTED = "accepted"
    RETURNED = "returned"


class ProgressReport(IdMixin, Base):
    """Báo cáo tiến độ: how far the work is, what hinders it, when it will be done. Never edited, never removed."""

    __tablename__ = "progress_report"
    part_id: Mapped[int] = mapped_column(ForeignKey("directive_part.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    is_completion: Mapped[bool] = mapped_column(default=False)
    percent: Mapped[int | None] = mapped_column(SmallInteger)
    situation: Mapped[str]  # tình hình thực hiện; of a completion report, the result
    difficulty: Mapped[str] = mapped_column(default="")
    expected_on: Mapped[date | None]
    answer_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    answer_reference: Mapped[str] = mapped_column(default="")
    # the follower's proposal and the assigner's judgement: both names are kept
    proposal: Mapped[str | None]
    proposal_note: Mapped[str] = mapped_column(default="")
    proposed_by_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    proposed_by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime | None]
    judgement: Mapped[str | None]
    judgement_note: Mapped[str] = mapped_column(default="")
    judged_by_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    judged_by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    judged_at: Mapped[datetime | None]

    part: Mapped[DirectivePart] = relationship()
    agency: Mapped[Agency] = relationship()
    post: Mapped[Post] = relationship(foreign_keys=[post_id])
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    proposed_by: Mapped[Person | None] = relationship(foreign_keys=[proposed_by_person_id])
    judged_by: Mapped[Person | None] = relationship(foreign_keys=[judged_by_person_id])
    answer_document: Mapped[Document | None] = relationship()
    files: Mapped[list[ProgressReportFile]] = relationship(
        order_by="ProgressReportFile.position", back_populates="report"
    )

    __table_args__ = (
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
        CheckConstraint("is_completion OR judgement IS NULL", name="judgement"),
        Index("ix_progress_report_part_id", "part_id", "id"),
        Index("ix_progress_report_returned", "judged_at", postgresql_where=text("judgement = 'returned'")),
        Index(
            "uq_progress_report_waiting",
            "part_id",
            unique=True,
            postgresql_where=text("is_completion AND judgement IS NULL"),
        ),
        Index(
            "ix_progress_report_answer_document_id",
            "answer_document_id",
            postgresql_where=text("answer_document_id IS NOT NULL"),
        ),
    )


class ProgressReportFile(IdMixin, Base):
    """Tài liệu minh chứng: a file sent with a report."""

    __tablename__ = "progress_report_file"
    report_id: Mapped[int] = mapped_column(ForeignKey("progress_report.id"), index=True)
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    name: Mapped[str]
    position: Mapped[int] = mapped_column(SmallInteger, default=0)
    report: Mapped[ProgressReport] = relationship(back_populates="files")
    stored: Mapped[StoredFile] = relationship()

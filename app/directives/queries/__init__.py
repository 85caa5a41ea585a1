"""Truy vấn của chỉ đạo: what pages show, scoped to what the reader may see."""

from app.directives.queries.choices import (
    answer_choices,
    assigner_choices,
    follower_choices,
    lead_choices,
)
from app.directives.queries.conditions import (
    COMPLETED_STATUSES,
    WORKING_STATUSES,
    PartFilter,
    Status,
    View,
    sees_whole_agency,
)
from app.directives.queries.desk import (
    decision_count,
    decisions,
    figure,
    first_parts,
    my_parts,
    open_count_of_post,
    open_items_of_post,
)
from app.directives.queries.details import (
    PartPage,
    details,
    extension,
    extensions,
    is_visible,
    of_document,
    part,
    report_file,
    reports,
    siblings,
)
from app.directives.queries.figures import AgencyFigures, by_agency, latest_agencies, total_of
from app.directives.queries.listing import PartRow, count, ids_of, part_page, tab_counts

__all__ = [
    "COMPLETED_STATUSES",
    "WORKING_STATUSES",
    "AgencyFigures",
    "PartFilter",
    "PartPage",
    "PartRow",
    "Status",
    "View",
    "answer_choices",
    "assigner_choices",
    "by_agency",
    "count",
    "decision_count",
    "decisions",
    "details",
    "extension",
    "extensions",
    "figure",
    "first_parts",
    "follower_choices",
    "ids_of",
    "is_visible",
    "latest_agencies",
    "lead_choices",
    "my_parts",
    "of_document",
    "open_count_of_post",
    "open_items_of_post",
    "part",
    "part_page",
    "report_file",
    "reports",
    "sees_whole_agency",
    "siblings",
    "tab_counts",
    "total_of",
]

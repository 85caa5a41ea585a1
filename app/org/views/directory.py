"""Danh bạ: colleagues in full; other agencies by their leaders and clerks."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from app.org import queries
from app.org.labels import ABSENCE_SHOWN, IDENTIFIER_SCHEMES, KINDS
from app.org.policy import Permission
from app.org.views import bp
from app.org.views.common import page_links, requested_key, words_asked
from app.web.actor import actor
from app.web.guards import requires


@bp.route("/danh-ba")
@requires(Permission.DIRECTORY_READ)
def directory() -> ResponseReturnValue:
    """Danh bạ cơ quan mình; a search also names agencies, and leaders and clerks elsewhere."""
    me, words = actor(), words_asked()
    page = queries.colleagues(me, words=words, after=requested_key())
    first = page.is_first and bool(words)
    return render_template(
        "org/directory.html",
        q=words,
        page=page,
        links=page_links(page),
        elsewhere=queries.leaders_elsewhere(me, words) if first else [],
        agencies=queries.agencies_named(words) if first else [],
    )


@bp.route("/danh-ba/nguoi/<int:person_id>")
@requires(Permission.DIRECTORY_READ)
def contact(person_id: int) -> ResponseReturnValue:
    """Một người trong danh bạ."""
    me = actor()
    found = queries.contact(person_id, viewer=me)
    return render_template(
        "org/contact.html",
        contact=found,
        manages=Permission.PEOPLE_MANAGE in me.permissions and found.person.agency_id == me.agency_id,
        shown=ABSENCE_SHOWN,
    )


@bp.route("/danh-ba/co-quan")
@requires(Permission.DIRECTORY_READ)
def agency_tree() -> ResponseReturnValue:
    """Cây cơ quan."""
    words = words_asked()
    return render_template(
        "org/agency_tree.html",
        q=words,
        found=queries.agencies_named(words, ended=True) if words else None,
        roots=[] if words else queries.agency_tree(),
        ended=[] if words else queries.ended_agencies(),
        kinds=KINDS,
    )


@bp.route("/danh-ba/co-quan/<int:agency_id>")
@requires(Permission.DIRECTORY_READ)
def agency(agency_id: int) -> ResponseReturnValue:
    """Một cơ quan: identifiers, validity, predecessors and successors, leaders and the clerk's contact."""
    return render_template(
        "org/agency.html",
        card=queries.agency_card(agency_id),
        posts=queries.outward_posts(agency_id),
        kinds=KINDS,
        schemes=IDENTIFIER_SCHEMES,
    )

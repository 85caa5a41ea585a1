"""Các việc của tổ chức."""

from app.org.service.absence import cancel_absence, enter_absence
from app.org.service.agencies import Founded, create_agency, save_agency
from app.org.service.delegation import give_delegation, revoke_delegation
from app.org.service.hand_over import hand_over, report_moved
from app.org.service.holidays import (
    add_holiday,
    calendar_keeper,
    delete_holiday,
    edit_holiday,
    load_official_holidays,
)
from app.org.service.housekeeping import tidy
from app.org.service.import_file import read_list
from app.org.service.importing import Imported, import_people, keep_import, plan_import
from app.org.service.passwords import hash_password
from app.org.service.people import (
    NewAccount,
    activate_person,
    add_person,
    deactivate_person,
    edit_person,
    leaving_problems,
    reset_password,
)
from app.org.service.posts import add_post, change_holder, close_post, edit_post, reopen_post
from app.org.service.profile import save_profile, set_shortcuts
from app.org.service.sign_in import (
    change_password,
    revoke_other_sessions,
    revoke_session,
    sign_in,
    sign_out,
    switch_post,
)
from app.org.service.units import add_unit, close_unit, edit_unit, reopen_unit

__all__ = [
    "Founded",
    "Imported",
    "NewAccount",
    "activate_person",
    "add_holiday",
    "add_person",
    "add_post",
    "add_unit",
    "calendar_keeper",
    "cancel_absence",
    "change_holder",
    "change_password",
    "close_post",
    "close_unit",
    "create_agency",
    "deactivate_person",
    "delete_holiday",
    "edit_holiday",
    "edit_person",
    "edit_post",
    "edit_unit",
    "enter_absence",
    "give_delegation",
    "hand_over",
    "hash_password",
    "import_people",
    "keep_import",
    "leaving_problems",
    "load_official_holidays",
    "plan_import",
    "read_list",
    "reopen_post",
    "reopen_unit",
    "report_moved",
    "reset_password",
    "revoke_delegation",
    "revoke_other_sessions",
    "revoke_session",
    "save_agency",
    "save_profile",
    "set_shortcuts",
    "sign_in",
    "sign_out",
    "switch_post",
    "tidy",
]

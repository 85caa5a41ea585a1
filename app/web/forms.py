"""Biểu mẫu: fields that clean what is typed, say in Vietnamese what is wrong, and keep the typed text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from flask import has_request_context, request
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    MultipleFileField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional, StopValidation, ValidationError
from wtforms.widgets import TextInput

from app.core import clock, limits
from app.core.actor import Actor
from app.core.errors import InputRejected, StaleVersion, Violations, WrongState
from app.core.text import clean_line, clean_text, nfc
from app.core.working_days import calendar, due_instant
from app.language.dates import Lean, dmy, read_date, read_moment
from app.language.errors import NotUnderstood
from app.language.secrecy import find_secrecy_mark, find_secrecy_mark_in_name, refusal
from app.web.actor import actor
from app.web.held import HeldFile, read_held

_MESSAGES = {
    "This field is required.": "Mục này bắt buộc nhập.",
    "Not a valid choice.": "Lựa chọn không có trong danh sách. Hãy chọn lại.",
    "Not a valid choice": "Lựa chọn không có trong danh sách. Hãy chọn lại.",
    "Invalid Choice: could not coerce.": "Lựa chọn không hợp lệ. Hãy chọn lại.",
    "Not a valid integer value.": "Hãy nhập một số nguyên.",
    "Not a valid date value.": "Hãy nhập ngày theo dạng ngày/tháng/năm.",
    "Invalid email address.": "Địa chỉ thư điện tử không đúng.",
    "CSRF token missing": "Phiên làm việc đã hết. Hãy tải lại trang.",
    "CSRF failed": "Phiên làm việc đã hết. Hãy tải lại trang.",
}


class _Translations:
    def gettext(self, text: str) -> str:
        return _MESSAGES.get(text, text)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        if "at least" in singular:
            return "Hãy nhập ít nhất %(min)d ký tự."
        if "at most" in singular or "longer than" in singular:
            return "Nội dung dài quá %(max)d ký tự. Hãy rút gọn."
        return plural if count != 1 else singular


class Required(InputRequired):
    """Bắt buộc, sau khi đã làm sạch: blanks and invisible characters do not count as typed."""

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse emptiness with the field's own sentence; what could not be read has its reason already."""
        if field.process_errors:
            raise StopValidation
        if (
            field.data is None
            or field.data in ("", [])
            or (isinstance(field.data, str) and not field.data.strip())
        ):
            field.errors[:] = []
            raise StopValidation(self.message or f"Hãy nhập “{field.label.text}”.")


def _no_secrecy_mark(_form: Any, field: Any) -> None:
    # The typed lines are judged, before a one-line field folds them together.
    typed = str(field.raw_data[0]) if field.raw_data else field.data or ""
    mark = find_secrecy_mark(typed)
    if mark:
        raise ValidationError(refusal(mark, "trong ô này"))


def _rules(required: bool | str, extra: Iterable[Any]) -> list[Any]:
    first = Required(required if isinstance(required, str) else None) if required else Optional()
    return [first, *extra]


class LineField(StringField):
    """Một dòng chữ, đã chuẩn hóa; refuses secrecy marks."""

    component = "line"

    def __init__(
        self, label: str, *, required: bool | str = False, most: int = limits.LINE_CHARS, **kwargs: Any
    ) -> None:
        rules = _rules(required, [Length(max=most), _no_secrecy_mark, *kwargs.pop("validators", [])])
        super().__init__(
            label, rules, filters=[lambda v: clean_line(v) if isinstance(v, str) else v], **kwargs
        )
        self.most = most


class ParagraphField(TextAreaField):
    """Nhiều dòng chữ, đã chuẩn hóa; refuses secrecy marks."""

    component = "paragraph"

    def __init__(
        self,
        label: str,
        *,
        required: bool | str = False,
        most: int = limits.NOTE_CHARS,
        rows: int = 4,
        one_line: bool = False,
        **kwargs: Any,
    ) -> None:
        clean = clean_line if one_line else clean_text
        rules = _rules(required, [Length(max=most), _no_secrecy_mark, *kwargs.pop("validators", [])])
        super().__init__(label, rules, filters=[lambda v: clean(v) if isinstance(v, str) else v], **kwargs)
        self.rows, self.most = rows, most


class SecretField(PasswordField):
    """Mật khẩu: never echoed, never cleaned beyond the normal form."""

    component = "password"

    def __init__(
        self,
        label: str,
        *,
        required: bool | str = True,
        autocomplete: str = "current-password",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            label,
            _rules(required, [Length(max=limits.PASSWORD_MAX_CHARS)]),
            filters=[lambda v: nfc(v) if isinstance(v, str) else v],
            render_kw={"autocomplete": autocomplete},
            **kwargs,
        )


class DayField(Field):
    """Ngày dd/mm/yyyy, hoặc cách viết tắt (+5, t6, hn); ``data`` is a ``date``."""

    component = "date"
    widget = TextInput()
    lean = Lean.BACK

    def __init__(
        self, label: str, *, required: bool | str = False, lean: Lean = Lean.BACK, **kwargs: Any
    ) -> None:
        super().__init__(label, _rules(required, kwargs.pop("validators", [])), **kwargs)
        self.lean, self.typed = lean, ""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return dmy(self.data) if isinstance(self.data, date) else ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed; what is wrong is told by the language itself."""
        self.data = None
        typed = clean_line(valuelist[0])[:60] if valuelist else ""
        if typed:
            try:
                self.data = self._read(typed)
            except NotUnderstood as problem:
                raise ValueError(str(problem)) from None

    def _read(self, typed: str) -> Any:
        return read_date(typed, today=clock.today(), calendar=calendar(), lean=self.lean)


class DeadlineField(DayField):
    """Thời hạn: a day, with an hour where given; ``data`` is the exclusive due instant, UTC."""

    component = "deadline"

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, lean=Lean.AHEAD, **kwargs)
        self.day: date | None = None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if not isinstance(self.data, datetime):
            return ""
        moment = clock.local(self.data)
        from datetime import timedelta

        midnight = moment.time() == time(0, 0)
        return (
            dmy((moment - timedelta(days=1)).date()) if midnight else f"{dmy(moment.date())} {moment:%H:%M}"
        )

    def _read(self, typed: str) -> datetime:
        moment = read_moment(typed, today=clock.today(), calendar=calendar(), lean=self.lean)
        self.day = moment.day
        return due_instant(moment.day, moment.at)


class MomentField(DayField):
    """Ngày và giờ bắt buộc; ``data`` is an instant, UTC."""

    component = "moment"

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, lean=Lean.AHEAD, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{clock.local(self.data):%d/%m/%Y %H:%M}" if isinstance(self.data, datetime) else ""

    def _read(self, typed: str) -> datetime:
        moment = read_moment(typed, today=clock.today(), calendar=calendar(), lean=self.lean)
        if moment.at is None:
            raise NotUnderstood("Chưa có giờ. Hãy viết ngày kèm giờ, ví dụ 30/11/2026 14:00.")
        return clock.instant(moment.day, moment.at)


def _coerce_id(value: Any) -> int | None:
    text = str(value) if value is not None else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


class PickField(SelectField):
    """Chọn một: options are ``Choice`` objects; ``data`` is an int id or ``None``."""

    component = "pick"

    def __init__(
        self,
        label: str,
        *,
        required: bool | str = False,
        blank: str = "Chọn…",
        combobox: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            label,
            _rules(required, kwargs.pop("validators", [])),
            coerce=_coerce_id,
            validate_choice=True,
            **kwargs,
        )
        self.choices = []
        self.blank, self.combobox = blank, combobox
        self.options: list[Any] = []

    def offer(self, options: Sequence[Any]) -> None:
        """Đặt danh sách được chọn; anything else posted is refused."""
        self.options = list(options)
        self.choices = [SelectChoice("", self.blank), *(SelectChoice(o.value, o.label) for o in options)]

    def pre_validate(self, form: Any) -> None:
        """Refuse ids that were not offered."""
        if self.data is not None and str(self.data) not in {str(o.value) for o in self.options}:
            raise ValidationError(_MESSAGES["Not a valid choice."])
        if self.data is None and self.raw_data and self.raw_data[0] not in ("", None):
            raise ValidationError(_MESSAGES["Not a valid choice."])

    @property
    def selected(self) -> set[str]:
        """Giá trị đang chọn, as text for the template."""
        return {str(self.data)} if self.data is not None else set()


class WordField(SelectField):
    """Chọn một từ trong danh sách cố định; ``data`` is the posted text or ``None``."""

    component = "word"

    def __init__(
        self, label: str, choices: Iterable[tuple[str, str]], *, required: bool | str = True, **kwargs: Any
    ) -> None:
        listed = [SelectChoice(v, words) for v, words in choices]
        super().__init__(
            label,
            _rules(required, kwargs.pop("validators", [])),
            choices=listed,
            coerce=lambda v: str(v) if v else None,
            **kwargs,
        )

    @property
    def selected(self) -> set[str]:
        """Giá trị đang chọn."""
        return {str(self.data)} if self.data is not None else set()


class ChoiceField(RadioField):
    """Chọn một trong vài khả năng bày sẵn."""

    component = "radio"

    def __init__(
        self, label: str, choices: Iterable[tuple[str, str]], *, required: bool | str = True, **kwargs: Any
    ) -> None:
        super().__init__(
            label, _rules(required, []), choices=[SelectChoice(v, words) for v, words in choices], **kwargs
        )


class PickManyField(SelectMultipleField):
    """Chọn nhiều: ``data`` is a list of int ids in the order offered."""

    component = "pick_many"

    def __init__(
        self, label: str, *, required: bool | str = False, most: int = limits.RECIPIENTS, **kwargs: Any
    ) -> None:
        super().__init__(
            label,
            _rules(required, kwargs.pop("validators", [])),
            coerce=_coerce_id,
            validate_choice=False,
            **kwargs,
        )
        self.choices = []
        self.options: list[Any] = []
        self.most = most

    def offer(self, options: Sequence[Any]) -> None:
        """Đặt danh sách được chọn."""
        self.options = list(options)
        self.choices = [SelectChoice(o.value, o.label) for o in options]

    def pre_validate(self, form: Any) -> None:
        """Refuse ids that were not offered, and too many of them."""
        offered = {str(o.value) for o in self.options}
        if any(v is None or str(v) not in offered for v in self.data or []):
            raise ValidationError(_MESSAGES["Not a valid choice."])
        if len(self.data or []) > self.most:
            raise ValidationError(f"Chọn nhiều nhất {self.most} mục một lần.")
        self.data = list(dict.fromkeys(self.data or []))

    @property
    def selected(self) -> set[str]:
        """Giá trị đang chọn."""
        return {str(v) for v in self.data or []}


class FilesField(MultipleFileField):
    """Tệp tải lên; :meth:`uploads` are the files really chosen."""

    component = "files"

    def __init__(
        self,
        label: str,
        *,
        required: bool | str = False,
        accept: str = ".pdf,.docx",
        single: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, [], **kwargs)
        self.required_sentence = (
            (required if isinstance(required, str) else f"Hãy chọn “{label}”.") if required else None
        )
        self.accept, self.single = accept, single
        self.held: list[HeldFile] = []  # received when the form was posted before, and kept for this time

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the files chosen now, and those the form brought back."""
        super().process_formdata(valuelist)
        self.held = read_held(request.form.getlist(f"{self.name}-held")) if has_request_context() else []

    @property
    def uploads(self) -> list[Any]:
        """Các tệp đã chọn (werkzeug FileStorage)."""
        return [f for f in self.data or [] if getattr(f, "filename", "")]

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        """Count the files; their content is judged by the storage."""
        if self.required_sentence and not self.uploads and not self.held:
            raise ValidationError(self.required_sentence)
        if len(self.uploads) > (1 if self.single else limits.FILES_PER_RECORD):
            raise ValidationError(
                "Chỉ chọn một tệp." if self.single else f"Chọn nhiều nhất {limits.FILES_PER_RECORD} tệp."
            )
        for upload in self.uploads:
            mark = find_secrecy_mark_in_name(str(upload.filename))
            if mark:
                raise ValidationError(refusal(mark, "trong tên tệp"))


class TickField(BooleanField):
    """Ô đánh dấu."""

    component = "tick"


class OfficeForm(FlaskForm):
    """Biểu mẫu chung: Vietnamese messages, the version it was drawn from, and the actor's own :meth:`attempt`."""

    version = HiddenField()

    class Meta(FlaskForm.Meta):
        """WTForms settings."""

        def get_translations(self, _form: Any) -> Any:
            """Our own Vietnamese sentences; the library ships none."""
            return _Translations()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.status = 200
        self._record = kwargs.get("obj")
        self.general_errors: list[str] = []

    @property
    def expected_version(self) -> int | None:
        """Phiên bản mà người dùng đã thấy."""
        return _coerce_id(self.version.data)

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Đã gửi và đúng dạng."""
        if not self.is_submitted():
            return False
        valid = bool(self.validate(extra_validators))
        if not valid:
            self.status = 422
        return valid

    def attempt(self, act: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Thực hiện một việc với người đang đăng nhập.

        Refusals that the person can mend become messages of this form (status 422 or 409); the typed text stays.

        :returns: what the use case returned (``True`` when it returned nothing), or ``None`` when it was refused.
        """
        return self.attempt_as(actor(), act, *args, **kwargs)

    def attempt_as(self, who: Actor, act: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Như :meth:`attempt`, với người thực hiện cho trước: a page without sign-in acts for whoever holds its key."""
        try:
            result = act(who, *args, **kwargs)
        except Violations as refusal:
            self.status = refusal.status
            for item in refusal.items:
                self._add(item.field, item.sentence)
        except InputRejected as refusal:
            self.status = refusal.status
            self._add(None, refusal.sentence)
        except (StaleVersion, WrongState) as refusal:
            self.status = refusal.status
            self._add(None, refusal.sentence)
            if self._record is not None and hasattr(self._record, "version"):
                self.version.data = str(self._record.version)
                self.version.raw_data = [self.version.data]
        else:
            return True if result is None else result
        return None

    def refuse(self, field: str | None, sentence: str) -> None:
        """Thêm một lỗi vào biểu mẫu."""
        self.status = 422
        self._add(field, sentence)

    def _add(self, field: str | None, sentence: str) -> None:
        if field and field in self._fields:
            self._fields[field].errors = [*self._fields[field].errors, sentence]
        else:
            self.general_errors.append(sentence)

    @property
    def problems(self) -> list[tuple[str | None, str]]:
        """Mọi lỗi của biểu mẫu: (field id or ``None``, sentence), for the summary on top."""
        found: list[tuple[str | None, str]] = [(None, s) for s in self.general_errors]
        for field in self._fields.values():
            if field.name == "csrf_token":
                found += [(None, str(e)) for e in field.errors]
            else:
                found += [(field.id, str(e)) for e in field.errors]
        return found


class ActionForm(OfficeForm):
    """Nút hành động không cần nhập gì."""


class ReasonForm(OfficeForm):
    """Hành động cần nêu lý do."""

    reason = ParagraphField(
        "Lý do", required="Hãy nêu lý do để người nhận biết cần làm gì.", most=1000, rows=3
    )


def options_markup(options: Sequence[Any]) -> Markup:
    """Thẻ option cho danh sách lựa chọn (dùng ở trang cần vẽ tay)."""
    return Markup("").join(Markup('<option value="{}">{}</option>').format(o.value, o.label) for o in options)

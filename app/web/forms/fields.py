"""Forms whose limits come from an operation: `field(segments.Add, "segment_id", _l("Segment"))`."""

from __future__ import annotations

import secrets
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from pydantic import ValidationError
from werkzeug.datastructures import CombinedMultiDict
from wtforms import Field, HiddenField, PasswordField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of an older WTForms
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.web.forms.select import QuickMeta

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask_babel.speaklater import LazyString
    from wtforms.form import BaseForm

    from app.rees46.operation import Operation

Op = TypeVar("Op", bound="Operation[Any]")
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
NEEDED = _l("This is needed.")
LARGEST = 62  # bits of a number that is looked at
SAID = {
    "missing": NEEDED,
    "string_too_short": _l("This is too short."),
    "string_too_long": _l("This is too long."),
    "string_pattern_mismatch": _l("This does not look right."),
    "int_parsing": _l("This must be a whole number."),
    "float_parsing": _l("This must be a number."),
    "date_from_datetime_parsing": _l("This must be a date, such as 2026-11-21."),
    "too_short": NEEDED,
    "literal_error": _l("Choose one of the list."),
    "int_type": _l("This must be a whole number."),
    "int_from_float": _l("This must be a whole number."),
    "float_type": _l("This must be a number."),
    "finite_number": _l("This must be a number."),
    "greater_than": _l("This is too small."),
    "greater_than_equal": _l("This is too small."),
    "less_than_equal": _l("This is too large."),
    "bool_parsing": _l("This must be true or false."),
    "bool_type": _l("This must be true or false."),
    "list_type": _l("This must be a list."),
    "dict_type": _l("This must be a JSON object."),
    "string_type": _l("This must be text."),
    "too_long": _l("These are too many."),
    "extra_forbidden": _l("There is no such parameter."),
    "address_expected": _l("This is not an e-mail address."),
    "address_too_long": _l("This is too long."),
    "phone_too_short": _l("This is too short for a phone number."),
    "day_expected": _l("This must be a date, such as 2026-11-21."),
    "url_expected": _l("A URL begins with its scheme, such as https://, and is one line."),
    "files_too_large": _l("Files may have 10 MB together."),
    "identity_needed": _l("At least one of %(names)s is needed."),
}


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF brings no types
    """A form of the desk: with CSRF token, and a place for errors that belong to no field."""

    form_errors: list[str]

    class Meta(QuickMeta, FlaskForm.Meta):  # type: ignore[misc]  # as above
        def wrap_formdata(self, form: BaseForm, formdata: Any) -> Any:
            """Take what a browser sends; Flask-WTF would also take JSON, of any shape."""
            if request.method == "POST" and request.mimetype not in FORMS:
                return CombinedMultiDict()
            return super().wrap_formdata(form, formdata)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; a sign that no database and no JSON keeps (NUL) is wrong in all of them."""
        fits = bool(super().validate(extra_validators))
        for one in self:
            if _holds_nul(one.data):
                one.errors = [*one.errors, str(_l("This holds a sign that cannot be kept."))]
                fits = False
            elif not one.errors and _is_blank(one):
                one.errors = [str(NEEDED)]
                fits = False
        return fits

    def refuse(self, words: str) -> None:
        """Show why it was refused."""
        self.form_errors = [*self.form_errors, words]


def _holds_nul(data: Any) -> bool:
    if isinstance(data, dict | list):
        return any(_holds_nul(part) for part in (data.values() if isinstance(data, dict) else data))
    return isinstance(data, str) and "\0" in data


def _is_blank(one: Field) -> bool:
    """Whether nothing but white space stands where something is needed; in a password that is something."""
    is_text = isinstance(one, StringField) and not isinstance(one, PasswordField)
    return is_text and "required" in one.flags and isinstance(one.data, str) and not one.data.strip()


class Between(NumberRange):
    """A number of a range; one of hundreds of digits is outside of it too, and so is what is no number (sNaN)."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        if isinstance(field.data, int) and field.data.bit_length() > LARGEST:
            field.data = (1 if field.data > 0 else -1) << LARGEST
        if isinstance(field.data, Decimal) and field.data.is_snan():
            field.data = Decimal("NaN")
        super().__call__(form, field)


class OnceForm(Form):
    """A form whose act cannot be repeated: its token makes every further click find the first one's result."""

    once = HiddenField(default=lambda: secrets.token_urlsafe(12))


class OperationForm(Form, Generic[Op]):
    """A form that makes one call: set `makes`, and its fields are checked against the operation as well."""

    makes: ClassVar[type[Operation[Any]]]

    def given(self) -> dict[str, Any]:
        """Give the parameters of the call; override it when a field is not what the call takes."""
        return {name: field.data for name, field in self._fields.items() if name in self.makes.model_fields}

    @property
    def operation(self) -> Any:
        """The call that the form makes; only of a valid form."""
        return self.makes.from_form(self.given())

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, then the operation as a whole; all errors at once."""
        fields_fit = bool(super().validate(extra_validators))
        try:
            self.makes.from_form(self.given())
        except ValidationError as wrong:
            for name, words in errors_of(wrong):
                self._blame(name, words)
            return False
        return fields_fit

    def _blame(self, name: str, words: str) -> None:
        field = self._fields.get(name)
        if field is None:
            self.refuse(words)
        elif not field.errors:
            field.errors = [*field.errors, words]


class OnceOperationForm(OperationForm[Op], OnceForm):
    """A form that makes a call which cannot be repeated."""


def choices(labels: Mapping[Any, str | LazyString]) -> list[SelectChoice]:
    """Make the choices of a select or radio field: value and label."""
    return [SelectChoice(value, label) for value, label in labels.items()]


def errors_of(wrong: ValidationError) -> Iterator[tuple[str, str]]:
    """Put what pydantic found into words: field name and sentence."""
    for error in wrong.errors(include_url=False, include_input=False):
        name = str(error["loc"][0]) if error["loc"] else ""
        known = SAID.get(error["type"])
        yield name, known % error.get("ctx", {}) if known else error["msg"].removeprefix("Value error, ")


def field(
    op: type[Operation[Any]], name: str, label: str | LazyString, kind: type[Field] = StringField, **more: Any
) -> Any:
    """Make a WTForms field that allows what the operation allows. Extra keywords go to the field."""
    info = op.model_fields[name]
    required = more.pop("required", info.is_required())
    validators = [InputRequired(NEEDED) if required else Optional(), *more.pop("validators", [])]
    limits = _limits(info)
    longest = limits.get("max_length")
    if kind is StringField or getattr(kind, "is_text", False):
        validators.append(Length(max=longest if longest is not None else -1))
    if numbers := {edge: limits[edge] for edge in ("min", "max") if edge in limits}:
        validators.append(Between(**numbers))
    render = dict(more.pop("render_kw", {}))
    if longest is not None:
        render.setdefault("maxlength", longest)
    return kind(label, validators=validators, render_kw=render, **more)


def _limits(info: Any) -> dict[str, Any]:
    """Collect the limits of a field, also those inside its Annotated type."""
    found: dict[str, Any] = {}
    for fact in _facts(info):
        if isinstance(fact, MaxLen):
            found["max_length"] = fact.max_length
        elif isinstance(fact, MinLen):
            found["min_length"] = fact.min_length
        elif isinstance(fact, Ge | Gt):
            found["min"] = fact.ge if isinstance(fact, Ge) else fact.gt
        elif isinstance(fact, Le | Lt):
            found["max"] = fact.le if isinstance(fact, Le) else fact.lt
    return found


def _facts(info: Any) -> Iterator[Any]:
    yield from info.metadata
    waiting = [info.annotation]
    while waiting:
        kind = waiting.pop()
        waiting += getattr(kind, "__args__", ())
        for fact in getattr(kind, "__metadata__", ()):
            yield from getattr(fact, "metadata", [fact])

"""Fields drawn quickly: WTForms writes each option of a list as if it had attributes, and some lists have 140."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, ClassVar

from markupsafe import Markup, escape
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of an older WTForms
from wtforms.meta import DefaultMeta
from wtforms.widgets import Input, Select, TextArea

from app.web.forms.attributes import attributes

MOST = 300  # lists of options that a process remembers; when there are more, all are forgotten


class QuickSelect(Select):
    """A list whose options have a value and a label; what they look like is remembered for the next request."""

    known: ClassVar[dict[Hashable, str]] = {}

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        choices = field.choices or []
        if self.multiple or not all(_is_plain(choice) for choice in choices):
            return Markup(super().__call__(field, **kwargs))  # noqa: S704  # WTForms escaped it
        flags = {name: getattr(field.flags, name) for name in self.validation_attrs if name in field.flags}
        own = attributes(name=field.name, **{"id": field.id, **flags, **kwargs})
        return Markup(f"<select {own}>{self._options(field, choices)}</select>")  # noqa: S704  # both are escaped

    def _options(self, field: Any, choices: list[Any]) -> str:
        key = (field.coerce, field.data, tuple((choice.value, _label_of(choice)) for choice in choices))
        shown = self.known.get(key)
        if shown is None:
            if len(self.known) >= MOST:
                self.known.clear()
            shown = self.known[key] = "".join(
                f'<option {"selected " if field.coerce(value) == field.data else ""}value="{escape(value)}">'
                f"{escape(label)}</option>"
                for value, label in key[2]
            )
        return shown


def _label_of(choice: Any) -> str:
    """Words that are translated are looked up each time that they are asked whether they are any."""
    words = "" if choice.label is None else str(choice.label)
    return words or str(choice.value)


def _is_plain(choice: Any) -> bool:
    return (
        isinstance(choice, SelectChoice)
        and choice.optgroup is None
        and not choice.render_kw
        and not isinstance(choice.value, bool)
    )


class QuickArea(TextArea):
    """A text area as WTForms has it: after its first tag a line break, which browsers leave out."""

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        flags = {name: getattr(field.flags, name) for name in self.validation_attrs if name in field.flags}
        own = attributes(name=field.name, **{"id": field.id, **flags, **kwargs})
        return Markup(f"<textarea {own}>\r\n{escape(field._value())}</textarea>")  # noqa: S704, SLF001  # escaped; as there


class QuickMeta(DefaultMeta):
    """Draws lists, areas and inputs with attributes that are put together quickly."""

    def render_field(self, field: Any, render_kw: Any) -> Any:
        if type(field.widget) is Select:
            field.widget = QuickSelect(field.widget.multiple)
        elif type(field.widget) is TextArea:
            field.widget = QuickArea()
        elif isinstance(field.widget, Input):
            field.widget.html_params = attributes  # type: ignore[method-assign]  # WTForms has it for this
        return super().render_field(field, render_kw)

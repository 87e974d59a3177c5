"""Lists to choose from, drawn quickly: WTForms writes each option as if it had attributes, and some lists have 140."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape
from wtforms.meta import DefaultMeta
from wtforms.widgets import Select


class QuickSelect(Select):
    """A list whose options have a value and a label."""

    @classmethod
    def render_option(cls, choice: Any, **kwargs: Any) -> Markup:  # type: ignore[override]  # the stubs are of an older WTForms
        if kwargs or choice.render_kw or isinstance(choice.value, bool):
            return Markup(super().render_option(choice, **kwargs))  # noqa: S704  # WTForms escaped it
        chosen = "selected " if choice.selected else ""
        label = escape(choice.label or choice.value)
        return Markup(f'<option {chosen}value="{escape(choice.value)}">{label}</option>')  # noqa: S704  # as it says


class QuickMeta(DefaultMeta):
    """Draws lists by QuickSelect."""

    def render_field(self, field: Any, render_kw: Any) -> Any:
        if type(field.widget) is Select:
            field.widget = QuickSelect(field.widget.multiple)
        return super().render_field(field, render_kw)

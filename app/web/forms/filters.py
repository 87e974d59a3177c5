"""What narrows a list: a form whose values stand in the query of the URL."""

from __future__ import annotations

from typing import Any

from flask import request
from wtforms import Form, SelectField


class Filters(Form):
    """The filters of a list; no personal data, for they stand in the URL.

    A choice that the query leaves out, or leaves empty, narrows nothing, whether the list offers an empty choice or
    not. Nonsense is an error of its field in `errors`, and only where a page asks for `validate()`.
    """

    def __init__(self, said: Any = None, **more: Any) -> None:
        super().__init__(request.args if said is None else said, **more)
        for select in self._selects():
            if not self._is_chosen(select):
                select.data = select.coerce("" if select.default is None else select.default)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; where nothing is chosen, nothing can be wrong."""
        for select in self._selects():
            select.validate_choice = select.validate_choice and bool(select.data)
        return bool(super().validate(extra_validators))

    def _selects(self) -> list[Any]:
        return [field for field in self if isinstance(field, SelectField)]

    @staticmethod
    def _is_chosen(select: Any) -> bool:
        return any(select.raw_data or [])

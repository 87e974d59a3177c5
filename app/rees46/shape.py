"""What calls and replies are made of."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """A part of a call or of a reply: strict about names when we build it, numbers welcome where text is due."""

    model_config = ConfigDict(
        extra="forbid",
        populate_by_name=True,
        coerce_numbers_to_str=True,
        hide_input_in_errors=True,  # what a person typed never reaches an exception text
        ser_json_inf_nan="null",
    )
    also_knows: ClassVar[frozenset[str]] = frozenset()  # keys of a reply that are documented, and of no use to us
    only_says_yes: ClassVar[bool] = False  # a reply that has nothing to say but that it was done

    def tells(self, *names: str) -> bool:
        """Tell whether a reply said any of these at all; null is something said, too."""
        return not self.model_fields_set.isdisjoint(names)


class Decides:
    """Marks the field of a reply by which a page decides something: it has no default, and is missed when untold."""


DECIDES = Decides()


def newer(**more: Any) -> Any:
    """Give the field of a reply that only some installations send: None where it was not sent, and then not written."""
    return Field(None, exclude_if=_is_none, **more)


def _is_none(value: Any) -> bool:
    return value is None

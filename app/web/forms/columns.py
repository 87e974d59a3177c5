"""What the columns of a brought file are: asked for in a form, remembered by the headings."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.web.forms.fields import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


class ColumnsForm(Form):
    """What each column is; the fields are as many as the file has columns."""

    @staticmethod
    def choices_in(posted: Mapping[str, str], header: Sequence[str]) -> dict[str, str]:
        """Give what was chosen for each column, by its place in the file."""
        return {str(place): posted.get(f"column-{place}", "") for place in range(len(header))}

    def refuse_twins(self, names: Iterable[str], label: Callable[[str], str]) -> None:
        """Refuse that two columns are the same."""
        taken = list(names)
        for twice in sorted({name for name in taken if taken.count(name) > 1}):
            self.refuse(_("Two columns cannot both be “%(field)s”.", field=label(twice)))


def digest_of(header: Sequence[str]) -> str:
    """Tell headings apart: files with the same ones have the same columns."""
    return hashlib.sha256(json.dumps(list(header)).encode()).hexdigest()

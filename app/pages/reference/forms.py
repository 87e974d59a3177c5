"""What the reference can be searched by."""

from flask_babel import lazy_gettext as _l
from wtforms import SearchField

from app.web.forms.filters import Filters


class Search(Filters):
    """The words that an operation is looked for by."""

    q = SearchField(
        _l("Find an operation"), render_kw={"placeholder": _l("A name, a path, a parameter or a word of what it does")}
    )

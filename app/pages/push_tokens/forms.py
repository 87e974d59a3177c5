"""What is asked about a push token."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SearchField, SelectField

from app.rees46 import push_tokens
from app.web.forms.fields import OperationForm, choices, field
from app.web.forms.filters import DatedFilters

LONGEST = 255
PLATFORMS = {
    "ios": "iOS (APNs)",
    "ios_firebase": "iOS (Firebase)",
    "android": "Android (Firebase)",
    "android_huawei": "Android (Huawei)",
}


class AddForm(OperationForm[push_tokens.Add]):
    """A device and its token."""

    makes = push_tokens.Add

    did = field(
        push_tokens.Add,
        "did",
        _l("Device ID"),
        description=_l("As the app knows it. An unknown device is made, with a customer of its own."),
    )
    token = field(push_tokens.Add, "token", _l("Token"), description=_l("As iOS or Android gave it to the app."))
    platform = SelectField(_l("Platform"), choices=choices(PLATFORMS))
    stream = field(push_tokens.Add, "stream", _l("Stream"))

    def given(self) -> dict[str, Any]:
        return {name: (self[name].data or "").strip() for name in ("did", "token", "platform", "stream")}


class ListFilters(DatedFilters):
    """The filters of the list."""

    did = SearchField(_l("Device ID"), render_kw={"autocomplete": "off"})
    platform = SelectField(_l("Platform"), choices=choices({"": _l("Any platform"), **PLATFORMS}))

    @property
    def device(self) -> str:
        return (self.did.data or "").replace("\0", "").strip()[:LONGEST]

"""What the machine says of a cell: each expectation against what was delivered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.web.messaging.letters import words_of
from app.web.messaging.sms import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask_babel.speaklater import LazyString

CHECKS: dict[str, LazyString] = {
    "preview": _l("reads as previewed"),
    "contains": _l("contains"),
    "lacks": _l("does not contain"),
    "equals": _l("equals"),
    "parts": _l("SMS parts, at most"),
    "encoding": _l("SMS encoding"),
    "taken": _l("comes over this channel"),
    "nothing": _l("nothing comes over this channel"),
    "refused": _l("is refused with"),
}
WITHOUT_VALUE = {"preview", "taken", "nothing"}
OF_SMS = {"parts", "encoding"}
ENCODINGS = ("GSM-7", "UCS-2")
SHOWN = 200  # characters of a text in the words of a verdict


@dataclass(frozen=True)
class Facts:
    """What became of a message over one channel."""

    refused: str | None  # REES46's words, if it refused
    stopped: str  # why the desk did not send it
    is_told: bool  # whether REES46 said what it delivered
    delivered: Mapping[str, str] | None  # parts of the message; None: nothing came over this channel
    filled: Mapping[str, str]  # the copy as it was previewed


def judge(expected: list[dict[str, str]], facts: Facts) -> tuple[str, list[dict[str, Any]]]:
    """Give the verdict (right, wrong, unknown, or none where nothing was expected) and what each expectation met."""
    found = [one | _result(one["check"], one.get("value", ""), facts) for one in expected]
    if not found:
        return ("wrong" if facts.refused is not None or facts.stopped else ""), found
    answers = {one["ok"] for one in found}
    return ("wrong" if False in answers else "unknown" if None in answers else "right"), found


def _result(check: str, value: str, facts: Facts) -> dict[str, Any]:
    if facts.stopped:
        return {"ok": False, "words": facts.stopped}
    if facts.refused is not None:
        is_so = check == "refused" and value.casefold() in facts.refused.casefold()
        return {"ok": is_so, "words": _("REES46 refused it: %(words)s", words=facts.refused)}
    if check == "refused":
        return {"ok": False, "words": _("It was not refused.")}
    if not facts.is_told:
        return {"ok": None, "words": _("REES46 did not tell what it delivered.")}
    return _came(check, value, facts)


def _came(check: str, value: str, facts: Facts) -> dict[str, Any]:
    if check == "nothing":
        return {"ok": facts.delivered is None, "words": "" if facts.delivered is None else _("It came.")}
    if facts.delivered is None:
        return {"ok": False, "words": _("Nothing came over this channel.")}
    return _read(check, value, facts.delivered, facts.filled)


def _read(check: str, value: str, parts: Mapping[str, str], filled: Mapping[str, str]) -> dict[str, Any]:
    if check == "preview":
        other = next((name for name, text in parts.items() if text != filled.get(name, "")), None)
        words = "" if other is None else _("“%(part)s” came as: %(text)s", part=other, text=parts[other][:SHOWN])
        return {"ok": other is None, "words": words}
    if check in OF_SMS:
        counted = count(parts.get("text", ""))
        is_so = counted.encoding == value if check == "encoding" else counted.parts <= int(value)
        return {
            "ok": is_so,
            "words": _("%(parts)s parts, %(encoding)s", parts=counted.parts, encoding=counted.encoding),
        }
    if check == "taken":
        return {"ok": True, "words": ""}
    return {"ok": _is_so(check, value, parts), "words": "" if _is_so(check, value, parts) else _body(parts)[:SHOWN]}


def _is_so(check: str, value: str, parts: Mapping[str, str]) -> bool:
    said = [*parts.values(), _body(parts)]
    if check == "equals":
        return value.strip() in {text.strip() for text in said}
    is_there = any(value in text for text in said)
    return is_there if check == "contains" else not is_there


def _body(parts: Mapping[str, str]) -> str:
    """What is read of it: the words of an e-mail without its HTML."""
    return words_of(parts["html"]) if "html" in parts else parts.get("text") or parts.get("body") or ""

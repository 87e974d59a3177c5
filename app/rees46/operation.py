"""What one call to REES46 is: where it goes, what it is given, what it answers. The only clever file of the house."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Generic, Literal, Self, TypeVar

from pydantic import JsonValue, TypeAdapter, ValidationError

from .drift import holds
from .envelope import MARKS, Envelope, candidates, says_only_yes
from .leniency import read_leniently
from .shape import DECIDES, Shape, newer

Reply = TypeVar("Reply")
Shapes = Literal["seeds", "newest"]
STATUS, SUCCESS, DATA = Envelope(), Envelope("success"), Envelope(key="data")


class NothingAsked(ValueError):
    """A reply holds nothing of what was asked for."""


@dataclass(frozen=True)
class Reading(Generic[Reply]):
    """A reply that was read, what could not be read of it, and the part of the answer in which it stood."""

    reply: Reply
    wrong: list[ValidationError]
    content: Any


@dataclass(frozen=True)
class Http:
    """The HTTP face of an operation. What an operation does differently from the rest is a named field here."""

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str  # "/recommend/{recommender_code}": a name in braces is a field of the operation
    sends: Literal["query", "form", "json"] = "query"
    secret: Literal["no", "parameter", "header"] = "no"  # how the client proves that it may
    device_will_do: bool = False  # a did stands in for the secret (SDKs have none)
    open_to_apps: bool = False  # a shop may let its apps ask without secret and did
    reads: bool | None = None  # changes nothing; left out: every GET reads, nothing else does
    repeatable: bool | None = None  # a second time changes no more than the first; left out: what reads is
    also: tuple[str, ...] = ()  # other "METHOD /path" that real clients use for the same call
    success: int = 200
    wrong_key: int = 401  # the status for an unknown shop; the catalog imports say 400
    wrong_secret: int = 403
    uploads: str = ""  # a list of messages.File: with it the call is multipart/form-data
    streams: str = ""  # a list too large for memory: the server keeps it in a file and works it off in the background
    replies: Literal["json", "text"] = "json"  # the oldest clients read a bare word, such as OK
    envelope: Envelope | None = None  # what a server wraps the reply in; clients read it in any, and bare
    child_synonyms: tuple[str, ...] = ()
    announced: Envelope | None = None  # what it is announced to be wrapped in; left out: STATUS, where it has a child
    announced_child: str = ""  # where that will be another one
    no_by: Literal["status", "success"] | None = None  # where it is told to say no otherwise than it says yes
    child: str = ""  # the name that a payload may have for what it holds: {"payload": {"orders": […]}}

    @property
    def media(self) -> str:
        """The media type of the reply; a refusal is JSON whatever the reply is."""
        return "text/plain" if self.replies == "text" else "application/json"

    @property
    def newest_envelope(self) -> Envelope | None:
        """What a reply is announced to be wrapped in: what it is wrapped in today, unless that is given up."""
        kept = self.envelope if self.envelope != DATA else STATUS
        return self.announced or kept or (STATUS if self.child else None)

    @property
    def refuses_by(self) -> Literal["status", "success"]:
        """The mark by which newer installations say no: that by which they say yes, if nothing else is known."""
        return self.no_by or (self.newest_envelope or STATUS).mark

    @property
    def only_reads(self) -> bool:
        """Whether calling it changes nothing at all."""
        return self.method == "GET" if self.reads is None else self.reads

    @property
    def may_repeat(self) -> bool:
        """Whether a machine may send it again when no answer came."""
        return self.only_reads if self.repeatable is None else self.repeatable


class Operation(Shape, Generic[Reply]):
    """One call. Its fields are the parameters; shop_id and shop_secret are the client's business."""

    http: ClassVar[Http]

    @classmethod
    def name(cls) -> str:
        """Say which operation this is, as people see it: `segments.Add`."""
        return f"{cls.__module__.rpartition('.')[2]}.{cls.__name__}"

    @classmethod
    def parse(cls, params: dict[str, Any]) -> Self:
        """Understand a call as a server must: unknown keys are ignored, text that means a number is one."""
        keeps_extra = cls.model_config.get("extra") == "allow"
        return cls.model_validate(params, extra="allow" if keeps_extra else "ignore")

    @classmethod
    def from_form(cls, params: dict[str, Any]) -> Self:
        """Make the call from what a form holds: a field left empty is not sent at all."""
        return cls.model_validate({key: value for key, value in params.items() if value not in (None, "", [])})

    def params(self) -> dict[str, JsonValue]:
        """Give what is sent: only what was set, under the names of the API."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)

    def bare_word(self) -> str:
        """Give the word that old clients read in place of JSON, if this is a call of theirs."""
        return ""

    def url_path(self) -> str:
        """Fill the names in braces of the path."""
        return self.http.path.format_map({key: getattr(self, key) for key in self.in_path()})

    @classmethod
    def in_path(cls) -> tuple[str, ...]:
        """Name the fields that stand in the path."""
        return tuple(part[1:-1] for part in cls.http.path.split("/") if part.startswith("{"))

    @classmethod
    @cache
    def reply_type(cls) -> Any:
        """Find the reply type: what stands in the brackets of `Operation[…]`."""
        for base in cls.__mro__:
            generic = getattr(base, "__pydantic_generic_metadata__", {})
            if generic.get("origin") is Operation:
                (kind,) = generic["args"]
                return type(None) if kind is None else kind
        raise TypeError(f"{cls.__name__} does not say what it answers: write Operation[…]")

    @classmethod
    @cache
    def reply(cls) -> TypeAdapter[Reply]:
        """Give what reads and writes the reply."""
        return TypeAdapter(cls.reply_type())

    @classmethod
    def write(cls, reply: Reply, shapes: Shapes = "seeds") -> bytes:
        """Write an answer as a server must."""
        http = cls.http
        if http.replies == "text":
            return str(reply).encode()
        content = cls.reply().dump_json(reply, by_alias=True)
        if shapes == "newest":
            content = json.dumps(cls.announce(json.loads(content)), ensure_ascii=False).encode()
            if getattr(cls.reply_type(), "only_says_yes", False):
                return SUCCESS.say_yes(content) if http.announced is SUCCESS else content
            envelope = http.newest_envelope
            return envelope.wrap(content, http.announced_child or http.child) if envelope else content
        return http.envelope.wrap(content, http.child) if http.envelope else content

    @classmethod
    def announce(cls, content: Any) -> Any:
        """Bring the content of a reply into the shape that is announced, where that is another one."""
        return content

    @classmethod
    def read(cls, body: Any) -> Reply:
        """Read an answer as a client must: in any envelope, and keys we do not know are no error."""
        return cls.find(body).reply

    @classmethod
    def find(cls, body: Any) -> Reading[Reply]:
        """Find the reply in an answer."""
        kind = cls.reply_type()
        if kind is type(None) or getattr(kind, "only_says_yes", False):
            return Reading(cls._accepted(kind, body), [], body)
        wrong: ValidationError | None = None
        for content in candidates(body, (cls.http.child, *cls.http.child_synonyms)):
            if not holds(kind, content):
                continue
            try:
                reply, unread, left = read_leniently(cls.read_content, content)
            except ValidationError as error:
                wrong = wrong or error
            else:
                if holds(kind, left):
                    return Reading(reply, unread, content)
        raise wrong or NothingAsked

    @classmethod
    def read_content(cls, content: Any) -> Reply:
        """Read a reply that was taken out of its envelope."""
        return cls.reply().validate_python(content, extra="ignore")

    @classmethod
    def _accepted(cls, kind: Any, body: Any) -> Any:
        """Take a yes for a yes, and nothing else: an answer that only holds a message is none."""
        is_empty = body == {} and kind is not type(None) and not kind.model_fields
        if not (is_empty or says_only_yes(body)):
            raise NothingAsked
        if kind is type(None):
            return None
        return kind.model_validate({name: body[name] for name in body or {} if name not in MARKS}, extra="ignore")


__all__ = ["DATA", "DECIDES", "STATUS", "SUCCESS", "Envelope", "Http", "NothingAsked", "Operation", "Shape", "newer"]

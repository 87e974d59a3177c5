"""What one call to REES46 is: where it goes, what it is given, what it answers. The only clever file of the house."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Generic, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, JsonValue, TypeAdapter

Reply = TypeVar("Reply")


@dataclass(frozen=True)
class Http:
    """The HTTP face of an operation. What an operation does differently from the rest is a named field here."""

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str  # "/recommend/{recommender_code}": a name in braces is a field of the operation
    sends: Literal["query", "form", "json"] = "query"
    secret: Literal["no", "parameter", "header"] = "no"  # how the client proves that it may
    device_will_do: bool = False  # a did stands in for the secret (SDKs have none)
    reads: bool | None = None  # changes nothing; left out: every GET reads, nothing else does
    repeatable: bool | None = None  # a second time changes no more than the first; left out: what reads is
    also: tuple[str, ...] = ()  # other "METHOD /path" that real clients use for the same call
    success: int = 200
    wrong_key: int = 401  # the status for an unknown shop; the catalog imports say 400
    wrong_secret: int = 403
    streams: str = ""  # a list too large for memory: the server keeps it in a file and works it off in the background
    replies: Literal["json", "text"] = "json"  # the oldest clients read a bare word, such as OK

    @property
    def media(self) -> str:
        """The media type of the reply; a refusal is JSON whatever the reply is."""
        return "text/plain" if self.replies == "text" else "application/json"

    @property
    def only_reads(self) -> bool:
        """Whether calling it changes nothing at all."""
        return self.method == "GET" if self.reads is None else self.reads

    @property
    def may_repeat(self) -> bool:
        """Whether a machine may send it again when no answer came."""
        return self.only_reads if self.repeatable is None else self.repeatable


class Shape(BaseModel):
    """A part of a call or of a reply: strict about names when we build it, numbers welcome where text is due."""

    model_config = ConfigDict(
        extra="forbid",
        populate_by_name=True,
        coerce_numbers_to_str=True,
        hide_input_in_errors=True,  # what a person typed never reaches an exception text
        ser_json_inf_nan="null",
    )


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

    def url_path(self) -> str:
        """Fill the names in braces of the path."""
        return self.http.path.format_map({key: getattr(self, key) for key in self.in_path()})

    @classmethod
    def in_path(cls) -> tuple[str, ...]:
        """Name the fields that stand in the path."""
        return tuple(part[1:-1] for part in cls.http.path.split("/") if part.startswith("{"))

    @classmethod
    @cache
    def reply(cls) -> TypeAdapter[Reply]:
        """Find the reply type: what stands in the brackets of `Operation[…]`."""
        for base in cls.__mro__:
            generic = getattr(base, "__pydantic_generic_metadata__", {})
            if generic.get("origin") is Operation:
                return TypeAdapter(generic["args"][0])
        raise TypeError(f"{cls.__name__} does not say what it answers: write Operation[…]")

    @classmethod
    def write(cls, reply: Reply) -> bytes:
        """Write an answer as a server must."""
        return str(reply).encode() if cls.http.replies == "text" else cls.reply().dump_json(reply, by_alias=True)

    @classmethod
    def read(cls, body: Any) -> Reply:
        """Understand an answer as a client must: keys we do not know are no error."""
        return cls.reply().validate_python(body, extra="ignore")

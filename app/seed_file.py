"""The file that a box is seeded from: what no call can make, and then calls of the contract in their order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from pydantic import Field, JsonValue, ValidationError

from app.rees46.operation import Shape

LARGEST = 32 * 1024 * 1024
Channel = Literal["sms", "email", "web_push", "mobile_push"]
Rule = Literal["popular", "similar", "also_bought", "search", "recently_viewed", "personal"]


class WrongSeed(Exception):
    """A file that nothing can be seeded from; says where it is wrong, and how."""


class SeedShop(Shape):
    """The shop that the file is for, with the keys of its calls."""

    shop_id: str = Field(min_length=1, max_length=64)
    secret: str = Field(min_length=1, max_length=128)
    name: str = Field(min_length=1, max_length=200)
    currency: str = Field("RUB", min_length=1, max_length=8)


class SeedSegment(Shape):
    """A segment; one with a rule is dynamic."""

    id: int = Field(ge=1, le=2**31 - 1)
    name: str = Field(min_length=1, max_length=255)
    rule: list[dict[str, JsonValue]] = []


class SeedCampaign(Shape):
    """A campaign with its templates: {"sms": {"en": {"text": "{{ code }} is your code"}}}."""

    code: str = Field(min_length=1, max_length=255)
    name: str = Field(min_length=1, max_length=255)
    kind: Literal["sms", "multi"] = "multi"
    templates: dict[Channel, dict[Literal["en", "ru"], dict[str, str]]]


class SeedPromoList(Shape):
    """A promo list with its codes, in the order in which they are handed out."""

    id: str = Field(min_length=1, max_length=255)
    name: str = Field(min_length=1, max_length=255)
    codes: list[str] = []


class SeedBlock(Shape):
    """A block of recommendations."""

    code: str = Field(min_length=1, max_length=255)
    name: str = Field(min_length=1, max_length=255)
    rule: Rule = "popular"


class SeedCall(Shape):
    """A call of the contract, such as {"operation": "profile.Set", "parameters": {"email": "anna@example.com"}}."""

    operation: str = Field(min_length=1, max_length=64)
    parameters: dict[str, JsonValue] = {}


class SeedFile(Shape):
    """All that a file may say. What has the ID or code of something that is there replaces it."""

    shop: SeedShop | None = None
    segments: list[SeedSegment] = []
    campaigns: list[SeedCampaign] = []
    promo_lists: list[SeedPromoList] = []
    blocks: list[SeedBlock] = []
    calls: list[SeedCall] = []


def read_seed(path: Path) -> SeedFile:
    """Read a seed file; raise WrongSeed in words for whoever wrote it."""
    try:
        if path.stat().st_size > LARGEST:
            raise WrongSeed(f"{path} has more than {LARGEST // 1024 // 1024} MB.")
        seed = SeedFile.model_validate(json.loads(path.read_bytes()))
    except OSError as error:
        raise WrongSeed(f"{path} cannot be read: {error.strerror}.") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise WrongSeed(f"{path}: {place}: {first['msg']}.") from None
    except (ValueError, RecursionError):
        raise WrongSeed(f"{path} is not valid JSON.") from None
    if seed.shop is None:
        raise WrongSeed(f"{path}: shop: it is missing. Its shop_id, secret and name are needed.")
    return seed

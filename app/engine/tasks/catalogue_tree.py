"""Importing categories and locations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from pydantic import ValidationError
from sqlalchemy import delete, or_, select, update

from app.engine.answers import first_words
from app.engine.jobs.registry import Remark, Row, Unfit, job
from app.engine.store.categories import Category
from app.engine.store.db import Db
from app.engine.store.jobs import Job
from app.engine.store.locations import Location
from app.engine.store.upsert import upsert
from app.engine.webhooks.outcome import ended
from app.rees46 import categories, locations
from app.rees46.operation import Shape
from app.rees46.values import absent, storable

S = TypeVar("S", bound=Shape)
Model = type[Category] | type[Location]
DELETED_AT_ONCE = 500
UNKNOWN = "There is no such category or location yet"
NOTHING_DELETED = "Some rows were left out, so no other category was deleted"


def element_of(kind: type[S]) -> Callable[[msgspec.Raw], S | str]:
    """Make what reads an element; a bare ID names one that is known already."""

    def read(raw: msgspec.Raw) -> S | str:
        try:
            said = msgspec.json.decode(raw)
            if isinstance(said, str | int) and not isinstance(said, bool):
                return str(said)
            storable(said)
            known = {key.strip(): value for key, value in said.items() if not absent(value)}
            return kind.model_validate(known, extra="ignore")
        except ValidationError as wrong:
            raise Unfit(first_words(wrong)) from None
        except (AttributeError, ValueError, msgspec.MsgspecError, RecursionError):
            raise Unfit("It is neither an object nor an ID") from None

    return read


def id_of(raw: msgspec.Raw) -> str:
    """Read an ID; an object is taken for its id."""
    found = element_of(_WithId)(raw)
    return found if isinstance(found, str) else found.id


class _WithId(Shape):
    id: str


def replaced(db: Db, job: Job) -> list[Remark] | None:
    """Delete the categories that the list did not name, some at a time."""
    if job.skipped:
        return [Remark(None, NOTHING_DELETED), *ended(db, job)]
    others = select(Category.id).where(
        Category.shop_id == db.shop.id, or_(Category.listed.is_(None), Category.listed != job.id)
    )
    some = db.scalars(others.limit(DELETED_AT_ONCE)).all()
    db.execute(delete(Category).where(Category.id.in_(some)))
    return None if len(some) == DELETED_AT_ONCE else ended(db, job)


@job("categories", check=element_of(categories.Category), close=replaced)
def replace_categories(
    db: Db, about: Mapping[str, Any], rows: Sequence[Row[categories.Category | str]]
) -> list[Remark]:
    """Make or change categories; those that no row names go at the end."""
    return _kept(
        db,
        Category,
        about["job"],
        rows,
        lambda one: {
            "external_id": one.id,
            "name": one.name,
            "parent": one.parent,
            "url": one.url,
            "alias": one.alias,
        },
    )


@job("category_update", check=element_of(categories.Category), close=ended)
def update_categories(db: Db, about: Mapping[str, Any], rows: Sequence[Row[categories.Category | str]]) -> list[Remark]:
    """Make or change categories, and leave the others alone."""
    return replace_categories(db, about, rows)


@job("category_removal", check=id_of, close=ended)
def remove_categories(db: Db, _about: Mapping[str, Any], rows: Sequence[Row[str]]) -> list[Remark]:
    """Delete categories."""
    known = _known(db, Category, [row.value for row in rows])
    db.execute(delete(Category).where(Category.shop_id == db.shop.id, Category.external_id.in_(known)))
    return [Remark(row.place, UNKNOWN, is_skipped=True) for row in rows if row.value not in known]


@job("locations", check=element_of(locations.Location), close=ended)
def put_locations(db: Db, about: Mapping[str, Any], rows: Sequence[Row[locations.Location | str]]) -> list[Remark]:
    """Make or change locations."""
    return _kept(
        db,
        Location,
        about["job"],
        rows,
        lambda one: {
            "external_id": one.id,
            "name": one.name,
            "parent": one.parent,
            "kind": one.type,
            "groups": one.group,
            "discount_percent": one.discount_percent,
            "search_level_up": one.search_level_up,
        },
    )


def _kept(
    db: Db, model: Model, job: int, rows: Sequence[Row[S | str]], columns: Callable[[S], dict[str, Any]]
) -> list[Remark]:
    """Keep described ones, and note that the job named those that stand there as a bare ID."""
    described = [columns(row.value) for row in rows if not isinstance(row.value, str)]
    named = {one["external_id"]: one for one in described}
    upsert(db, model, list(named.values()), key=("shop_id", "external_id"), shop_id=db.shop.id, listed=job)
    bare = [row for row in rows if isinstance(row.value, str)]
    known = _known(db, model, [str(row.value) for row in bare])
    db.execute(update(model).where(model.shop_id == db.shop.id, model.external_id.in_(known)).values(listed=job))
    return [Remark(row.place, UNKNOWN, is_skipped=True) for row in bare if row.value not in known]


def _known(db: Db, model: Model, ids: Sequence[str]) -> set[str]:
    return set(db.scalars(select(model.external_id).where(model.shop_id == db.shop.id, model.external_id.in_(ids))))

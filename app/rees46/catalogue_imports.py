"""What all imports of the catalogue have in common: how they are sent, answered and told of."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .operation import Http

WEBHOOK = Field(None, description="Address that is told how it ended")


def catalogue_import(
    method: Literal["POST", "PUT", "PATCH", "DELETE"], path: str, streams: str, also: tuple[str, ...] = ()
) -> Http:
    """Say how an import goes: JSON whose list `streams` may be long, 204 when it is accepted, 400 for wrong keys."""
    return Http(
        method,
        path,
        sends="json",
        secret="parameter",
        repeatable=True,
        success=204,
        wrong_key=400,
        wrong_secret=400,
        streams=streams,
        also=also,
    )

"""`python -m app.run --box`: REES46 in a box alone, at the root of its address, for test suites and other programs."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from app import engine
from app.seed_file import WrongSeed, read_seed

if TYPE_CHECKING:
    from app.config import Settings
    from app.seed_file import SeedFile

SIZES = ("small", "demo")


def prepare(settings: Settings, seed: str) -> str:
    """Bring the box's database up to date, seed it where nobody did yet, and say how it is called."""
    file = read_seed(Path(seed)) if seed and seed not in SIZES else None
    engine.upgrade(settings)
    if file is not None:
        _put(settings, file)
    elif seed:
        getattr(import_module("app.engine.seed"), seed)(settings)
    control = "" if settings.box_control else " With DESK46_BOX_CONTROL=true it could be controlled (docs/stage.md)."
    return f"{_keys(seed, file)}{control}"


def _put(settings: Settings, file: SeedFile) -> None:
    try:
        import_module("app.engine.control.new_shop").open_shop(settings, file)
    except import_module("app.engine.answers").Refusal as no:
        raise WrongSeed(f"The seed file: {no.message}.") from None


def _keys(seed: str, file: SeedFile | None) -> str:
    if file is not None and file.shop is not None:
        return f"Its shop has the shop_id {file.shop.shop_id} and the secret of the file."
    return "Its shop has the shop_id demo and the shop_secret demo-secret." if seed else "It holds what it held before."


def programs(host: str, port: int) -> list[list[str]]:
    """Name what serves it, and what does in the background what it accepted."""
    return [["web", "app.run.web", host, str(port), "wsgi:engine"], ["worker", "app.engine.worker.main"]]

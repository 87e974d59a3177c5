"""The nightly backup: one file a night in a folder, of which so many are kept."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.backup.write import back_up

if TYPE_CHECKING:
    from pathlib import Path

    from app.backup.write import Made
    from app.config import Settings

NAME = re.compile(r"desk46-\d{8}T\d{6}Z\.zip")


def back_up_nightly(settings: Settings) -> Made | None:
    """Make one more, then let go of the oldest; None where no folder is named."""
    folder = settings.backup_folder
    if folder is None:
        return None
    made = back_up(settings, folder / f"desk46-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.zip")
    for old in backups_in(folder)[: -settings.backup_keep]:
        old.unlink(missing_ok=True)
    return made


def backups_in(folder: Path) -> list[Path]:
    """List the nightly backups, oldest first; other files that lie there are nobody's to delete."""
    return sorted(path for path in folder.glob("desk46-*.zip") if NAME.fullmatch(path.name))

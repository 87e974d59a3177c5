"""What the doctor sees around the desk: addresses, proxies, the clock, disks, the worker."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import make_url

from app.pages.doctor.findings import Finding
from app.rees46.errors import Rees46Error
from app.rees46.promo_codes import Lists
from app.store import shops, workers
from app.web import filters
from app.web.http import arrivals
from app.web.rees46 import client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.pages.doctor.findings import Patient
    from app.rees46.client import Exchange
    from app.store.shops import Shop

MOUNTS = Path("/proc/self/mountinfo")  # Linux; elsewhere the kind of a disk is not told
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "ncpfs", "fuse.sshfs"}
CLOCK_SECONDS = 60
LITTLE, VERY_LITTLE = 1024**3, 200 * 1024**2  # bytes that are free


def address(patient: Patient) -> Iterator[Finding]:
    arrival = arrivals.last(patient.settings)
    if arrival and arrival.is_elsewhere:
        yield Finding(
            "address",
            "danger",
            _("People come by another address than DESK46_PUBLIC_URL says"),
            _(
                "They come by %(seen)s, and it says %(set)s. Links, cookies and the check of forms go by it.",
                seen=arrival.url,
                set=arrival.public_url,
            ),
            _(
                "Set DESK46_PUBLIC_URL to the address in people's browsers. If it is right, the proxy in front "
                "has to hand on scheme and host: let it send X-Forwarded-Proto and X-Forwarded-Host, and set "
                "DESK46_TRUSTED_PROXIES."
            ),
        )


def proxies(patient: Patient) -> Iterator[Finding]:
    arrival = arrivals.last(patient.settings)
    if arrival and arrival.is_unannounced:
        yield Finding(
            "proxies",
            "warning",
            _("A proxy stands in front that nobody announced"),
            _("Requests carry X-Forwarded headers, and they are not believed: everybody has the proxy's address."),
            _("Set DESK46_TRUSTED_PROXIES to the number of proxies in front of Desk46."),
        )
    if arrival and arrival.lacks_proxies:
        yield Finding(
            "proxies",
            "danger",
            _("Fewer proxies stand in front than DESK46_TRUSTED_PROXIES says"),
            _("A visitor can write the missing X-Forwarded headers, and is believed."),
            _("Set DESK46_TRUSTED_PROXIES to the number of proxies that every request goes through."),
        )


def clock(patient: Patient) -> Iterator[Finding]:
    """Ask the first shop whose REES46 is far away something harmless, and compare the moment of its answer."""
    far = (shop for shop in shops.in_use(patient.db) if shop.api_url or not patient.settings.in_a_box)
    shop = next(far, None)
    seconds = _seconds_ahead(shop) if shop else None
    if shop and seconds is not None and abs(seconds) > CLOCK_SECONDS:
        yield Finding(
            "clock",
            "danger",
            _("The clock of this machine is wrong"),
            ngettext(
                "It differs by %(num)s second from that of REES46 (%(shop)s). Dates and ends of sessions go by it.",
                "It differs by %(num)s seconds from that of REES46 (%(shop)s). Dates and ends of sessions go by it.",
                abs(seconds),
                shop=shop.name,
            ),
            _("Let the machine set its clock by NTP, such as timedatectl set-ntp true."),
        )


def _seconds_ahead(shop: Shop) -> int | None:
    """Compare this clock with the Date of an answer; None when there was none."""
    told: list[int] = []

    def compare(exchange: Exchange) -> None:
        if exchange.date:
            there = parsedate_to_datetime(exchange.date)
            told.append(round((datetime.now(UTC) - there.replace(tzinfo=there.tzinfo or UTC)).total_seconds()))

    with suppress(Rees46Error, ValueError):  # whoever says no has a clock, too; a Date that is none tells nothing
        client(shop, Lists(), record=compare).send(Lists())
    return told[0] if told else None


def worker(patient: Patient) -> Iterator[Finding]:
    if not workers.is_any_alive(patient.db):
        yield Finding(
            "worker",
            "danger",
            _("The worker is silent"),
            _("No worker said within half a minute that it is there: jobs, schedules and nightly backups stand still."),
            _(
                "Start python -m app.run.work beside the web server; python -m app.run does it by itself. If it runs, "
                "its log says why it cannot reach the database."
            ),
        )


def disk(patient: Patient) -> Iterator[Finding]:
    folders = {"DESK46_VAR": patient.settings.var, "DESK46_BACKUP_FOLDER": patient.settings.backup_folder}
    for name, folder in folders.items():
        if folder is None:
            continue
        try:
            free = shutil.disk_usage(folder).free
        except OSError:
            yield Finding(
                "disk",
                "danger",
                _("The folder of %(name)s is away", name=name),
                _("%(folder)s cannot be read.", folder=folder),
                _("Mount it, or name another folder."),
            )
            continue
        if free < LITTLE:
            yield Finding(
                "disk",
                "danger" if free < VERY_LITTLE else "warning",
                _("The disk of %(name)s is nearly full", name=name),
                _("%(free)s are free. On a full disk people can read and change nothing.", free=filters.size(free)),
                _("Make room, or move the folder to a larger disk. Old backups and logs are the first to go."),
            )


def network_disk(patient: Patient) -> Iterator[Finding]:
    settings = patient.settings
    urls = [make_url(url) for url in (settings.desk_database, *([settings.box_database] if settings.in_a_box else []))]
    files = [Path(url.database) for url in urls if url.get_backend_name() == "sqlite" and url.database]
    for folder in sorted({file.resolve().parent for file in files}):
        kind = _kind_of_disk(folder)
        if kind in NETWORK:
            yield Finding(
                "network_disk",
                "danger",
                _("SQLite lies on a network disk"),
                _(
                    "%(folder)s is on %(kind)s, where locks are not kept: the database can break.",
                    folder=folder,
                    kind=kind,
                ),
                _("Move DESK46_VAR to a disk of this machine, or use PostgreSQL."),
            )


def _kind_of_disk(folder: Path) -> str:
    """Name the file system of a folder: that of the longest mount point above it."""
    try:
        lines = MOUNTS.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    kinds = {}
    for line in lines:
        mounted, _dash, described = line.partition(" - ")
        place = mounted.split()[4].encode("latin-1", "replace").decode("unicode_escape")  # a space stands as \\040
        if folder.is_relative_to(place):
            kinds[place] = described.split()[0]
    return kinds[max(kinds, key=len)] if kinds else ""


CHECKS = (address, proxies, clock, worker, disk, network_disk)

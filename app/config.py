"""Settings: read once from the environment (DESK46_…), each one documented where it is declared."""

from __future__ import annotations

import os
import re
import tempfile
from email.utils import parseaddr
from functools import cached_property
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from phonenumbers import SUPPORTED_REGIONS
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from app.private_files import private_folder
from app.secret_key import SecretKey, kept_key

MOST_PROCESSES = 4  # where nobody says how many: each has the application in memory
ROLES = r"^(none|(viewer|support|marketer)(,(viewer|support|marketer))*)$"
GROUPS = r"^([^,=]+=(viewer|support|marketer|admin)(,[^,=]+=(viewer|support|marketer|admin))*)?$"
CATALOGUE = "catalogue"  # in DESK46_RATES: all imports of products, categories and their like
RATE = re.compile(r"(catalogue|\*|[a-z][a-z0-9_]{0,40}\.(?:\*|[A-Za-z0-9]{1,40}))=([1-9][0-9]{0,4})")
MAIL_SCHEMES = ("smtp", "smtps", "smtp+starttls")


class WrongSettingsError(Exception):
    """Desk46 cannot start with these settings; says in a line for each which it is and why, and never its value."""


def read() -> Settings:
    """Read the settings, for whoever starts Desk46; raises WrongSettingsError."""
    try:
        settings = Settings()
    except ValidationError as error:
        faults = error.errors(include_input=False)
        lines = (
            f"DESK46_{str(fault['loc'][0]).upper()}: {fault['msg'].removeprefix('Value error, ')}" for fault in faults
        )
        raise WrongSettingsError("\n".join(lines)) from None
    settings.try_folder()
    return settings


class Settings(BaseSettings):
    """Everything that may differ between two installations. All optional."""

    model_config = SettingsConfigDict(
        env_prefix="DESK46_", frozen=True, extra="ignore", env_ignore_empty=True, hide_input_in_errors=True
    )

    api_url: str = Field("", description="Base URL of the REES46 API. Empty: the REES46 in a box of this process.")
    var: Path = Field(Path("var"), description="Folder for SQLite files and the generated secret key.")
    database_url: str = Field("", description="What the dashboard remembers. Empty: SQLite in DESK46_VAR.")
    box_database_url: str = Field("", description="What REES46 in a box keeps. Empty: SQLite in DESK46_VAR.")
    secret_key: str = Field("", description="Signs sessions, encrypts secrets; new,old replaces. Empty: made once.")
    public_url: str = Field("http://127.0.0.1:8046", description="Address people use; https makes cookies secure.")
    link_domain: str = Field("", description="Base URL of the box's short links. Empty: DESK46_PUBLIC_URL/api.")
    session_idle_hours: float = Field(12, gt=0, le=720, description="Hours without a visit that end a session.")
    session_days: float = Field(7, gt=0, le=365, description="Days after which a session ends in any case.")
    oidc_issuer: str = Field("", description="Issuer of an OpenID provider for single sign-on. Empty: there is none.")
    oidc_client_id: str = Field("", description="What the provider calls Desk46.")
    oidc_client_secret: str = Field("", description="Secret of Desk46 at the provider.")
    oidc_groups: str = Field("", pattern=GROUPS, description="Roles of groups: admins=admin,help=support. Empty: none.")
    password_only_for: str = Field("", description="E-mail of the only one with a password. Empty: all have one.")
    trail_stream: str = Field("", description="File or syslog://host:514 that gets the trail. Empty: none does.")
    masked: str = Field("viewer,marketer", pattern=ROLES, description="Roles for whom contacts are masked, or none.")
    language: Literal["en", "ru"] = Field("en", description="Language before a person chooses one: en or ru.")
    time_zone: str = Field("UTC", description="IANA time zone of dates and days on the pages.")
    phone_region: str = Field("RU", description="Country whose rules read a phone number without a plus.")
    time_limit: float = Field(10.0, gt=0, le=120, description="Seconds a whole call to REES46 may take.")
    rates: str = Field(
        "catalogue=40", description="Calls a minute of a shop: catalogue=40,imports.*=30,links.Create=60."
    )
    smtp_url: str = Field(
        "", description="Mail server, such as smtp+starttls://user:password@host:587. Empty: no mail."
    )
    mail_from: str = Field("Desk46 <desk46@localhost>", description="From whom mail of Desk46 comes.")
    trusted_proxies: int = Field(0, ge=0, le=5, description="Reverse proxies in front whose X-Forwarded-* is believed.")
    box_import_rate: int = Field(
        40, ge=0, description="Catalogue imports a minute that the box takes of a shop. 0: any."
    )
    box_import_size: int = Field(35, ge=0, description="MB that a catalogue import to the box may weigh. 0: any.")
    private_shops: bool = Field(False, description="Shops may have addresses of REES46 that are not public.")
    box_shapes: Literal["seeds", "newest"] = Field(
        "seeds", description="Shapes in which the box answers: those that SDKs read, or the newest that are announced."
    )
    slow_request: float = Field(1.0, gt=0, description="Seconds from which a request logs what it cost.")
    metrics_token: str = Field("", description="Token that opens /metrics for Prometheus. Empty: there is no /metrics.")
    web_processes: int = Field(0, ge=0, le=64, description="Processes that serve pages. 0: one a core, at most 4.")
    box_private_webhooks: bool = Field(False, description="The box may post webhooks to private addresses.")
    box_control: bool = Field(False, description="The box has a control API for tests and training.")
    box_origins: str = Field(
        "", description="Sites whose scripts may call a controlled box, or *. Empty: those of this machine."
    )

    backup_folder: Path | None = Field(None, description="Folder of the nightly backups. Empty: none are made.")
    backup_keep: int = Field(7, ge=1, le=1000, description="How many of the nightly backups are kept.")

    @field_validator("secret_key")
    @classmethod
    def _keys(cls, keys: str) -> str:
        return ",".join(SecretKey.of(keys).parts) if keys else keys

    @field_validator("api_url", "public_url", "link_domain", "oidc_issuer")
    @classmethod
    def _address(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError("this is no http or https URL")
        return url

    @field_validator("rates")
    @classmethod
    def _calls_a_minute(cls, rates: str) -> str:
        if not all(RATE.fullmatch(rate.strip()) for rate in rates.split(",") if rate.strip()):
            raise ValueError("this is no list of rates; catalogue=40,imports.*=30 is one")
        return rates

    @field_validator("smtp_url")
    @classmethod
    def _mail_server(cls, url: str) -> str:
        try:
            parts = urlsplit(url)
            is_sound = parts.scheme in MAIL_SCHEMES and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            is_sound = False
        if url and not is_sound:
            raise ValueError("this is no mail server; smtp+starttls://user:password@host:587 is one")
        return url

    @field_validator("trail_stream")
    @classmethod
    def _stream(cls, place: str) -> str:
        parts = urlsplit(place)
        is_socket = parts.scheme == "syslog" and not parts.netloc and parts.path.startswith("/")
        is_host = parts.scheme in {"syslog", "syslog+tcp", "syslog+tls"} and parts.hostname and (parts.port or 1) > 0
        if place and not (place.startswith("/") or is_socket or is_host):
            raise ValueError("this is no file and no syslog; /var/log/desk46.jsonl or syslog+tls://host:6514 is one")
        return place

    @field_validator("mail_from")
    @classmethod
    def _sender(cls, sender: str) -> str:
        address = parseaddr(sender)[1]
        if "@" not in address or any(mark in sender for mark in "\r\n\0"):
            raise ValueError("this is no sender; Desk46 <desk46@example.com> is one")
        return sender

    @field_validator("database_url", "box_database_url")
    @classmethod
    def _database(cls, url: str) -> str:
        try:
            return url and make_url(url).render_as_string(hide_password=False)
        except (ArgumentError, ValueError):
            raise ValueError("this is no SQLAlchemy database URL") from None

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, name: str) -> str:
        try:
            return ZoneInfo(name).key
        except (LookupError, OSError, ValueError):
            raise ValueError("this is no IANA time zone; Europe/Moscow is one") from None

    @field_validator("phone_region")
    @classmethod
    def _region(cls, code: str) -> str:
        if code.upper() not in SUPPORTED_REGIONS:
            raise ValueError("this is no ISO 3166 code of a country with phones; RU is one")
        return code.upper()

    def try_folder(self) -> None:
        """Write to the folder of files, so that one that cannot be written to is known at the start."""
        try:
            private_folder(self.var)
            tempfile.TemporaryFile(dir=self.var).close()
        except OSError as error:
            reason = f"this folder cannot be written to: {error.strerror}"
            raise WrongSettingsError(f"DESK46_VAR: {reason}") from None

    @property
    def serving_processes(self) -> int:
        """How many processes serve pages."""
        return self.web_processes or min(len(os.sched_getaffinity(0)), MOST_PROCESSES)

    @property
    def measurements(self) -> Path:
        """Folder of what the processes of this host measured since they were started together."""
        return self.var / "metrics"

    @cached_property
    def call_rates(self) -> dict[str, int]:
        """How many calls a minute go to REES46 for a shop, by operation or by what counts together."""
        found = (RATE.fullmatch(rate.strip()) for rate in self.rates.split(","))
        return {rate[1]: int(rate[2]) for rate in found if rate}

    @property
    def in_a_box(self) -> bool:
        """Whether REES46 is answered by this very process."""
        return not self.api_url

    @property
    def over_https(self) -> bool:
        """Whether people come by https."""
        return self.public_url.lower().startswith("https:")

    def cookie_name(self, name: str) -> str:
        """Say what a cookie is called; over https `__Host-` keeps other hosts of the domain from setting it."""
        return f"__Host-{name}" if self.over_https else name

    @property
    def desk_database(self) -> str:
        """SQLAlchemy URL of the dashboard's own database."""
        return self.database_url or f"sqlite:///{self.var.resolve()}/desk.db"

    @property
    def box_database(self) -> str:
        """SQLAlchemy URL of the box's database."""
        return self.box_database_url or f"sqlite:///{self.var.resolve()}/box.db"

    @property
    def request_files(self) -> Path:
        """Folder of the bodies of calls that wait for the box's worker."""
        return self.var / "spool"

    @property
    def short_link_base(self) -> str:
        """What a short link starts with, without the closing slash."""
        return (self.link_domain or f"{self.public_url.rstrip('/')}/api").rstrip("/")

    @property
    def has_key(self) -> bool:
        """Whether there is a key already, so that none would be made now."""
        return bool(self.secret_key) or self.key_file.exists()

    @property
    def key_file(self) -> Path:
        """Where the key is kept that was made here."""
        return self.var / "secret_key"

    @cached_property
    def key(self) -> SecretKey:
        """The secret key: the given one, or one made at the first start and kept beside the data."""
        return SecretKey.of(self.secret_key or kept_key(self.key_file))

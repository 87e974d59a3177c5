"""URLs: kept byte for byte, or refused; a host on the web must be one that can exist."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from ipaddress import IPv6Address
from urllib.parse import unquote, urlsplit

import idna

from app.web.cells.tidying import Unfit, trimmed

LONGEST = 8000  # characters
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
WEB = ("http", "https")
WITH_A_HOST = {*WEB, "ftp", "ws", "wss"}
# What a browser would run, or open on the reader's own machine, instead of leading somewhere.
UNSAFE = {"about", "blob", "data", "file", "filesystem", "javascript", "livescript", "mhtml", "vbscript", "view-source"}
ODD = re.compile(r'[\x00-\x20\x7f-\xa0\u2000-\u200f\u2028-\u202f\u2060\u3000\ufeff\ud800-\udfff<>"]')
# A separator with a URL behind it; a list of URLs that is the value of a parameter belongs to its URL.
ANOTHER, LIST_OF_URLS = re.compile(r"[,;|\s]https?://"), re.compile(r"=https?:")
HIGHEST_PORT = 65535
LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
NUMBER = re.compile(r"\d+|0x[\da-f]*")  # a host that ends in it is an IPv4 address
BYTE = re.compile(r"0|[1-9]\d{0,2}")  # 010 is eight to a browser
BARE = re.compile(r"[\w-]+(\.[\w-]+)*\.[^\W\d_]{2,}(:\d+)?([/?#]\S*)?")


def read_url(text: str) -> str:
    """Give the URL as it stands, `example.com/page` with its https://; raise Unfit: `url`, or `urls` if several."""
    url = trimmed(text)
    if SCHEME.match(url) and ANOTHER.search(url) and not LIST_OF_URLS.search(url):
        raise Unfit("urls")
    url = f"https://{url}" if BARE.fullmatch(url) else url
    if len(url) > LONGEST or ODD.search(url) or not (scheme := SCHEME.match(url)):
        raise Unfit("url")
    if scheme.group(1).lower() in WITH_A_HOST:
        _hold_to_the_web(url)
    elif not url[scheme.end() :].strip("/") or scheme.group(1).lower() in UNSAFE or _mistyped(scheme.group(1).lower()):
        raise Unfit("url")
    return url


def looks_like_url(text: str) -> bool:
    """Whether it is meant as a URL: it has a scheme with something behind it, or a host with its domain."""
    url = trimmed(text)
    return bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]*:\S", url) or BARE.fullmatch(url))


def _mistyped(scheme: str) -> bool:
    """Whether a scheme is `https` mistyped, rather than an app's own."""
    return bool(get_close_matches(scheme, WEB, n=1, cutoff=0.8)) or scheme in {"ttp", "ttps", "hxxp", "hxxps"}


def _hold_to_the_web(url: str) -> None:
    """Raise Unfit unless it has `//`, a host of right labels and a port that exists."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        raise Unfit("url") from None
    after_scheme = url.partition(":")[2]
    has_slashes = after_scheme.startswith("//") and not after_scheme.startswith("///") and "\\" not in parts.netloc
    is_port_right = port is None or 1 <= port <= HIGHEST_PORT
    if not (has_slashes and is_port_right and _is_host(host, is_bracketed="[" in parts.netloc)):
        raise Unfit("url")


def _is_host(host: str, *, is_bracketed: bool) -> bool:
    if is_bracketed:
        return _is_ipv6(host)
    host = unquote(host).removesuffix(".")
    labels = host.split(".")
    if NUMBER.fullmatch(labels[-1]):
        return len(labels) == 4 and all(BYTE.fullmatch(label) and int(label) <= 255 for label in labels)
    if any(label.startswith("xn--") and not _is_punycode(label[4:]) for label in labels):
        return False
    if not host.isascii():
        try:
            labels = idna.encode(host, uts46=True).decode().split(".")
        except idna.IDNAError:
            return False
    return len(host) <= 253 and all(LABEL.fullmatch(label) for label in labels)  # as DNS has it


def _is_punycode(label: str) -> bool:
    """Whether it stands for letters that are none of ASCII, as browsers want it."""
    try:
        letters = label.encode().decode("punycode")
    except UnicodeError:
        return False
    return not letters.isascii() and unicodedata.normalize("NFKC", letters) == letters


def _is_ipv6(host: str) -> bool:
    try:
        IPv6Address(host if "%" not in host else "")  # a zone leads nowhere
    except ValueError:
        return False
    return True

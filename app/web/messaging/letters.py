"""An e-mail as it is looked at: drawn in a frame that may nothing, and checked for what mail programs trip over."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from flask import make_response
from flask_babel import gettext as _
from flask_babel import ngettext

if TYPE_CHECKING:
    from flask import Response

# The frame of a letter: its own styles and nothing else. No script, no picture of others, no form, no cookie.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'; base-uri 'none'"
)
CLIPPED = 102 * 1024  # bytes after which Gmail shows no more
LONGEST_SUBJECT = 78
NAMED = 20  # links and pictures that are listed
BLANKS = re.compile(r"[ \t\r\f\v]+")
BREAKS = {"p", "div", "br", "tr", "table", "h1", "h2", "h3", "h4", "li", "ul", "ol", "hr", "title"}
UNREAD = {"style", "script", "title", "head"}


@dataclass
class Link:
    """Where a link leads, and with which words."""

    url: str
    text: str = ""


@dataclass
class Picture:
    """A picture and what is read where it is not shown; None: it says nothing of that."""

    url: str
    alt: str | None

    @property
    def is_remote(self) -> bool:
        return not self.url.lower().startswith(("data:", "cid:"))


@dataclass
class Letter:
    """What was found in an e-mail."""

    subject: str
    links: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    text: str = ""  # its plain text, or what a program without HTML makes of it
    has_plain_text: bool = False
    knows_dark: bool = False
    remarks: list[str] = field(default_factory=list)


def framed(html: str) -> Response:
    """Answer with a letter for its frame."""
    answer = make_response(html)
    answer.mimetype = "text/html"
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def check(subject: str, html: str, plain: str) -> Letter:
    """Read a letter, and name what its readers or their programs would stumble over."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    letter = Letter(subject, reader.links, reader.pictures, plain or reader.words, bool(plain))
    letter.knows_dark = "prefers-color-scheme" in html or 'name="color-scheme"' in html
    letter.remarks = [*_of_words(letter, html), *_of_links(letter.links), *_of_pictures(letter.pictures)]
    if reader.has_script:
        letter.remarks.append(_("It has a script: mail programs take it out."))
    return letter


def words_of(html: str) -> str:
    """Give what is read of a letter: its words without HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.words


def _of_words(letter: Letter, html: str) -> list[str]:
    found = []
    if not letter.subject.strip():
        found.append(_("It has no subject."))
    if len(letter.subject) > LONGEST_SUBJECT:
        found.append(_("The subject has %(num)s characters; programs show about 78.", num=len(letter.subject)))
    if not letter.has_plain_text:
        found.append(_("It has no plain text of its own; below stands what is left of it without HTML."))
    if not letter.knows_dark:
        found.append(_("It says nothing of dark colours: programs may turn its colours round by themselves."))
    if (size := len(html.encode())) > CLIPPED:
        found.append(_("It has %(size)s KB; Gmail cuts letters off after 102.", size=size // 1024))
    return found


def _of_links(links: list[Link]) -> list[str]:
    found = []
    for link in links:
        name = link.text or link.url or _("a link without words")
        if not link.url or link.url.startswith("#"):
            found.append(_("“%(link)s” leads nowhere.", link=name[:60]))
        elif link.url.lower().startswith("http://"):
            found.append(_("“%(link)s” is not https.", link=link.url[:80]))
        elif not re.match(r"(?i)(https://\S+|mailto:\S+@|tel:|sms:)", link.url):
            found.append(_("“%(link)s” is no address that a mail program can open.", link=link.url[:80]))
        if not link.text:
            found.append(_("The link to %(link)s has no words.", link=link.url[:80]))
    return list(dict.fromkeys(found))


def _of_pictures(pictures: list[Picture]) -> list[str]:
    found = []
    if silent := sum(picture.alt is None for picture in pictures):
        found.append(
            ngettext(
                "%(num)s picture has no words for where it is not shown (alt).",
                "%(num)s pictures have no words for where they are not shown (alt).",
                silent,
            )
        )
    if any(not picture.url for picture in pictures):
        found.append(_("A picture has no address."))
    if any(picture.url.lower().startswith("http://") for picture in pictures):
        found.append(_("A picture is not https: programs warn of it or leave it out."))
    return found


class _Reader(HTMLParser):
    """Reads links, pictures and words off HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.pictures: list[Picture] = []
        self.has_script = False
        self._within: list[Link] = []
        self._unread: list[str] = []
        self._words: list[str] = []

    @property
    def words(self) -> str:
        lines = [BLANKS.sub(" ", line).strip() for line in "".join(self._words).split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.has_script = self.has_script or tag == "script"
        if tag in UNREAD:
            self._unread.append(tag)
        if tag == "body":
            self._unread.clear()
        if tag in BREAKS:
            self._words.append("\n")
        if tag == "a":
            self._within.append(Link((given.get("href") or "").strip()))
            self.links.append(self._within[-1])
        if tag == "img":
            alt = given["alt"] or "" if "alt" in given else None
            self.pictures.append(Picture((given.get("src") or "").strip(), alt))
            self.handle_data(alt or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unread:
            while self._unread.pop() != tag:
                pass
        if tag == "a" and self._within:
            self._within.pop()
        if tag in BREAKS or tag == "td":
            self._words.append("\n" if tag in BREAKS else " ")

    def handle_data(self, data: str) -> None:
        if self._unread:
            return
        self._words.append(data.replace("\n", " "))
        if self._within:
            self._within[-1].text += data.strip()

"""Making links, as work in parts: written down before they are sent; one bad URL never stops the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.pages.links.conflicts import Weighed, is_outdated, weigh
from app.pages.links.drafts import restored
from app.pages.links.tags import campaign_of
from app.rees46 import links
from app.rees46.errors import NotAllowed, Rees46Error, Refused, TooMany
from app.store import link_batches, short_links
from app.store.link_batches import LinkBatch
from app.store.short_links import ShortLink, Taken
from app.web.context import desk
from app.web.page import MARKETERS
from app.web.rees46 import About, act, new_act
from app.web.shops import shop
from app.web.sign_in.login import me
from app.work.batches import batch_of, queue
from app.work.kinds import Progress, kind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.acts import Act
    from app.store.works import Work
    from app.web.rees46 import Ended

KIND = "links.batch"
AT_ONCE = 100  # links in one call
LONGEST = 1000  # characters of a short link


def begin(batch: LinkBatch, choices: Mapping[int, str]) -> bool:
    """Put what was decided into the ledger; False when there is nothing to make, or a choice is out of date."""
    with desk().writing() as db:
        weighed = weigh(db, batch.shop_id, restored(batch.rows))
        fates = [(one, one.fate(choices.get(one.draft.row, ""))) for one in weighed]
        if is_outdated(weighed, choices) or all(fate == "leave" for _one, fate in fates):
            return False
        rows = [one.draft.kept() | {"fate": fate, "reuse": one.same.key if one.same else None} for one, fate in fates]
        if link_batches.begin(db, batch.id, rows):
            make = [_waiting(batch, one) for one, fate in fates if fate == "make"]
            db.add_all(make)
            if make:
                queue(db, KIND, batch.key, total=len(make), act=_act(batch, fates))
    return True


def _act(batch: LinkBatch, fates: Sequence[tuple[Weighed, str]]) -> Act | None:
    """Make one act of many links, or of an own code that leads elsewhere from then on; a single new link is its own."""
    made = [one for one, fate in fates if fate == "make"]
    if len(made) == 1 and not made[0].replaces:
        return None
    replaced = sum(bool(one.replaces) for one in made)
    return new_act("links.Batch", shop(), About(), {"batch": batch.key, "links": len(made), "replaced": replaced})


def _waiting(batch: LinkBatch, one: Weighed) -> ShortLink:
    draft = one.draft
    return ShortLink(
        shop_id=batch.shop_id,
        batch_id=batch.id,
        person=me().name,
        source=draft.url,
        digest=draft.digest,
        campaign=campaign_of(draft.url),
        lifetime=draft.days,
        domain=draft.domain,
        code=draft.code,
        is_own=bool(draft.code),
    )


def take_back(db: Session, work: Work) -> None:
    """Lead URLs of which no link was made back to where it is decided about them."""
    batch = batch_of(db, LinkBatch, work)
    batch.state = "draft"
    link_batches.forget_waiting(db, batch.id)


@kind(
    KIND,
    label=_l("Create short links"),
    page="links.batch",
    needs=MARKETERS,
    is_repeatable=False,
    taken_back=take_back,
)
def make_some(work: Work) -> Progress:
    """Make as many links as fit into a call."""
    with desk().reading() as db:
        batch = batch_of(db, LinkBatch, work)
        part = short_links.waiting(db, batch.id, AT_ONCE)
    if part:
        _make(part)
    with desk().reading() as db:
        counts = short_links.counts(db, batch.id)
    made, waiting = counts.get("made", 0) + counts.get("replaced", 0), counts.get("waiting", 0)
    return Progress(made, sum(counts.values()), counts.get("refused", 0), is_over=not waiting)


def _make(part: Sequence[ShortLink]) -> bool:
    """Make some links; False when somebody else is at them.

    REES46 makes all of a call or none: a refused call is halved until the bad URL stands alone.
    """
    about = About(
        before=_before(part),
        begun=lambda db, row: short_links.take(db, part, row.id),
        ended=lambda db, ended: _keep(db, part, ended),
    )
    try:
        act(_call(part), about)
    except Taken:
        return False
    except Rees46Error as error:
        if not _is_about_one(error):
            raise
        half = (len(part) + 1) // 2
        return len(part) == 1 or (_make(part[:half]) and _make(part[half:]))
    return True


def _is_about_one(error: Exception | None) -> bool:
    """Whether REES46 refused a URL rather than the shop or the number of calls."""
    return isinstance(error, Refused) and not isinstance(error, NotAllowed | TooMany)


def _call(part: Sequence[ShortLink]) -> links.Create:
    wanted = []
    for one in part:
        said = {"url": one.source, "lifetime": one.lifetime}
        said |= {"code": one.code} if one.is_own else {}
        said |= {"domain": one.domain} if one.domain else {}
        wanted.append(links.Link.model_validate(said))
    return links.Create(links=wanted)


def _before(part: Sequence[ShortLink]) -> dict[str, str | None] | None:
    """Say where own codes led until now."""
    with desk().reading() as db:
        found = short_links.living_by_code(db, part[0].shop_id, (one.code or "" for one in part if one.is_own))
    return {code: link.source for (_domain, code), link in found.items()} or None


def _keep(db: Session, part: Sequence[ShortLink], ended: Ended) -> None:
    """Keep what came back, in the order in which it was asked for; what was surely not made may be made later."""
    is_bad_alone = ended.state == "refused" and len(part) == 1 and _is_about_one(ended.error)
    if ended.state in {"refused", "failed"} and not is_bad_alone:
        short_links.let_go(db, ended.act.id)
    if ended.state != "done":
        return
    given = [reply.url for reply in ended.reply]
    if len(given) == len(part) and all(len(short) <= LONGEST and "\0" not in short for short in given):
        for one, short in zip(part, given, strict=True):
            short_links.made(db, one, short)

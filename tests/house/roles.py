"""Who may do what, as docs/roles.md says it."""

import re
from functools import cache

from tests.house.repository import ROOT

ROW = re.compile(r"\| `(\w+)` \| ([^|]+) \| ([^|]+) \|([^|]*)\|")
EXCEPT = re.compile(r"(look|do) ((?:`\w+`(?:, )?)+): ([\w, ]+)")
KINDS = {"look": "GET", "do": "POST"}
WORDS = {"everybody": {"viewer", "support", "marketer"}, "admin": set(), "–": set()}
ANYBODY = "anybody"


@cache
def table():
    """The roles by (page, method), and by (page.view, method) where a view differs; strangers are a role here."""
    roles = {}
    for page, look, do, but in ROW.findall((ROOT / "docs/roles.md").read_text()):
        roles[page, "GET"], roles[page, "POST"] = roles_in(look), roles_in(do)
        parts = [part.strip() for part in but.split(";") if part.strip()]
        for kind, views, who in (EXCEPT.fullmatch(part).groups() for part in parts):
            for view in re.findall(r"`(\w+)`", views):
                assert (f"{page}.{view}", KINDS[kind]) not in roles, view
                roles[f"{page}.{view}", KINDS[kind]] = roles_in(who)
    return roles


def roles_in(words):
    return frozenset(WORDS.get(words, set(words.split(", "))))


def may(endpoint, method):
    """Who may use a view, besides administrators."""
    page = endpoint.rpartition(".")[0]
    return table().get((endpoint, method), table().get((page, method)))

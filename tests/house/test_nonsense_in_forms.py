"""No text breaks a form: every form that a walk through the desk meets is filled with nonsense and sent."""

from io import BytesIO
from itertools import islice
from urllib.parse import urlsplit

from tests.page import FIELDS, TOKEN, filled

NONSENSE = [
    "",
    " \t\r\n ",
    "\x00",
    "\ufffe\u202e\u200b",
    "9" * 400,
    "1e999",
    "-1",
    "'\"<>{{ 7 * 7 }}{% if %}",
    "а" * 5000,
    "٣٤",
    "0000-00-00",
    "http://[",
    "https://" + "x" * 300 + ".example/",
    "a@b@c",
    "a@" + "b" * 70 + ".example",
    "+" + "9" * 40,
    "\U0001f6b2" * 300,
    '[]{}"',
    "..",
    "NULL",
    "\\u0000%00%ff",
    "2026-13-45T99:99",
    "1,2;3\t4\n5",
]
FILES = [b"", b"\x00" * 300, b"\xff\xfe\x00", b"PK\x03\x04" + b"x" * 50, b'"', b"a;b;c\n" * 3, b"\n\n\n", b"x" * 70_000]
ENDS_THE_SESSION = "/account/sign-out"
PAGES = 70


def walk(visitor, *starts, may_be=frozenset()):
    """Follow links from page to page, each kind of address twice; gives the pages with their forms.

    None may be a fault, but for those of REES46, where a caller brings them about.
    """
    waiting, met = list(starts), {}
    while waiting:
        path = waiting.pop(0)
        answer = visitor.client.get(path, follow_redirects=True)
        assert answer.status_code < 500 or answer.status_code in may_be, (path, answer.status_code)
        if answer.mimetype != "text/html":
            continue
        page = visitor._seen(answer, whole=False)
        yield page
        for link in page.tree.cssselect("a[href^='/'], [hx-get^='/']"):
            address = link.get("href") or link.get("hx-get")
            kind = "".join(sign for sign in urlsplit(address).path if not sign.isdigit())
            if met.setdefault(kind, 0) < 2 and not address.startswith(("/api", ENDS_THE_SESSION)):
                met[kind] += 1
                waiting.append(address)


def nonsense(form, number, token):
    """What a form sends when all that can be typed is nonsense and a choice is one that was never offered."""
    data = filled(form)
    for place, field in enumerate(field for field in form.iter(*FIELDS) if field.get("name")):
        name, kind, value = field.get("name"), field.get("type", "text"), NONSENSE[(number + place) % len(NONSENSE)]
        if kind == "file":
            data[name] = (BytesIO(FILES[(number + place) % len(FILES)]), f"{value[:20]}.xlsx")
        elif name != "csrf_token" and (kind != "hidden" or number % 2):
            data[name] = value
    return data | {"csrf_token": token}


def test_no_nonsense_in_a_form_breaks_the_desk(admin):
    wrong, sent, seen = [], 0, set()
    token = TOKEN.search(admin.client.get("/account/").get_data(as_text=True))[1]
    anna = admin.get("/customers/").press("Find", within="main", who="anna.kowalska@example.com").path
    for page in islice(walk(admin, "/", anna), PAGES):
        for form in page.tree.iter("form"):
            action, method = form.get("action") or page.path, form.get("method", "get").lower()
            key = ("".join(sign for sign in action if not sign.isdigit()), tuple(sorted(filled(form))))
            if key in seen or action.startswith(ENDS_THE_SESSION):
                continue
            seen.add(key)
            for number in (sent, sent + 7):
                sent += 1
                data = nonsense(form, number, token)
                send = {"query_string": data} if method == "get" else {"data": data}
                answer = admin.client.open(action, method=method.upper(), **send)
                answer.close()  # of an unread file
                if answer.status_code >= 500:
                    wrong.append(f"{answer.status_code} {method} {action} {data}"[:400])
    assert sent > 100
    assert not wrong, "\n".join(wrong)

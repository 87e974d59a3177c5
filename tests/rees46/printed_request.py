"""The request that a document prints, read from its curl or its endpoint line, and where an example differs from it."""

import json
import re
import shlex
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

KEYS = {"shop_id", "shop_secret"}
# What documents print where the reader's own value belongs: ..., EMAIL, DeviceID, SEGMENT[A or B], {%category_id%}, :id
PLACEHOLDER = re.compile(r"\.{3}|DeviceID|YYYY-MM-DD|[A-Z][A-Z_]+(\[.*\]|_A_or_B)?|\{%\w+%\}|:\w+")
WITH_BODY = ("-d", "--data", "--data-raw", "--data-binary")


@dataclass(frozen=True)
class Request:
    """A method, a path, and what is said besides the shop's keys, by place: `items.0.id`."""

    method: str
    path: str
    values: dict[str, str]


def read(printed: str, body: object = None) -> Request:
    """Read `curl …` or `POST https://…`; the body is the JSON that is printed below it."""
    words = shlex.split(printed)
    if words[0] != "curl":
        return request_of(words[0], words[1], body)
    method, data, url = None, None, ""
    rest = iter(words[1:])
    for word in rest:
        if word in ("-X", "--request"):
            method = next(rest)
        elif word in WITH_BODY:
            data = next(rest)
        elif word in ("-H", "--header"):
            next(rest)
        elif word.startswith("http") or (not url and "=" in word):
            url = f"{word}?{url}" if url else word  # one curl of the reference prints its query as a second URL
    if data is not None and not data.startswith("@"):
        body = (body or json.loads(data)) if data.startswith("{") else query(data)
    return request_of(method or ("GET" if body is None else "POST"), url, body)


def request_of(method: str, url: str, body: object) -> Request:
    address = urlsplit(url)
    said = query(address.query) | dict(body or {})
    return Request(method, address.path, parameters(said))


def query(text: str) -> dict[str, object]:
    return dict(parse_qsl(text.replace("+", "%2B"), keep_blank_values=True))  # printed phones have a bare plus


def parameters(said: dict[str, object]) -> dict[str, str]:
    by_place = {key.replace("[", ".").replace("]", ""): value for key, value in said.items() if key not in KEYS}
    return flat(by_place) if by_place else {}


def flat(value: object, place: str = "") -> dict[str, str]:
    """Every value by its place, in the form in which it travels."""
    if isinstance(value, dict | list) and value:
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return {key: leaf for name, item in items for key, leaf in flat(item, f"{place}.{name}".strip(".")).items()}
    return {place: value if isinstance(value, str) else json.dumps(value)}


def example_request(request: dict[str, object]) -> Request:
    """What an example says is sent; a parameter that stands in the path is said there."""
    in_path = set(str(request["path"]).split("/"))
    said = dict(request["parameters"])  # type: ignore[call-overload]  # plain JSON
    beside = {key: value for key, value in said.items() if not (isinstance(value, str) and value in in_path)}
    return Request(str(request["method"]), str(request["path"]), parameters(beside))


def differences(example: Request, printed: Request) -> set[str]:
    """The first names of what differs: `method`, `path`, a parameter. A placeholder is any value."""
    differing = {"method"} if example.method != printed.method else set()
    steps = list(zip(example.path.split("/"), printed.path.split("/"), strict=False))
    if example.path.count("/") != printed.path.count("/") or any(not same(*pair) for pair in steps):
        differing.add("path")
    places = example.values.keys() | printed.values.keys()
    missing = object()
    pairs = {place: (example.values.get(place, missing), printed.values.get(place, missing)) for place in places}
    return differing | {place.partition(".")[0] for place, pair in pairs.items() if not same(*pair)}


def same(given: object, printed: object) -> bool:
    return given == printed or (isinstance(given, str) and isinstance(printed, str) and is_placeholder(printed))


def is_placeholder(printed: str) -> bool:
    return PLACEHOLDER.fullmatch(printed) is not None

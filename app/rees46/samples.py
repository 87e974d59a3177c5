"""The same call in the languages of integrators: what is shown runs as it is, with the secret in $REES46_SECRET."""

from __future__ import annotations

import json
from textwrap import indent
from typing import TYPE_CHECKING, Any

from .request import SECRET_HEADER, STAND_IN, Call, flattened

if TYPE_CHECKING:
    from pydantic import JsonValue

    from .operation import Operation

PYTHON_SECRET = 'environ["REES46_SECRET"]'
JAVASCRIPT_SECRET = "process.env.REES46_SECRET"
CARRIED_AS = {"query": "params", "form": "data", "json": "json"}


def samples(op: Operation[Any], base_url: str, shop_id: str) -> dict[str, str]:
    """Write a call for a shell, for Python and for JavaScript, by the names of these."""
    call = Call(op, base_url, shop_id, STAND_IN)
    return {"curl": call.curl(), "Python": python(call), "JavaScript": javascript(call)}


def python(call: Call) -> str:
    """Write it with requests, which most know."""
    parts = [json.dumps(call.address), f"{CARRIED_AS[call.sends]}={_literal(_said(call))}"]
    if SECRET_HEADER in call.headers:
        parts.append(f'headers={{"{SECRET_HEADER}": {PYTHON_SECRET}}}')
    inside = "".join(indent(part, "    ") + ",\n" for part in parts)
    text = f"answer = requests.{call.method.lower()}(\n{inside})\nprint(answer.status_code, answer.text)\n"
    needed = ["from os import environ\n"] if PYTHON_SECRET in text else []
    return "\n".join([*needed, "import requests\n", text])


def _literal(value: JsonValue) -> str:
    """Write a value for Python, an entry a line."""
    if value == STAND_IN:
        return PYTHON_SECRET
    if isinstance(value, dict) and value:
        inside = [f"{json.dumps(name, ensure_ascii=False)}: {_literal(entry)}" for name, entry in value.items()]
        return "{\n" + indent(",\n".join(inside), "    ") + ",\n}"
    if isinstance(value, list) and value:
        return "[" + ", ".join(map(_literal, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def javascript(call: Call) -> str:
    """Write it with fetch, which browsers and Node have; the secret belongs to no browser."""
    said = json.dumps(_said(call), ensure_ascii=False, indent=2)
    address, options = json.dumps(call.address), {"method": json.dumps(call.method)}
    headers = [name for name in ("Content-Type", SECRET_HEADER) if name in call.headers]
    if headers:
        named = ", ".join(f"{json.dumps(name)}: {json.dumps(call.headers[name])}" for name in headers)
        options["headers"] = f"{{ {named} }}"
    if call.sends == "query":
        before = f"const query = new URLSearchParams({said});\n"
        address = f"`{call.address}?${{query}}`"
    else:
        made = "JSON.stringify(said)" if call.sends == "json" else "new URLSearchParams(said)"
        before, options["body"] = f"const said = {said};\n", made
    if options == {"method": '"GET"'}:
        asked = f"fetch({address})"
    else:
        inside = "".join(f"  {name}: {value},\n" for name, value in options.items())
        asked = f"fetch({address}, {{\n{inside}}})"
    text = f"{before}const answer = await {asked};\nconsole.log(answer.status, await answer.text());\n"
    return text.replace(f'"{STAND_IN}"', JAVASCRIPT_SECRET)


def _said(call: Call) -> dict[str, JsonValue]:
    return call.params if call.sends == "json" else dict(flattened(call.params))

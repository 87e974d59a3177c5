"""Keep the Russian of Desk46: `update` collects the words, `compile` builds what Flask-Babel reads, `check` judges.

English is the source, in the code. Each page keeps its Russian in its own folder: app/pages/<name>/ru.po has the
words of that folder and of templates/<name>/. All else is in app/web/ru.po.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
COMPILED = Path("app/translations/ru/LC_MESSAGES/messages.mo")
KEYWORDS = DEFAULT_KEYWORDS | {
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
}
METHODS = {".py": "python", ".html": "jinja2", ".txt": "jinja2"}
HEADER = """\
msgid ""
msgstr ""
"Language: ru\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
"(n%100<10 || n%100>=20) ? 1 : 2);\\n"

"""

Key = tuple[object, str | None]


def update(root: Path = ROOT) -> None:
    """Write every ru.po anew: keep translations, take along those of words that moved, drop words no longer used.

    What another folder says for the same English is offered, marked as fuzzy: it may mean something else here.
    """
    known = {_key(message): message for path in catalogues(root) for message in _translated(path)}
    wanted = {path: extract(sources) for path, sources in owners(root).items()}
    used = Counter(_key(message) for catalog in wanted.values() for message in catalog)
    for path, words in wanted.items():
        catalog = _read(path)
        catalog.update(words, no_fuzzy_matching=True)
        for message in catalog:
            if message.id and not _is_whole(message) and (found := known.get(_key(message))):
                message.string = found.string
                if used[_key(message)] > 1:
                    message.flags.add("fuzzy")
        _write(path, catalog)


def compile_all(root: Path = ROOT) -> None:
    """Merge every ru.po into the one file that Flask-Babel reads, unless it is younger than all of them."""
    target = root / COMPILED
    sources = [*catalogues(root), Path(__file__)]
    if target.exists() and all(path.stat().st_mtime < target.stat().st_mtime for path in sources):
        return
    merged = Catalog(locale="ru")
    for path in catalogues(root):
        for message in _translated(path):
            merged.add(message.id, message.string, context=message.context)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        write_mo(file, merged)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(target)


def check(root: Path = ROOT) -> list[str]:
    """Say what is wrong with the Russian, one sentence each; an empty list is good news."""
    faults = [fault for path, sources in owners(root).items() for fault in _faults(path, sources, root)]
    seen: dict[Key, tuple[Path, Message]] = {}
    for path in catalogues(root):
        for message in _translated(path):
            first_path, first = seen.setdefault(_key(message), (path, message))
            if first.string != message.string:
                places = f"{first_path.relative_to(root)} and {path.relative_to(root)}"
                faults.append(f"{places}: {message.id!r} is translated in two ways")
    return faults


def owners(root: Path) -> dict[Path, list[Path]]:
    """Tell which sources each ru.po answers for."""
    found: dict[Path, list[Path]] = {root / "app/web/ru.po": []}
    for path in sorted(_sources(root)):
        found.setdefault(_owner(path, root), []).append(path)
    return found


def catalogues(root: Path) -> list[Path]:
    return sorted((root / "app").rglob("ru.po"))


def extract(sources: list[Path]) -> Catalog:
    """Collect the words of these files."""
    catalog = Catalog(locale="ru")
    for path in sources:
        words = extract_from_file(METHODS[path.suffix], path, KEYWORDS, options={"silent": "false"})
        for _line, text, _comments, context in words:
            catalog.add(text, context=context)
    return catalog


def _sources(root: Path) -> Iterator[Path]:
    for folder in ("app", "templates"):
        yield from (path for path in (root / folder).rglob("*") if path.suffix in METHODS and path.is_file())


def _owner(path: Path, root: Path) -> Path:
    match path.relative_to(root).parts:
        case ("app", "pages", name, _, *_):
            return root / "app/pages" / name / "ru.po"
        case ("templates", name, _, *_) if (root / "app/pages" / name).is_dir():
            return root / "app/pages" / name / "ru.po"
    return root / "app/web/ru.po"


def _faults(path: Path, sources: list[Path], root: Path) -> Iterator[str]:
    wanted = {_key(message): message for message in extract(sources) if message.id}
    catalog = _read(path)
    present = {_key(message): message for message in catalog if message.id}
    name = path.relative_to(root)
    for key in wanted.keys() - present.keys():
        yield f"{name}: {key[0]!r} is missing (make strings adds it)"
    for key in present.keys() - wanted.keys():
        yield f"{name}: {key[0]!r} is no longer used (make strings drops it)"
    for message in present.values():
        if message.fuzzy:
            yield f"{name}: {message.id!r} is only offered, as another page has it; if it fits, take “fuzzy” off"
        elif not _is_whole(message):
            yield f"{name}: {message.id!r} is not translated"
        else:
            yield from (f"{name}: {message.id!r}: {error}" for error in message.check(catalog))


def _translated(path: Path) -> Iterator[Message]:
    return (message for message in _read(path) if message.id and not message.fuzzy and _is_whole(message))


def _is_whole(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, (tuple, list)) else bool(message.string)


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="ru")
    with path.open("rb") as file:
        return read_po(file, locale="ru")


def _write(path: Path, catalog: Catalog) -> None:
    """Leave out dates, line numbers and versions, so that a difference is always one of words."""
    if not len(catalog):
        path.unlink(missing_ok=True)
        return
    with path.open("wb") as file:
        file.write(HEADER.encode())
        write_po(
            file,
            catalog,
            width=110,
            no_location=True,
            omit_header=True,
            sort_output=True,
            ignore_obsolete=True,
        )


def _key(message: Message) -> Key:
    return message.id, message.context


def main(command: str = "") -> int:
    faults = check() if command == "check" else []
    commands: dict[str, Callable[[], None]] = {
        "update": update,
        "compile": compile_all,
        "check": lambda: None,
    }
    if command not in commands:
        print("usage: tools/strings.py update | compile | check", file=sys.stderr)
        return 2
    commands[command]()
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))

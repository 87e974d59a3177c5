"""A template cut into texts, `{{ outputs }}` and `{% tags %}`."""

from __future__ import annotations

from collections.abc import Iterator


class Source:
    """The pieces of a template in their order, and the line that the reading has come to."""

    def __init__(self, pieces: list[str], line: int = 1, *, is_of_lines: bool = False) -> None:
        self.line = line
        self.is_of_lines = is_of_lines  # inside `{% liquid %}` each line is a tag
        self._pieces = iter(pieces)

    def next(self) -> str | None:
        piece = next(self._pieces, None)
        if piece is not None:
            self.line += 1 if self.is_of_lines else piece.count("\n")
        return piece


def source_of(template: str) -> Source:
    return Source(list(_cut(template)))


def lines_of(markup: str, line: int) -> Source:
    """Cut what stands in `{% liquid %}`."""
    lines = markup.split("\n")
    while lines and not lines[-1]:
        lines.pop()
    return Source(lines, line, is_of_lines=True)


def _cut(template: str) -> Iterator[str]:
    """Cut at `{%` and `{{`. An output ends at its first `}`, a tag at its first `%}`; what never ends stays alone."""
    begin, tag, output = 0, template.find("{%"), template.find("{{")
    while tag >= 0 or output >= 0:
        start = min(place for place in (tag, output) if place >= 0)
        if start > begin:
            yield template[begin:start]
        begin = _end(template, start, is_tag=start == tag)
        yield template[start:begin]
        if 0 <= tag < begin:
            tag = template.find("{%", begin)
        if 0 <= output < begin:
            output = template.find("{{", begin)
    if begin < len(template):
        yield template[begin:]


def _end(template: str, start: int, *, is_tag: bool) -> int:
    end = template.find("%}" if is_tag else "}", start + 2)
    if end < 0:
        return start + 2
    return end + 2 if is_tag or template.startswith("}}", end) else end + 1

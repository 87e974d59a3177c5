"""What the reader of spreadsheets does not tell of cells, taken from the XML of XLSX and ODS files.

Errors and formulas whose value nobody computed come as empty, and a number that is shown with zeros before it loses
them: `corrections` gives such cells as people see them. It runs in the child that opens the file (`xlsx_child`).
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal
from xml.etree.ElementTree import Element, iterparse

from app.web.cells.spreadsheet_errors import NOT_COMPUTED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

Corrections = dict[tuple[int, int], str]  # by row and column, from 0
PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
ZEROS = re.compile(r"0{2,}")
SHOWN_ZEROS = re.compile(r"0\d+")
MOST = 100_000  # corrected cells; a file with more is read without
FARTHEST = 200  # columns
MAIN, OFFICE, TABLE, TEXT = (
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}",
    "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}",
    "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}",
)
ERROR_OF_ODS = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def corrections(content: IO[bytes], sheet: str) -> Corrections:
    """Find the cells of a sheet that are something else than the reader says."""
    with zipfile.ZipFile(content) as packed:
        names = set(packed.namelist())
        if "content.xml" in names:
            return dict(_first(_of_ods(packed, sheet)))
        path = _path_of(packed, sheet) if "xl/workbook.xml" in names else None
        return dict(_first(_of_xlsx(packed, path))) if path in names and path else {}


def _first(found: Iterator[tuple[tuple[int, int], str]]) -> Iterator[tuple[tuple[int, int], str]]:
    for _count, cell in zip(range(MOST), found, strict=False):
        yield cell


def _elements(xml: bytes, *events: Literal["start", "end"]) -> Iterator[tuple[str, Element]]:
    yield from iterparse(BytesIO(xml), events)  # noqa: S314  # in a child within limits, see app/web/tables/xlsx_child.py


def _path_of(packed: zipfile.ZipFile, sheet: str) -> str | None:
    """Where in the file a sheet stands."""
    links = {
        one.get("Id"): one.get("Target", "")
        for _event, one in _elements(packed.read("xl/_rels/workbook.xml.rels"), "end")
    }
    for _event, one in _elements(packed.read("xl/workbook.xml"), "end"):
        if one.tag == f"{MAIN}sheet" and one.get("name") == sheet:
            target = links.get(one.get(LINK), "")
            return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return None


def _of_xlsx(packed: zipfile.ZipFile, path: str) -> Iterator[tuple[tuple[int, int], str]]:
    widths, sheet = _zeros_of_styles(packed), packed.read(path)
    if not widths and b"<f" not in sheet and b't="e"' not in sheet:
        return
    for _event, cell in _elements(sheet, "end"):
        if cell.tag == f"{MAIN}row":
            cell.clear()  # its cells were looked at
        elif cell.tag == f"{MAIN}c" and (place := PLACE.fullmatch(cell.get("r", ""))):
            said = _cell_of_xlsx(cell, widths.get(cell.get("s", ""), 0))
            if said is not None:
                yield (int(place[2]) - 1, _column(place[1])), said


def _cell_of_xlsx(cell: Element, width: int) -> str | None:
    value = cell.findtext(f"{MAIN}v") or ""
    if cell.get("t") == "e":
        return value or NOT_COMPUTED
    if cell.find(f"{MAIN}f") is not None and not value and cell.get("t") != "str":
        return NOT_COMPUTED
    return value.zfill(width) if width and cell.get("t", "n") == "n" and value.isdecimal() else None


def _zeros_of_styles(packed: zipfile.ZipFile) -> dict[str, int]:
    """How many digits a style shows at least, where its format is nothing but zeros."""
    if "xl/styles.xml" not in packed.namelist():
        return {}
    formats: dict[str, int] = {}
    widths: dict[str, int] = {}
    for _event, one in _elements(packed.read("xl/styles.xml"), "end"):
        if one.tag == f"{MAIN}numFmt" and ZEROS.fullmatch(one.get("formatCode", "")):
            formats[one.get("numFmtId", "")] = len(one.get("formatCode", ""))
        elif one.tag == f"{MAIN}cellXfs":
            used = [formats.get(style.get("numFmtId", ""), 0) for style in one]
            widths = {str(number): width for number, width in enumerate(used) if width}
    return widths


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _of_ods(packed: zipfile.ZipFile, sheet: str) -> Iterator[tuple[tuple[int, int], str]]:
    row, is_here = 0, False
    for event, one in _elements(packed.read("content.xml"), "start", "end"):
        if one.tag == f"{TABLE}table" and event == "start":
            row, is_here = 0, one.get(f"{TABLE}name") == sheet
        elif one.tag == f"{TABLE}table-row" and event == "end":
            if is_here:
                yield from (((row, column), said) for column, said in _row_of_ods(one))
            row += _times(one, "number-rows-repeated")
            one.clear()


def _row_of_ods(row: Element) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in row:
        times = _times(cell, "number-columns-repeated")
        said = _cell_of_ods(cell) if column < FARTHEST else None
        if said is not None:
            yield from ((place, said) for place in range(column, min(column + times, FARTHEST)))
        column += times


def _cell_of_ods(cell: Element) -> str | None:
    kind, shown = cell.get(f"{OFFICE}value-type"), "".join(cell.itertext())
    if cell.get(ERROR_OF_ODS) == "error":
        return shown or NOT_COMPUTED
    if cell.get(f"{TABLE}formula") and not kind:
        return shown or NOT_COMPUTED
    return shown if kind == "float" and SHOWN_ZEROS.fullmatch(shown) else None


def _times(one: Any, name: str) -> int:
    said = one.get(f"{TABLE}{name}", "1")
    return max(1, int(said)) if said.isdecimal() and len(said) < 8 else 1

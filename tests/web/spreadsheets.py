"""Spreadsheets as other programs write them, made when a test runs: XLSX by openpyxl, ODS and XLS by hand."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

SECTOR = 512
END, FREE, IS_FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SMALLEST = 4096  # shorter streams would stand in small sectors
ODS_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
ERRORS = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def ods(*cells_of_rows, name="Sheet1"):
    """An ODS of one sheet; a cell is a text, or the XML of a `table:table-cell`."""
    rows = "".join(
        "<table:table-row>" + "".join(map(_ods_cell, cells)) + "</table:table-row>" for cells in cells_of_rows
    )
    body = f'<office:body><office:spreadsheet><table:table table:name="{name}">{rows}</table:table>'
    body += "</office:spreadsheet></office:body>"
    content = f"<office:document-content {ODS_SPACES} {ERRORS}>{body}</office:document-content>"
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
    return kept.getvalue()


def ods_value(kind, value, shown, more=""):
    attribute = {"float": "value", "percentage": "value", "date": "date-value", "boolean": "boolean-value"}[kind]
    about = f'office:value-type="{kind}" office:{attribute}="{value}" {more}'
    return f"<table:table-cell {about}><text:p>{shown}</text:p></table:table-cell>"


def _ods_cell(cell):
    if cell.startswith("<table:"):
        return cell
    return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'


def xls(*cells_of_rows, since_1904=False, hidden=()):
    """An XLS (BIFF8) with a sheet for each of `hidden`, then one with the rows: texts, numbers, ("day", number)."""
    sheets = [([["secret@example.com"]], True) for _name in hidden] + [(cells_of_rows, False)]
    names = [*hidden, "Sheet1"]
    heads = [
        _globals_before(since_1904),
        *(_bound(0, name, is_hidden) for name, (_, is_hidden) in zip(names, sheets, strict=True)),
    ]
    start = len(b"".join(heads)) + len(_record(0x0A, b""))
    parts = [_sheet(rows) for rows, _is_hidden in sheets]
    places = [start + sum(map(len, parts[:number])) for number in range(len(parts))]
    heads[1:] = [
        _bound(place, name, is_hidden) for place, name, (_, is_hidden) in zip(places, names, sheets, strict=True)
    ]
    return _compound(b"".join([*heads, _record(0x0A, b""), *parts]))


def _record(kind, body):
    return struct.pack("<HH", kind, len(body)) + body


def _start(kind):
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _globals_before(since_1904):
    formats = [0, 14]  # General, and the built-in format of a day
    xfs = b"".join(_record(0xE0, struct.pack("<HHH", 0, number, 1) + bytes(14)) for number in formats)
    return _start(0x0005) + _record(0x22, struct.pack("<H", int(since_1904))) + xfs


def _bound(place, name, is_hidden):
    return _record(0x85, struct.pack("<IBBBB", place, int(is_hidden), 0, len(name), 0) + name.encode("latin-1"))


def _sheet(rows):
    cells = [_cell(row, column, cell) for row, some in enumerate(rows) for column, cell in enumerate(some)]
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)
    return _start(0x0010) + _record(0x200, size) + b"".join(cells) + _record(0x0A, b"")


def _cell(row, column, cell):
    if isinstance(cell, str):
        text = cell.encode("utf-16-le")
        return _record(0x204, struct.pack("<HHHHB", row, column, 0, len(cell), 1) + text)
    is_day = isinstance(cell, tuple)
    return _record(0x203, struct.pack("<HHHd", row, column, int(is_day), float(cell[1] if is_day else cell)))


def _compound(stream):
    """A compound file with the one stream "Workbook"."""
    stream = stream.ljust(max(SMALLEST, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    many = len(stream) // SECTOR
    fat = [*range(1, many), END, END, IS_FAT]  # the stream, the directory, the table itself
    assert len(fat) <= SECTOR // 4
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, many, 0, SMALLEST, END, 0, END, 0)
    head += struct.pack("<I", many + 1) + struct.pack("<I", FREE) * 108
    folder = _entry("Root Entry", 5, child=1) + _entry("Workbook", 2, start=0, size=len(stream)) + 2 * _entry("", 0)
    return head + stream + folder + struct.pack("<128I", *fat, *[FREE] * (128 - len(fat)))


def _entry(name, kind, child=FREE, start=END, size=0):
    written = name.encode("utf-16-le")
    length = len(written) + 2 if name else 0
    sides = struct.pack("<III", FREE, FREE, child)
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBB", length, kind, 1)
        + sides
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )

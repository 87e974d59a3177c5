"""What spreadsheets write where there is no value: an error, or a formula that nobody computed yet."""

from __future__ import annotations

import re

NOT_COMPUTED = "#FORMULA!"  # ours: spreadsheets that open the file compute it
CUT = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d+")  # 7,91612E+10: how a long number is shown, its last digits lost
ERROR = re.compile(r"#(FORMULA!|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|GETTING_DATA|SPILL!|CALC!|FIELD!)|Err:\d{3}")


def is_error(text: str) -> bool:
    """Whether a cell holds no value but says why there is none. `#N/A` is empty: not available."""
    return ERROR.fullmatch(text.strip()) is not None


def is_cut(text: str) -> bool:
    """Whether a spreadsheet wrote a long number as a short one. Phone numbers tell themselves whether that did harm."""
    return CUT.fullmatch(text.strip()) is not None

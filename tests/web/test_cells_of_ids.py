"""An ID in a cell: kept sign by sign, or refused where a program made it another one."""

import pytest

from app.web.cells.ids import read_id
from app.web.cells.tidying import Unfit


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (" L-001 ", "L-001"),
        ("'00123", "00123"),
        ('="00123"', "00123"),
        ('"00123"', "00123"),
        ("«К-7»", "К-7"),
        ("\ufeffL01", "L01"),
        ("№ 15", "№ 15"),
        ("ＡＢ１", "ＡＢ１"),
        ("12.5", "12.5"),
        ("o'neil", "o'neil"),
        ("AB'12", "AB'12"),
        ("NA", None),
        ("undefined", None),
        ("(null)", None),
        ("\\N", None),
        ("н/д", None),
        ("нет данных", None),
        ("--", None),
    ],
)
def test_an_id_is_kept_sign_by_sign_without_its_wrapping(text, read):
    assert read_id(text) == read


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("123.0", "decimal"),
        ("00123,00", "decimal"),
        ("1.23457E+15", "cut"),
        ("=A1", "formula"),
        ("A\u200b1", "unseen"),
        ("x" * 256, "long"),
    ],
)
def test_what_was_another_id_once_is_refused(text, code):
    with pytest.raises(Unfit) as unfit:
        read_id(text)
    assert unfit.value.code == code

"""The attributes of fields are those that WTForms would write."""

import pytest
from markupsafe import Markup
from wtforms import Form, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import html_params

from app.web.forms.attributes import attributes
from app.web.forms.select import QuickMeta

NASTY = "\"><script>alert('1')</script>&"


@pytest.mark.parametrize(
    "given",
    [
        {"name": "who", "id": "who", "class_": "input", "value": NASTY},
        {"required": True, "disabled": False, "aria_label": "Who", "data_copy_from": "who", "maxlength": 80},
        {"title": Markup('<b class="x">&amp;</b>'), "value": None, "for_": "a_b"},
        {},
    ],
)
def test_attributes_are_written_as_wtforms_does(given):
    assert attributes(**given) == html_params(**given)


class Plain(Form):
    text = StringField(validators=[InputRequired(), Length(max=5)], render_kw={"data-kind": "a"})
    area = TextAreaField(validators=[Length(max=5)])


class Quick(Plain):
    Meta = QuickMeta


def test_inputs_and_areas_look_as_wtforms_draws_them():
    for name in ("text", "area"):
        plain, quick = (form(data={name: NASTY})[name](class_="input", rows=2) for form in (Plain, Quick))
        assert quick == plain
        assert "<script>" not in quick

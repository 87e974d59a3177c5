"""Filters of lists, as the query of a URL fills them."""

import pytest
from flask import Flask
from wtforms import DateField, SelectField
from wtforms.validators import Optional

from app.web.forms.fields import choices
from app.web.forms.filters import Filters
from app.web.paging_args import whole_number


class Narrowed(Filters):
    state = SelectField("State", choices=choices({"open": "Open", "done": "Done"}))
    person = SelectField("Person", choices=choices({1: "Anna"}), coerce=whole_number)
    order = SelectField("Order", choices=choices({"new": "Newest", "old": "Oldest"}), default="new")
    day = DateField("Day", validators=[Optional()])


def asked(query):
    with Flask(__name__).test_request_context(f"/?{query}"):
        form = Narrowed()
        return form, form.validate()


@pytest.mark.parametrize("query", ["", "state=", "person=", "state=&person=&order=&day=", "other=1"])
def test_what_is_not_chosen_narrows_nothing_and_is_no_fault(query):
    form, fits = asked(query)
    assert (fits, form.errors) == (True, {})
    assert (form.state.data, form.person.data, form.order.data, form.day.data) == ("", None, "new", None)


def test_what_is_chosen_narrows():
    form, fits = asked("state=done&person=1&order=old&day=2026-11-21")
    assert fits
    assert (form.state.data, form.person.data, form.order.data, form.day.data.day) == ("done", 1, "old", 21)


@pytest.mark.parametrize("query", ["state=gone", "person=2", "day=soon"])
def test_nonsense_is_said_beside_its_field(query):
    form, fits = asked(query)
    assert not fits
    assert list(form.errors) == [query.partition("=")[0]]

"""Macros: an administrator puts steps together, support uses them after one look, and each step is told."""

import pytest
from sqlalchemy import select

from app.store.acts import Act
from app.store.promo_handouts import PromoHandout
from tests.adapters import Silent, over, trouble

NORA = "nora.new@example.com"
TEXT = "Sorry, {first_name}. Code {code}. {colleague}"


@pytest.fixture
def macro(admin):
    page = admin.get("/communications/macros").follow("New macro")
    saved = page.press(
        "Save the macro", name="Late delivery", comment=TEXT, call_theme="delivery", list_id="3184", segment_id="123"
    )
    assert "Saved" in saved.messages
    return saved


@pytest.fixture
def look(macro, agent):
    return agent.post("/customers/find", {"who": NORA}).follow("Late delivery")


def acts_of(desk):
    with desk.reading() as db:
        return [(one.what, one.outcome) for one in db.scalars(select(Act).order_by(Act.id)) if "Macro" not in one.what]


def test_one_look_and_one_click_do_all_steps_as_one_act_with_parts(look, desk):
    assert "Hand out a code of" in look.text
    done = look.press("Do it")
    with desk.reading() as db:
        code = db.scalars(select(PromoHandout)).one().code
        whole = db.scalars(select(Act).where(Act.what == "communications.UseMacro")).one()
        parts = db.scalars(select(Act).where(Act.parent_id == whole.id).order_by(Act.id)).all()
    assert f"“Late delivery” is done. The code: {code}." in done.messages
    assert f"Sorry, Nora. Code {code}. Support" in done.text
    assert [(part.what, part.outcome) for part in parts] == [
        ("promo_codes.Fetch", "done"),
        ("communications.Save", "done"),
        ("segments.Add", "done"),
    ]


def test_a_step_that_fails_is_told_and_only_the_rest_is_tried_again(look, desk, app):
    troubled = trouble(app, Silent(), only="/crm/client_calls", method="POST")
    troubled.status = 400
    page = look.press("Do it")
    rows = [" ".join(row.text_content().split()) for row in page.tree.cssselect("ol.rows li")]
    assert [row.split()[-1] for row in rows][2] == "tried"
    assert "unknown" in rows[1]
    over(app, troubled)
    assert acts_of(desk) == [("promo_codes.Fetch", "done"), ("communications.Save", "unknown")]
    again = page.press("Try the rest")  # what nobody knows is not sent twice
    assert "nobody knows what became of it" in again.text
    with desk.reading() as db:
        assert len(db.scalars(select(PromoHandout)).all()) == 1


def test_an_empty_list_stops_it_before_anything_is_logged(look, admin, desk):
    macro = admin.get("/communications/macros").follow("Late delivery")
    macro.press("Save the macro", list_id="3189")
    page = look.press("Do it")
    assert "not done" in page.text
    assert acts_of(desk) == [("promo_codes.Fetch", "refused")]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "", "comment": "x"}, "This is needed."),
        ({"name": "A", "comment": "{surname}"}, "Nothing fills {surname}"),
        ({"name": "A", "comment": "{code}"}, "{code} needs a promo list"),
        ({"name": "A", "comment": "x", "segment_id": "No such one"}, "No segment has this name"),
    ],
)
def test_what_cannot_work_is_refused(admin, typed, words):
    page = admin.get("/communications/macros/new").press("Save the macro", **typed)
    assert page.status == 422
    assert words in page.text


def test_only_an_administrator_defines_them_and_only_support_uses_them(look, macro, agent, viewer, marketer):
    assert agent.get("/communications/macros/new").status == 403
    for person in (viewer, marketer):
        assert person.get(look.path).status == 403
    gone = macro.press("Drop “Late delivery”")
    assert "No macros yet" in gone.text
    assert agent.get(look.path).status == 404

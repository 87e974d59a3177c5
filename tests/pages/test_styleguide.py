"""The style guide: made of the same templates, forms and errors as every page."""

from pathlib import Path

from app.pages.styleguide.macros import macros


def test_everyone_may_look_at_it(viewer):
    page = viewer.get("/styleguide/")
    assert page.status == 200
    assert page.h1 == "Style guide"


def test_the_form_says_what_is_missing_and_keeps_what_was_typed(viewer):
    page = viewer.get("/styleguide/").press("Save the sample", **{"sample-name": "Anna"})
    assert page.status == 422
    assert page.errors.count("This is needed.") == 1
    assert page.dom.find(id="sample-name")["value"] == "Anna"


def test_htmx_gets_the_form_alone(viewer):
    answer = viewer.htmx("/styleguide/", {"sample-name": "Anna"}, target="form#sample-form")
    assert answer.status == 422
    assert answer.html.lstrip().startswith("<form")
    assert answer.html.count("<form") == 1


def test_a_panel_gives_htmx_its_inside_and_a_browser_a_page(viewer):
    assert "<html" not in viewer.get("/styleguide/").panel("lazy").html
    assert viewer.get("/styleguide/panel").h1 == "A panel as a page"


def test_a_panel_that_fails_says_so_in_words(viewer):
    answer = viewer.htmx("/styleguide/panel/orders.List", target="div#silent-body")
    assert answer.status == 502
    assert "REES46 did not answer." in answer.errors[0]


def test_every_macro_of_the_components_is_explained(app):
    files = [file for file in app.jinja_loader.list_templates() if file.startswith("components/")]
    private = {"attributes", "dialogs", "shell"}
    with app.app_context():
        for name in {Path(file).stem for file in files} - private:
            module = app.jinja_env.get_template(f"components/{name}.html").module
            public = {key for key, value in vars(module).items() if callable(value) and value.name == key}
            explained = {macro.signature.partition("(")[0] for macro in macros(name)}
            assert explained, name
            assert not {key for key in public if not key.startswith("_")} - explained - PARTS, name


# Pieces of a field, for macros of other components.
PARTS = {"field_errors", "field_hint", "takes_focus"}

"""The pictures of the guides, made anew from the demo shop; they are never committed."""

import pytest

from app.pages.help.guides import PICTURES

PAGES = {"waiting": "/waiting/", "messages": "/messages/", "trail": "/trail/", "reference": "/reference/"}
SIZE = (1100, 700)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_guides_show_pictures_of_their_pages(visit, language):
    PICTURES.mkdir(exist_ok=True)
    page = visit("/s/demo/customers/", size=SIZE, language=language, role="admin")
    box = page.locator("main input[name=who]").first
    box.fill("anna.kowalska@example.com")
    box.press("Enter")
    page.wait_for_selector(".who")
    page.screenshot(path=PICTURES / f"customer-{language}.png")
    for name, path in PAGES.items():
        page.goto(path if name == "reference" else f"/s/demo{path}")
        page.screenshot(path=PICTURES / f"{name}-{language}.png")
    page.goto("/s/demo/help/support")
    assert page.locator("main img").evaluate("image => image.decode().then(() => image.naturalWidth)") == SIZE[0]

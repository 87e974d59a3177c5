"""Products: found by ID or words, with all that REES46 tells of them, and why shoppers may not see one."""

from flask_babel import lazy_gettext as _l

from app.web.page import ALL_ROLES, EVERYONE, MARKETERS, Action, Page

page = Page(
    "products",
    __name__,
    title=_l("Products"),
    icon="tag",
    section="catalogue",
    place=10,
    menu_of=ALL_ROLES,
    sees=EVERYONE,
    acts=MARKETERS,
    palette=[Action("index", _l("Find a product"), icon="tag")],
    act_labels={
        "products.DropBlock": _l("Took a recommendation block off product pages"),
        "products.KeepBlock": _l("Put a recommendation block on product pages"),
    },
)

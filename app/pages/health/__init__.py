"""Health: what a load balancer or a container asks."""

from flask_babel import lazy_gettext as _l

from app.web.page import Page

page = Page("health", __name__, title=_l("Health"), icon="heart-pulse", in_shop=False, url_prefix="/")

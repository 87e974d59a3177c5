"""The views of the communications pages, one module a noun."""

import app.pages.communications.views.entries
import app.pages.communications.views.log
import app.pages.communications.views.words  # noqa: F401  # they hang themselves on the page

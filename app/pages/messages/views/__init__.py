"""The views of the messages pages, one module a noun."""

import app.pages.messages.views.bench
import app.pages.messages.views.campaigns
import app.pages.messages.views.drafts
import app.pages.messages.views.recipients
import app.pages.messages.views.sends  # noqa: F401  # they hang themselves on the page

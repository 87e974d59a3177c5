"""The form with which a communication is written down on the page of the customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.pages.communications.forms import LogForm

if TYPE_CHECKING:
    from app.pages.communications.vocabulary import Vocabulary

FEW = 5  # words that stand side by side; more are a list


def composer_of(vocabulary: Vocabulary) -> LogForm:
    """Make an empty form that offers the words of the shop."""
    form = LogForm(formdata=None)
    form.who = {}
    form.offer(vocabulary)
    return form

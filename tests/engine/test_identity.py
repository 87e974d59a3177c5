"""Whom a call is about: customers found, made and merged by any of their keys."""

import pytest

from app.rees46 import profile
from app.rees46.errors import NotAllowed, NotFound, Refused


def test_a_new_customer_is_found_by_each_key_they_were_saved_with(keeper):
    keys = {
        "email": "anna@example.com", "phone": "+7 999 111-22-33", "external_id": "100500", "loyalty_id": "L7",
        "telegram_id": "0125",
    }  # fmt: skip
    keeper.save(**keys, first_name="Anna")
    for kind, key in keys.items():
        assert keeper.profile(**{kind: key}).first_name == "Anna"

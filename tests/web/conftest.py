"""What the tests of reading share."""

import pytest
from flask import Flask
from flask_babel import Babel


@pytest.fixture
def request_context():
    """A request in English of an app that knows no shop: enough for words to be put together."""
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield

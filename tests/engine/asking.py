"""Asking the box in short."""

import pytest

from app.engine.worker.main import work_until_idle
from app.rees46 import imports, profile, segments, subscriptions
from app.rees46.errors import NotFound

SHOP, SECRET = "shop", "shop-secret"
# For what is refused or drawn before the database matters: the other one would only cost time.
ON_SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


class Shopkeeper:
    """A shop that asks REES46: the calls that many tests make, in a word each."""

    def __init__(self, client, settings):
        self.client = client
        self.settings = settings

    def save(self, **said):
        return self.client.send(profile.Set(**said))

    def profile(self, **who):
        return self.client.send(profile.Read(**who))

    def knows(self, **who):
        try:
            self.profile(**who)
        except NotFound:
            return False
        return True

    def manage(self, **said):
        return self.client.send(subscriptions.Manage(**said))

    def callback(self, email, event):
        return self.client.send(subscriptions.Callback(email=email, event=event))

    def check(self, **who):
        return self.client.send(subscriptions.Check(**who))

    def on(self, **who):
        """The flags that are on; that there is such a customer is no flag."""
        return {flag for flag, is_on in self.check(**who).model_dump(exclude={"exists"}).items() if is_on}

    def changes(self, **filters):
        return self.client.send(subscriptions.Changes(**filters))

    def segments(self, **who):
        return [segment.id for segment in self.client.send(segments.Get(**who))]

    def add(self, segment, **who):
        return self.client.send(segments.Add(segment_id=segment, **who))

    def import_(self, *people, segment=None):
        """Import an audience, and let the worker do it."""
        self.client.send(imports.Audience(audience=list(people), **({"segment_id": segment} if segment else {})))
        work_until_idle(self.settings)

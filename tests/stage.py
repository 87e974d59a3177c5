"""The box as a stage, for tests of pages: what goes wrong there is told to the box, and no adapter stands in for it."""

from app import control
from app.rees46.client import Client
from app.rees46.inprocess import BOX_URL, InProcess


class Stage:
    """A box that is controlled, in the place of the one that a desk talks to."""

    def __init__(self, box, app):
        app.extensions["rees46_session"].mount(BOX_URL, InProcess(box))
        self.box = box
        self.client = Client(BOX_URL, "demo", "demo-secret", session=app.extensions["rees46_session"])

    def fault(self, **said):
        return self.client.send(control.Inject(**said))

    def faults(self):
        return self.client.send(control.Faults())

    def mend(self):
        return self.client.send(control.Mend()).mended

    def calls(self, operation="*"):
        return self.client.send(control.Calls(operation=operation))

    def outbox(self, **wanted):
        return self.client.send(control.Outbox(**wanted))

    def clock(self, **said):
        return self.client.send(control.SetClock(**said))

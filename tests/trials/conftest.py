"""A shop with much to do, and processes that may be killed."""

import pytest

from app.rees46 import imports
from app.rees46.client import Client, new_session
from app.rees46.inprocess import BOX_URL, InProcess
from app.rees46.promo_codes import Upload
from tests.forks import FORKS
from tests.trials.people import LIST


@pytest.fixture
def client(box):
    """What the shop's own programs send."""
    return Client(BOX_URL, "demo", "demo-secret", session=new_session({BOX_URL: InProcess(box)}))


@pytest.fixture
def shop(client):
    """Give the shop enough codes; imports the customers whose addresses it is given."""
    client.send(Upload(id=LIST, codes=[f"OF-THE-SHOP-{number}" for number in range(9000)]))
    return lambda emails: client.send(imports.Audience(audience=[{"email": email} for email in emails]))


@pytest.fixture
def running():
    """Start processes again and again; whatever is left is killed."""
    processes = []

    def start(target, *arguments):
        processes.append(FORKS.Process(target=target, args=arguments))
        processes[-1].start()
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.join()

"""Looking at jobs and the links that they make."""

from sqlalchemy import select

from app.store.short_links import ShortLink
from app.store.works import Work

PAGE = "https://shop.example.com/sale"


def work_off(worker):
    while worker.step():
        pass


def work_of(desk):
    with desk.reading() as db:
        return db.scalars(select(Work)).one()


def states(desk):
    with desk.reading() as db:
        return [link.state for link in db.scalars(select(ShortLink).order_by(ShortLink.id))]

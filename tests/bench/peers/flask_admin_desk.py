"""A desk as Flask-Admin gives it, over the tables that Django made: `gunicorn flask_admin_desk:application`."""

import os

from flask import Flask
from flask_admin import Admin
from flask_admin.contrib.sqla import ModelView
from sqlalchemy import ForeignKey, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, scoped_session, sessionmaker


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "auth_user"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str]

    def __str__(self) -> str:
        return self.username


class Exchange(Base):
    __tablename__ = "django_desk_exchange"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("auth_user.id"))
    operation: Mapped[str]
    method: Mapped[str]
    path: Mapped[str]
    status: Mapped[int | None]
    outcome: Mapped[str]
    milliseconds: Mapped[float]
    person: Mapped[User | None] = relationship()


class ExchangeView(ModelView):
    page_size = 50
    column_list = ("at", "person", "operation", "method", "path", "status", "outcome", "milliseconds")
    column_select_related_list = (Exchange.person,)
    column_default_sort = ("id", True)
    simple_list_pager = True  # no full count


application = Flask("flask_admin_desk")
application.secret_key = "a key for the bench"
session = scoped_session(sessionmaker(create_engine(f"sqlite:///{os.environ['BENCH_DATABASE']}")))
application.teardown_appcontext(lambda _error: session.remove())
Admin(application).add_view(ExchangeView(Exchange, session, endpoint="exchange"))

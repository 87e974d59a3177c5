"""What is done at set times, done now."""

from app.work.schedules import PLANNED


def run(name, app):
    with app.app_context():
        PLANNED[name].task()

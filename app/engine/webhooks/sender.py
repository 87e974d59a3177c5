"""The sender: tells the outcomes of imports beside the worker's own work, so that a dead receiver delays nobody.

An attempt is claimed in a short transaction, made without one, and noted in another. A receiver is asked one thing at
a time; what is not taken comes again after growing pauses over a day, also after a restart.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor, wait

import structlog
from sqlalchemy.exc import DBAPIError

from app.config import Settings
from app.database import Database
from app.engine.store import webhooks
from app.engine.store.db import Db
from app.engine.store.shops import Shop, secret_of
from app.engine.store.webhooks import Webhook
from app.engine.webhooks.transport import NotToldError, post, signed

AT_ONCE = 16
LOOK_SECONDS = 0.5

log = structlog.get_logger("app.engine.webhooks.sender")


class WebhookSender:
    """Looks for outcomes to be told, and tells them."""

    def __init__(self, settings: Settings, database: Database[Db]) -> None:
        self.settings = settings
        self.database = database
        self.threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="webhook")
        self.busy: dict[str, Future[None]] = {}

    def run(self, told_to_stop: threading.Event) -> None:
        """Work until told to stop. What is under way then is begun again when its lease is over."""
        while not told_to_stop.wait(LOOK_SECONDS):
            try:
                self.round()
            except DBAPIError as error:
                log.warning("the database refused", kind=type(error.orig).__name__)
        self.threads.shutdown(wait=False, cancel_futures=True)

    def round(self) -> list[Future[None]]:
        """Begin what is due."""
        self.busy = {host: attempt for host, attempt in self.busy.items() if not attempt.done()}
        room = AT_ONCE - len(self.busy)
        if not room or not self._is_any_due():
            return []
        with self.database.writing() as db:
            mine = webhooks.claim_due(db, self.busy, room)
            shops = {webhook.id: db.get_one(Shop, webhook.shop_id) for webhook in mine}
        begun = {webhook.host: self.threads.submit(self._tell, webhook, shops[webhook.id]) for webhook in mine}
        self.busy |= begun
        return list(begun.values())

    def until_idle(self) -> None:
        """Make every attempt that is due, and wait for it."""
        while begun := self.round():
            wait(begun)

    def _is_any_due(self) -> bool:
        with self.database.reading() as db:
            return webhooks.is_any_due(db, self.busy)

    def _tell(self, webhook: Webhook, shop: Shop) -> None:
        body = webhook.body.encode()
        try:
            headers = signed(f"import-{webhook.job_id}", body, secret_of(shop, self.settings.key))
            post(webhook.url, body, headers, private=self.settings.box_private_webhooks)
            is_told, words = True, "Told"
        except NotToldError as error:
            is_told, words = False, str(error)
        except Exception as error:  # noqa: BLE001  # a fault of ours must not end the sender
            log.error("a webhook failed", webhook=webhook.id, kind=type(error).__name__)  # noqa: TRY400
            is_told, words = False, "We had a problem"
        with self.database.writing() as db:
            webhooks.note(db, webhook.id, is_told=is_told, words=words)

"""The index of one shop, from the side that writes it.

The mark is set after the index was committed: whoever is killed in between does a little twice. Of several workers the
one that holds the lock of the index works on it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

import msgspec
import structlog
from tantivy import Index, IndexWriter, Query

from app.config import Settings
from app.database import Database
from app.engine.search import category_paths, changes
from app.engine.search.changes import Change
from app.engine.search.checkpoint import BEGINNING, Mark
from app.engine.search.documents import document, is_found
from app.engine.search.schema import folder, schema, taught
from app.engine.store.batches import batches
from app.engine.store.db import Db
from app.engine.store.products import Product
from app.private_files import private_folder

COMMIT_EVERY = 20_000  # products
HEAP = 20_000_000  # bytes that a writer may hold
OVERLAP = timedelta(seconds=10)  # longer than a transaction takes from reading the clock to its end
COUNT_SALES_EVERY = timedelta(minutes=10)

log = structlog.get_logger("app.engine.search")


class ShopIndex:
    """Knows what it has put in, and puts in the rest."""

    def __init__(self, settings: Settings, database: Database[Db], shop: int) -> None:
        self.path = folder(settings, shop)
        self.database = database
        self.shop = shop
        self.known: dict[int, datetime] = {}  # what was put in lately: as of which change
        self.sold: dict[str, int] = {}
        self.sold_as_of: datetime | None = None
        self.paths: category_paths.Paths = {}
        self.paths_as_of: category_paths.State | None = None
        self.paths_in: category_paths.Paths | None = None  # those of the index, once they are known to be the same
        self.is_checked = False

    def catch_up(self) -> None:
        """Put in what changed. Once, when nothing has, look whether the index holds as much as the shop."""
        if not self._is_there():
            self.known.clear()
        again = [*self._resold(), *self._moved()]
        if again or any(self._news()):
            self._write(again)
        elif not self.is_checked and self._is_there():
            self._check()

    def _resold(self) -> list[str]:
        """Count now and then what was bought, and name the products whose count is another than before."""
        with self.database.reading() as db:
            if self.sold_as_of and db.now - self.sold_as_of < COUNT_SALES_EVERY:
                return []
            before, self.sold, self.sold_as_of = self.sold, changes.sold_lately(db, self.shop), db.now
        return [item for item in before.keys() | self.sold.keys() if before.get(item) != self.sold.get(item)]

    def _moved(self) -> list[str]:
        """Name the products in categories whose names are others than the index was written with."""
        with self.database.reading() as db:
            if (as_of := category_paths.state(db, self.shop)) != self.paths_as_of:
                self.paths, self.paths_as_of = category_paths.paths(db, self.shop), as_of
        if self.paths_in is self.paths or not self._is_there():
            return []
        before = category_paths.remembered(self.path)
        moved = [one for one in before.keys() | self.paths.keys() if before.get(one) != self.paths.get(one)]
        products = self._lying_in(moved) if moved else []
        if not products:
            self._remember_paths()
        return products

    def _lying_in(self, categories: Sequence[str]) -> list[str]:
        index = self._opened()
        searcher = index.searcher()
        query = Query.term_set_query(index.schema, "category", list(categories))
        found = searcher.search(query, max(1, searcher.num_docs), count=False).hits
        return [msgspec.json.decode(searcher.doc(address)["shown"][0])["id"] for _, address in found]

    def _remember_paths(self) -> None:
        if self.paths_in is not self.paths:
            category_paths.remember(self.path, self.paths)
            self.paths_in = self.paths

    def _is_there(self) -> bool:
        return self.path.is_dir() and Index.exists(str(self.path))

    def _news(self) -> Iterator[list[Change]]:
        """Give what changed and is not in yet, some at a time."""
        start = Mark.of(self.path)
        since = start if start == BEGINNING else Mark(start.at - OVERLAP)
        while True:
            with self.database.reading() as db:
                some = changes.changes(db, self.shop, since)
            if not some:
                return
            since = Mark(some[-1][1], some[-1][0])
            if new := [(number, at) for number, at in some if self.known.get(number) != at]:
                yield new

    def _write(self, again: list[str]) -> None:
        if not self._is_there():
            self._begin_anew()
        writer = self._opened().writer(HEAP, 1)
        try:
            waiting: dict[int, datetime] = {}
            for some in self._news():
                with self.database.reading() as db:  # no longer than to read: SQLite cannot clear its log meanwhile
                    products = list(changes.with_numbers(db, (number for number, _ in some)))
                self._put(writer, products)
                waiting |= dict(some)
                if len(waiting) >= COMMIT_EVERY:
                    self._commit(writer, waiting)
                    waiting = {}
            for ids in batches(again):
                with self.database.reading() as db:
                    products = list(changes.with_ids(db, self.shop, ids))
                self._put(writer, products)
            self._commit(writer, waiting)
            self._remember_paths()
        finally:
            writer.wait_merging_threads()  # this also gives the lock back

    def _opened(self) -> Index:
        """Open it; one that is damaged is begun anew."""
        try:
            return taught(Index(schema(), str(self.path)))
        except ValueError as error:
            log.warning("an index was damaged", kind=type(error).__name__, shop=self.shop)
            self._begin_anew()
            return taught(Index(schema(), str(self.path)))

    def _begin_anew(self) -> None:
        for former in self.path.parent.glob(f"{self.shop}-v*"):  # of this version or an older one
            shutil.rmtree(former, ignore_errors=True)
        private_folder(self.path)
        self.known.clear()
        self.paths_in = None

    def _put(self, writer: IndexWriter, products: Iterable[Product]) -> None:
        for product in products:
            writer.delete_documents_by_term("id", product.item_id)
            if is_found(product):
                self._add(writer, product)

    def _add(self, writer: IndexWriter, product: Product) -> None:
        try:
            lies_in = " ".join(self.paths.get(category, "") for category in product.categories)
            writer.add_document(document(product, self.sold.get(product.item_id, 0), lies_in))
        except Exception as error:  # noqa: BLE001  # a fault of ours with one product must not keep out all others
            log.error("a product was not put in", product=product.id, kind=type(error).__name__)  # noqa: TRY400

    def _commit(self, writer: IndexWriter, waiting: dict[int, datetime]) -> None:
        writer.commit()
        if not waiting:
            return
        last = max(waiting.values())
        Mark(last).leave(self.path)
        self.known |= waiting
        self.known = {number: at for number, at in self.known.items() if at >= last - OVERLAP}

    def _check(self) -> None:
        """Build it anew if it holds another number of products: it may be of another database, or damaged."""
        with self.database.reading() as db:
            due = changes.number_of_products(db, self.shop)
        if self._opened().searcher().num_docs != due and not any(self._news()):
            self._begin_anew()
        self.is_checked = True

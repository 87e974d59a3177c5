"""Blocks of recommendations: asked as somebody with what their page sends, and put in line by product."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from app.pages.benches.asking import Answer, timed
from app.pages.benches.expectations import Failure, failures
from app.rees46 import baskets
from app.rees46.errors import Rees46Error
from app.rees46.recommendations import Recommend
from app.web.catalogue import read_product, row_of
from app.web.error_words import in_words
from app.web.rees46 import ask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.pages.benches.asking import Row, Who
    from app.rees46.recommendations import Block
    from app.store.recommender_blocks import RecommenderBlock

BENCH = "blocks"
SHOWN = 10  # products of a block
PARAMETERS = {"item": "item_id", "category": "category", "search": "search_query"}  # by what a block needs
Asked = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """A block as somebody gets it."""

    who: Who
    answer: Answer
    failed: list[Failure]

    @property
    def state(self) -> str:
        """Tell it as a result of a run does: right, wrong or lost."""
        return "lost" if self.answer.error else "wrong" if self.failed else "right"


@dataclass(frozen=True)
class Aligned:
    """A product with its place in each column, counted from 1; None where it is not there."""

    row: Row
    places: list[int | None]


def asked_of(block: RecommenderBlock, said: dict[str, str]) -> Asked:
    """Say what a page sends along with the code; `said` has the values by what the block needs."""
    asked: Asked = {"code": block.code}
    asked |= {PARAMETERS[need]: said[need] for need in block.needs if need in PARAMETERS and said.get(need)}
    return asked | ({"leaves_cart": True} if "cart" in block.needs else {})


def lacking(block: RecommenderBlock, said: dict[str, str]) -> list[str]:
    """Name what the block needs and nobody said."""
    return [need for need in block.needs if need in PARAMETERS and not said.get(need)]


def column(asked: Asked, who: Who, expected: dict[str, Any]) -> Column:
    answer = ask_block(asked, who, expected)
    return Column(who, answer, [] if answer.error else failures(expected, answer))


def ask_block(asked: Asked, who: Who, expected: dict[str, Any]) -> Answer:
    """Ask for a block; what its expectations need besides is read, too: the cart, the stock of each product."""
    try:
        cart = _cart(who) if asked.get("leaves_cart") or expected.get("no_cart") else []
        answer = timed(lambda: _question(asked, who, cart), who, _rows)
        rows = [_with_stock(row) for row in answer.rows] if expected.get("in_stock") else answer.rows
    except Rees46Error as error:
        return Answer(error=in_words(error))
    return replace(answer, rows=rows, cart=cart)


def _cart(who: Who) -> list[str]:
    """Read what is in the cart; nobody has none."""
    if who.is_nobody:
        return []
    return [piece.uniqid for piece in ask(baskets.Cart(**who.identity(baskets.Cart)))]


def _question(asked: Asked, who: Who, cart: list[str]) -> Recommend:
    context = {name: value for name, value in asked.items() if name in PARAMETERS.values()}
    return Recommend(
        recommender_code=asked["code"],
        limit=SHOWN,
        extended=True,
        prevent_shuffle=True,
        exclude=cart if asked.get("leaves_cart") else [],
        **who.identity(Recommend),
        **context,
    )


def _rows(block: Block) -> tuple[list[Row], int]:
    return [row_of(product) for product in block.products], len(block.products)


def _with_stock(row: Row) -> Row:
    """Say whether it is in stock: blocks do not tell."""
    product = read_product(str(row["id"]))
    return row | {"is_available": product.is_available if product else False}


def align(answers: Sequence[Answer]) -> list[Aligned]:
    """Put each product into one line: those of the first answer in its order, then what only others have."""
    rows = {str(row["id"]): row for answer in reversed(answers) for row in answer.rows}
    order = dict.fromkeys(item for answer in answers for item in answer.items)
    places = [{item: place for place, item in enumerate(answer.items, 1)} for answer in answers]
    return [Aligned(rows[item], [of.get(item) for of in places]) for item in order]

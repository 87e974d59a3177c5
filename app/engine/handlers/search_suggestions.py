"""The search before the first letter."""

from __future__ import annotations

from collections import Counter

from app.engine.answers import answers
from app.engine.catalogue.serialize import described
from app.engine.recommendations.select import chosen
from app.engine.recommendations.statistics import plain
from app.engine.store.db import Db
from app.engine.store.events import last_queries
from app.engine.store.identity import find
from app.engine.store.recommenders import POPULAR, RECENTLY_VIEWED
from app.rees46 import recommendations, search_suggestions

NUMBER = 10  # of queries and of products
READ = 1000  # last searches of the shop in which the frequent ones are looked for
MINE = 100  # last searches of the visitor


@answers
def search(db: Db, op: search_suggestions.Search) -> search_suggestions.Offered:
    """Offer what there is; who is not known is offered what others like."""
    customer = find(db, {"did": op.did}) if op.did else None
    mine = [plain(query) for query in last_queries(db, MINE, customer.id)] if customer else []
    frequent = db.known.once("frequent queries", lambda: _frequent(db))
    asked = recommendations.Recommend(recommender_code=RECENTLY_VIEWED, did=op.did)
    viewed = chosen(db, RECENTLY_VIEWED, asked, NUMBER)
    return search_suggestions.Offered(
        last_queries=[search_suggestions.Suggestion(name=query) for query in list(dict.fromkeys(mine))[:NUMBER]],
        suggests=[search_suggestions.Suggestion(name=query) for query in frequent],
        last_products=bool(viewed),
        products=described(db, viewed or chosen(db, POPULAR, asked, NUMBER)),
    )


def _frequent(db: Db) -> list[str]:
    counted = Counter(plain(query) for query in last_queries(db, READ))
    return [query for query, _ in counted.most_common(NUMBER)]

"""What an integrator does with a generated client: an SMS, a search, an import, each answered by a type."""

import sys

from rees46_client import Client
from rees46_client.api.messages import messages_sms
from rees46_client.api.products import products_put
from rees46_client.api.search import search_search
from rees46_client.models import MessagesSmsBody, ProductsPutBody, SearchSearchType

ITEM = {
    "id": "TRIAL-1",
    "name": "Trial bell",
    "price": 7.5,
    "url": "https://shop.example.com/bell",
    "picture": "https://shop.example.com/bell.jpg",
    "categories": ["1"],
    "available": True,
}
client = Client(base_url=sys.argv[1], headers={"X-Shop-Secret": "demo-secret"}, raise_on_unexpected_status=True)

body = MessagesSmsBody.from_dict(
    {"shop_id": "demo", "code": "order_ready", "phone": "+15554443322", "variables": {"order": "A-1"}}
)
sms = messages_sms.sync_detailed(client=client, body=body)
found = search_search.sync_detailed(
    client=client, shop_id="demo", did="trial", type_=SearchSearchType.FULL_SEARCH, search_query="bicycle"
)
taken = products_put.sync_detailed(client=client, body=ProductsPutBody.from_dict({"shop_id": "demo", "items": [ITEM]}))
print(sms.status_code.value, type(sms.parsed).__name__, type(sms.parsed.payload.code).__name__)
print(found.status_code.value, type(found.parsed).__name__, {type(one).__name__ for one in found.parsed.products})
print(taken.status_code.value)

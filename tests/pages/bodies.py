"""What a REES46 answers to the calls that pages make: as the newest documentation prints it, and as the older one.

Written by hand from the documentation, never dumped from our own replies, which would only repeat what we believe.
"""

import json

ANNA = "anna@example.com"
PHONE = "79001234567"
KINDS = ("bulk", "chain", "transactional")
FLAGS = {f"{channel}_{kind}": channel != "sms" for channel in ("email", "sms") for kind in KINDS}
NEW_CHANNELS = ("web_push", "mobile_push", "telegram", "whatsapp", "max")
STOPS = {"email_invalid": False, "email_blacklisted": False, "email_bounced": False, "email_suppressed": False}
PROFILE = {
    "first_name": "Anna",
    "last_name": "Petrova",
    "email": ANNA,
    "phone": PHONE,
    "loyalty_id": "L7",
    "gender": "f",
    "birthday": "1990-04-01",
    "age": None,
    "location": None,
    "loyalty_status": "gold",
    "loyalty_bonuses": 1200,
    "loyalty_bonuses_to_next_level": None,
    "loyalty_card_location": None,
    "bought_something": True,
    "custom_properties": {"size": "M"},
    "tags": ["vip"],
    "orders": [
        {
            "id": "A-15",
            "value": 3100.0,
            "status": "delivered",
            "items": [{"id": "S1", "price": 1550.0, "name": "Kettle", "quantity": 2}],
        }
    ],
}
FOUND = {
    "email": ANNA,
    "phone": PHONE,
    "first_name": "Anna",
    "last_name": "Petrova",
    "email_bulk": True,
    "sms_bulk": False,
    "loyalty_id": "L7",
    "external_id": "91",
    "created_date": "2024-01-01",
}
CHANGE = {
    "contact_type": "email",
    "contact": ANNA,
    "campaign_type": "bulk",
    "event": "subscribe",
    "channel": "api",
    "datetime": "2026-05-01 10:00:00",
    "ip": "",
}
LATER = CHANGE | {"campaign_type": "chain", "datetime": "2026-05-02 10:00:00"}
CALL = {
    "id": 55,
    "channel": "phone",
    "event": "incoming",
    "location_id": "1",
    "call_type": "question",
    "call_theme": "Returns",
    "subject_appeal": None,
    "comment": "Wants to return a kettle",
    "author_type": "agent",
    "status": "closed",
    "date": "2026-05-01 10:00:00",
}
LISTS = [{"id": 12, "name": "Spring", "available": 340}]
LINK = {"source": "https://shop.example/a", "url": "https://s.example/x1"}
CODE = "41-tr-77"
LETTER = {
    "type": "chain",
    "campaign_id": 41,
    "code": "41-em-77-ab",
    "date": "2026-05-04",
    "sent_at": "2026-05-04T09:12:44.000Z",
    "subject": "Your kettle waits",
    "body": "<p>Hi</p>",
    "url": "https://shop.example/cart",
    "icon": None,
    "picture": None,
    "statistics": {"opened": True, "clicked": False, "hard_bounced": False, "complained": True, "purchased": False},
}
MEMBER = {"member": True, "level": {"name": "Gold", "code": "gold", "expiration_date": "2027-01-01"}}
BALANCE = {"active": 120, "pending": 40, "expiring": 15, "expire_in": "2026-06-01"}
MOVEMENT = {
    "date": "2026-05-01",
    "status": "confirmed",
    "event_source": "order",
    "event": None,
    "order_id": "A-15",
    "amount": -300,
    "activation_date": "2026-05-01",
    "expiration_date": "2027-05-01",
}
PLACED = {
    "id": "A-15",
    "date": "2026-05-01 12:00:00",
    "value": "3100",
    "order_status": "delivered",
    "payment_structure": {"cash": 2900, "bonuses": 200},
    "items": [{"amount": 2, "price": "1550", "status": "shipped", "item": {"id": "S1", "name": "Kettle"}}],
}
CATEGORY = {
    "id": 4,
    "external_id": "479",
    "name": "Kitchen",
    "url": "https://shop.example/kitchen",
    "parent_id": None,
    "parent_external_id": None,
    "children": [],
}
REVIEW = {
    "id": 2,
    "channel": "website",
    "category": "delivery",
    "rate": 7,
    "comment": None,
    "client_id": 1515915625535836,
}
NOT_SHOWN = {
    "uniqid": "S3",
    "price": None,
    "name": "Kettle",
    "url": "https://shop.example/s3",
    "image_url": None,
    "image_downloading_error": "File not found",
}
WAITING = {"id": "S1", "barcode": "BC101", "quantity": 1, "date": "2026-05-01", "contacts": [ANNA]}


def success(payload=None):
    return {"status": "success"} if payload is None else {"status": "success", "payload": payload}


def true(payload):
    return {"success": True, "payload": payload}


OLDER = {
    "/profile?": PROFILE,
    "/crm/search/bulk": [FOUND],
    "/segments/get": [{"id": 7, "type": "static"}, {"id": 8, "type": "dynamic"}],
    "/subscriptions/check": FLAGS | STOPS | {"web_push": True, "mobile_push": False},
    "/subscriptions/changes": [LATER, CHANGE],
    "/promo_codes?": LISTS,
    "/promo_codes/fetch": {"code": "KETTLE-1"},
    "/crm/client_calls": [CALL],
    "/url/create": [LINK],
    "/sms/transactional": success({"code": CODE}),
    "/multi/transactional": success({"code": CODE}),
    "/transact": {"code": CODE},
    "/notifications?": [LETTER],
    "/loyalty/members/status": MEMBER,
    "/loyalty/bonuses/balance": BALANCE,
    "/loyalty/bonuses/history": [MOVEMENT],
    "/orders/by_user": [PLACED],
    "/products/categories": [CATEGORY],
    "/nps/reviews": [REVIEW],
    "/nps/categories": [{"id": 1, "code": "checkout", "name": "Checkout"}],
    "/nps/channels": [{"id": 1, "code": "website", "name": "Online checkout quality"}],
    "/products/not_widgetable": {"status": "success", "data": {"total": 1, "items": [NOT_SHOWN]}},
    "/products/subscribers/stock": [WAITING],
    "/products/subscribers/price": [WAITING],
    "/search/no_result_queries": [{"query": "samovar", "quantity": 12}],
}
NEWEST = OLDER | {
    "/promo_codes?": true(LISTS),
    "/subscriptions/check": {
        "exists": True,
        **FLAGS,
        **STOPS,
        "email_confirmed": True,
        "wallet_bulk": False,
        **{f"{channel}_{kind}": channel == "web_push" for channel in NEW_CHANNELS for kind in KINDS},
    },
    "/subscriptions/changes": [CHANGE, LATER],
    "/url/create": true({"urls": [LINK]}),
    "/sms/transactional": true({"code": CODE}),
    "/multi/transactional": true({"code": CODE}),
    "/transact": true({"code": CODE}),
    "/notifications?": success({"messages": [LETTER]}),
    "/loyalty/members/status": success(MEMBER),
    "/loyalty/bonuses/balance": true({"balance": BALANCE}),
    "/loyalty/bonuses/history": true({"transactions": [MOVEMENT]}),
    "/orders/by_user": {"status": "success", "data": {"orders": [PLACED]}},
}
ENVELOPED = {
    path: success(body) if not (isinstance(body, dict) and {"status", "success"} & body.keys()) else body
    for path, body in NEWEST.items()
}
SHAPES = {"older": OLDER, "newest": NEWEST, "in envelopes": ENVELOPED}


def body_for(bodies, url):
    """The answer to a call; every act is accepted."""
    found = next((body for path, body in bodies.items() if path in url), success())
    return json.dumps(found).encode()

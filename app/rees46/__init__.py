"""The contract: what REES46 can be asked, and asking it. Copy this folder out and you have a typed SDK.

Its imports are relative, so the copy may have any name; it needs requests, pydantic and msgspec. For example:

    from rees46 import segments
    from rees46.client import Client

    Client("https://api.rees46.com", shop_id, secret).send(segments.Add(email="anna@example.com", segment_id="315"))
"""

"""Every way in which REES46 says no with HTTP 200, and none: for tests of the client and of the pages."""

REFUSALS = {
    "status and payload": {"status": "error", "payload": {"message": "Not today"}},
    "status and message": {"status": "error", "message": "Not today"},
    "status alone": {"status": "error"},
    "status in capitals": {"status": "ERROR", "payload": {"message": "Not today"}},
    "success false and payload": {"success": False, "payload": {"message": "Not today"}},
    "success false and message": {"success": False, "message": "Not today"},
    "success false alone": {"success": False},
    "success false as text": {"success": "false", "message": "Not today"},
    "success zero": {"success": 0, "message": "Not today"},
    "error": {"error": "Not today"},
    "error as an object": {"error": {"message": "Not today", "code": 12}},
    "errors": {"errors": ["Not today"]},
    "errors by field": {"errors": {"email": ["Not today"]}},
    "fail": {"status": "fail", "message": "Not today"},
    "failed": {"status": "failed", "payload": {"message": "Not today"}},
    "a status of HTTP": {"status": 422, "message": "Not today"},
    "a status of HTTP as text": {"status": "403", "message": "Not today"},
    "a message in a yes": {"status": "success", "payload": {"message": "Not today"}},
    "a message in a yes with a key": {"status": "success", "payload": {"message": "Not today", "identifier": "79"}},
    "a message in the data of a yes": {"success": True, "data": {"message": "Not today"}},
    "errors in the payload of a yes": {"status": "success", "payload": {"errors": ["Not today"]}},
    "a contradiction": {"status": "success", "success": False, "payload": {"message": "Not today"}},
    "an error in a yes": {"status": "success", "error": "Not today"},
    "no within a yes": {"status": "success", "payload": {"success": False, "message": "Not today"}},
}
# One of each kind, for tests of pages.
NAMES = ("status and payload", "success false and payload", "success false alone", "error", "a message in a yes")
FEW = {name: REFUSALS[name] for name in NAMES}

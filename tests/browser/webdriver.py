"""A browser over WebDriver (https://www.w3.org/TR/webdriver2/): a session with its scripts and its hands."""

import requests

TIMEOUT = 60  # seconds for a command: a page that is asked for is waited for
KEYS = {  # https://www.w3.org/TR/webdriver2/#keyboard-actions
    "Enter": "\ue007",
    "Control": "\ue009",
    "Escape": "\ue00c",
}


class Failed(Exception):
    """What the browser was told to do failed."""


class Session:
    """A window of a browser. What scripts return of the page are its elements, as they are given to others."""

    def __init__(self, url, capabilities):
        self.http = requests.Session()
        self.http.trust_env = False  # no proxy stands before this machine
        self.url = f"{url}/session"
        self.url += "/" + self._tell("POST", "", {"capabilities": {"alwaysMatch": capabilities}})["sessionId"]

    def _tell(self, method, command, body=None):
        answer = self.http.request(method, self.url + command, json=body, timeout=TIMEOUT)
        value = answer.json()["value"]
        if not answer.ok:
            raise Failed(f"{command}: {value['error']}: {value['message']}")
        return value

    def end(self):
        self._tell("DELETE", "")
        self.http.close()

    def go(self, url):
        self._tell("POST", "/url", {"url": url})

    def place(self):
        return self._tell("GET", "/url")

    def resize(self, width, height):
        self._tell("POST", "/window/rect", {"width": width, "height": height})

    def cookies(self):
        return self._tell("GET", "/cookie")

    def add_cookie(self, name, value):
        self._tell("POST", "/cookie", {"cookie": {"name": name, "value": value, "path": "/"}})

    def delete_cookies(self):
        self._tell("DELETE", "/cookie")

    def run(self, script, *arguments):
        return self._tell("POST", "/execute/sync", {"script": script, "args": arguments})

    def run_later(self, script, *arguments):
        """Run a script whose last argument is the function that it calls with its answer."""
        return self._tell("POST", "/execute/async", {"script": script, "args": arguments})

    def click(self, element):
        self._tell("POST", f"/element/{id_of(element)}/click", {})

    def clear(self, element):
        self._tell("POST", f"/element/{id_of(element)}/clear", {})

    def type(self, element, words):
        self._tell("POST", f"/element/{id_of(element)}/value", {"text": words})

    def press(self, *keys):
        """Press keys one after the other, then let go of them."""
        turns = [("keyDown", key) for key in keys] + [("keyUp", key) for key in reversed(keys)]
        presses = [{"type": kind, "value": KEYS.get(key, key)} for kind, key in turns]
        self._act({"type": "key", "id": "keyboard", "actions": presses})

    def turn_wheel(self, at, by):
        turn = {"type": "scroll", "x": at[0], "y": at[1], "deltaX": by[0], "deltaY": by[1]}
        self._act({"type": "wheel", "id": "wheel", "actions": [turn]})

    def _act(self, device):
        self._tell("POST", "/actions", {"actions": [device]})


def id_of(element):
    """The only value of what stands for an element."""
    return next(iter(element.values()))

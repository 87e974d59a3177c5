"""A balancer before several hosts, and a person's browser that goes through it: both over real sockets."""

import socket
import socketserver
import threading
from contextlib import suppress
from itertools import count
from types import SimpleNamespace

import requests

CONNECT_SECONDS = 2


class Balancer(socketserver.ThreadingTCPServer):
    """Leads each connection to the next host that takes it, and cuts it off when that host goes away."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, ports):
        super().__init__(("127.0.0.1", 0), Between)
        self.ports, self.turns = ports, count()
        threading.Thread(target=self.serve_forever, args=[0.01], daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def __exit__(self, *error):
        self.shutdown()
        super().__exit__(*error)

    def host(self):
        """Connect to the next host that answers; to none when none does."""
        for _ in self.ports:
            try:
                return socket.create_connection(("127.0.0.1", self.ports[next(self.turns) % len(self.ports)]), 2)
            except OSError:
                continue
        return None


class Between(socketserver.BaseRequestHandler):
    """One connection, in both directions."""

    def handle(self):
        if host := self.server.host():
            host.settimeout(None)
            back = threading.Thread(target=pump, args=(host, self.request), daemon=True)
            back.start()
            pump(self.request, host)
            back.join()
            host.close()


def pump(source, target):
    """Move bytes until one side ends."""
    with suppress(OSError):
        while part := source.recv(65536):
            target.sendall(part)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


class Browser:
    """What a `Visitor` asks for: the test client's ways, through the balancer. A host that dies cuts an answer off."""

    def __init__(self, url, cookies, application):
        self.url, self.cut_off = url, 0
        self.application = application  # the same one, in this process: which addresses it has
        self.session = requests.Session()
        self.session.cookies.update(cookies)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.session.close()

    def get(self, path, query_string=None, **_how):
        return self._ask("GET", path, params=query_string)

    def post(self, path, data=None, **_how):
        return self._ask("POST", path, data=data)

    def _ask(self, method, path, **what):
        """Ask until there is an answer, as a person does who is told that there was none."""
        full = path if path.startswith("/s/") else f"/s/demo{path}"
        while True:
            try:
                return answer_of(self.session.request(method, self.url + full, timeout=60, **what))
            except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
                self.cut_off += 1


def answer_of(answer):
    """The answer as the test client gives it."""
    url = requests.utils.urlparse(answer.url)
    return SimpleNamespace(
        status_code=answer.status_code,
        history=(),
        mimetype=answer.headers.get("Content-Type", "").partition(";")[0],
        request=SimpleNamespace(path=url.path, url=answer.url),
        get_data=lambda as_text: answer.text,
    )

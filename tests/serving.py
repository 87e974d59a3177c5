"""Serving on this machine: a free port, whether somebody listens there, and a server that keeps no log."""

import socket

from werkzeug.serving import WSGIRequestHandler


class Silent(WSGIRequestHandler):
    """Keep-alive as in production, and no log."""

    protocol_version = "HTTP/1.1"

    def log(self, *_args):
        pass


def free_port():
    with socket.socket() as finder:
        finder.bind(("127.0.0.1", 0))
        return finder.getsockname()[1]


def answers(port):
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0

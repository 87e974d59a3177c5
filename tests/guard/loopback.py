"""Refuses whatever would leave this machine, in the process that imports it."""

import ipaddress
import socket
import sys

ATTEMPTS = []  # what was refused in this process, for whoever catches the error
ADDRESSED = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
NAMED = frozenset({"socket.getaddrinfo", "socket.gethostbyname"})


class OffLoopbackError(RuntimeError):
    """No OSError: that would be taken for a network that is down, and the test would go on."""


def check():
    """Complain of what was refused, also where somebody caught the error."""
    attempts = [*ATTEMPTS]
    ATTEMPTS.clear()
    assert not attempts, f"Tests stay on this machine: {attempts}"


def refuse(event, arguments, addressed=ADDRESSED, named=NAMED):
    """Look at whatever happens in this process: each `id()` is an event, too, so most are left alone at once."""
    if event[0] != "s":
        return
    if event in addressed and arguments[0].family in {socket.AF_INET, socket.AF_INET6}:
        address = arguments[1]
        if address and not is_here(address[0]):
            _refuse(f"{event} {address[0]}")
    elif event in named and not (is_here(arguments[0]) or is_address(arguments[0])):
        _refuse(f"{event} {arguments[0]}")


def _refuse(what):
    ATTEMPTS.append(what)
    raise OffLoopbackError(f"Tests stay on this machine: {what}")


def is_here(host):
    name = host.decode() if isinstance(host, bytes) else host
    return name in {None, "", "localhost", socket.gethostname()} or (is_address(name) and parsed(name).is_loopback)


def is_address(host):
    """An address is looked up without asking anybody."""
    return parsed(host) is not None


def parsed(host):
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except (ValueError, AttributeError, TypeError):
        return None


sys.addaudithook(refuse)

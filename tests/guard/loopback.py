"""Refuses whatever would leave this machine, in the process that imports it.

Sockets and look-ups are wrapped. An audit hook would be asked at every `id()`, too: four per cent of the suite.
"""

import functools
import ipaddress
import socket

ATTEMPTS = []  # what was refused in this process, for whoever catches the error
# Where the address stands among what each is given.
ADDRESSED = {"connect": 0, "connect_ex": 0, "sendto": -1, "sendmsg": 3}
NAMED = ("getaddrinfo", "gethostbyname", "gethostbyname_ex")


class OffLoopbackError(RuntimeError):
    """No OSError: that would be taken for a network that is down, and the test would go on."""


def check():
    """Complain of what was refused, also where somebody caught the error."""
    attempts = [*ATTEMPTS]
    ATTEMPTS.clear()
    assert not attempts, f"Tests stay on this machine: {attempts}"


def guard():
    for name, place in ADDRESSED.items():
        setattr(socket.socket, name, addressed(getattr(socket.socket, name), place))
    for name in NAMED:
        setattr(socket, name, named(getattr(socket, name)))


def addressed(plain, place):
    """Let a method of sockets reach this machine only."""

    @functools.wraps(plain)
    def guarded(self, *arguments):
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            address = arguments[place] if place < len(arguments) else None
            if address and not is_here(address[0]):
                _refuse(f"socket.{plain.__name__} {address[0]}")
        return plain(self, *arguments)

    return guarded


def named(plain):
    """Let a name be looked up only where nobody has to be asked."""

    @functools.wraps(plain)
    def guarded(host, *arguments, **more):
        if not (is_here(host) or is_address(host)):
            _refuse(f"socket.{plain.__name__} {host}")
        return plain(host, *arguments, **more)

    return guarded


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


guard()

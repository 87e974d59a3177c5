"""Clients that send slowly hold up nobody else."""

import socket

MANY = 150


def test_pages_and_health_answer_while_heads_and_bodies_trickle_in(start):
    desk = start()
    head = b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n"
    hanging = [open_connection(desk.port, start) for start in [head] * MANY + [head + b"\r\na=1"] * MANY]
    try:
        answers = [desk.status(path) for path in ("/health", "/account/sign-in") * 5]
        assert answers == [200] * 10
        assert all(still_hangs(connection) for connection in hanging)
    finally:
        for connection in hanging:
            connection.close()


def open_connection(port, start):
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(start)
    return connection


def still_hangs(connection):
    """Tell a connection that neither was answered nor closed."""
    connection.setblocking(False)
    try:
        connection.recv(1)
    except BlockingIOError:
        return True
    return False

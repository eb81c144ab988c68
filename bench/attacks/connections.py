"""Connections and bytes, before there is a request."""

import contextlib
import socket
import time

from harness.attack import attack

from .templates import BOT

MANY = 3000
HOST = b"Host: localhost\r\n"


def held(site, count, begin, drip):
    """Holds so many connections that have sent `begin`, and sends each `drip` once a second; one
    that was closed is opened again."""

    def strike():
        open_ones = []
        with contextlib.ExitStack() as closing:
            while site.left() > 0:
                opened(site, open_ones, count, begin, closing)
                open_ones = [one for one in open_ones if sent(site, one, drip)]
                time.sleep(min(1.0, site.left()))

    return strike


def opened(site, open_ones, count, begin, closing):
    while len(open_ones) < count and site.left() > 0:
        try:
            one = closing.enter_context(
                socket.create_connection((site.host, site.port), timeout=0.5)
            )
            one.sendall(begin)
            one.setblocking(False)
        except OSError:
            site.count("refused")
            return
        site.count("opened")
        open_ones.append(one)


def sent(site, one, drip):
    try:
        if drip and one.send(drip) == 0:
            return False
        with contextlib.suppress(BlockingIOError):
            if one.recv(4096) == b"":
                raise ConnectionResetError
        return True
    except BlockingIOError:
        return True
    except OSError:
        site.count("closed")
        one.close()
        return False


@attack("3 000 connections that drip a head", callers=1)
def dripped_heads(site):
    return held(site, MANY, b"GET /health/live HTTP/1.1\r\n" + HOST, b"X-A: b\r\n")


@attack("3 000 connections that drip a body", callers=1)
def dripped_bodies(site):
    head = f"POST /api/v1/bots/{BOT}/messages HTTP/1.1\r\nAuthorization: Bearer {site.token}\r\n"
    head += "Content-Type: application/json\r\nContent-Length: 100000\r\n"
    site.bot(BOT)
    return held(site, MANY, head.encode() + HOST + b"\r\n{", b" ")


@attack("3 000 connections that say nothing", callers=1)
def silent_connections(site):
    return held(site, MANY, b"", b"")


@attack("3 000 connections that ask, and never read the answer", callers=1)
def slow_readers(site):
    get = b"GET /openapi.json HTTP/1.1\r\n" + HOST + b"\r\n"
    return held(site, MANY, get * 8, b"")


@attack("connections that are opened and closed at once", callers=8)
def connection_flood(site):
    def strike():
        with socket.create_connection((site.host, site.port), timeout=2):
            site.count("opened")

    return strike


@attack("requests of broken HTTP in a loop", callers=8)
def broken_requests(site):
    broken = b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nContent-Length: -1\r\n\r\n\x00\xff" * 20

    def strike():
        with socket.create_connection((site.host, site.port), timeout=2) as one:
            one.sendall(broken)
            one.recv(65536)
            site.count("answered")

    return strike


@attack("500 requests in one write, on 8 connections", callers=8)
def pipelined(site):
    get = (b"GET /openapi.json HTTP/1.1\r\n" + HOST + b"\r\n") * 500

    def strike():
        with socket.create_connection((site.host, site.port), timeout=2) as one:
            one.sendall(get)
            while site.left() > 0 and one.recv(1 << 20):
                site.count("parts")

    return strike


@attack("heads of 8 000 bytes and two hundred fields, in a loop", callers=8)
def large_heads(site):
    fields = b"".join(b"X-Field-%03d: %s\r\n" % (n, b"v" * 25) for n in range(150))
    get = b"GET /health/live HTTP/1.1\r\n" + HOST + fields + b"\r\n"

    def strike():
        with socket.create_connection((site.host, site.port), timeout=2) as one:
            for _ in range(50):
                one.sendall(get)
                one.recv(65536)
                site.count("answered")

    return strike

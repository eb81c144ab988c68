"""API endpoints that never end, drip, or fill."""

import socket
import threading
import time

from harness.attack import attack
from harness.site import PLAIN

from .templates import BOT, GO

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


class Endpoint:
    """Answers every connection by `answer(socket, over)`, until the strike ends."""

    def __init__(self, site, answer):
        self.site, self.answer = site, answer
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.address = f"127.0.0.1:{self.listening.getsockname()[1]}"
        site.closing.append(self.listening.close)
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with connection:
            connection.settimeout(5)
            try:
                connection.recv(1 << 16)
                self.answer(connection, lambda: self.site.left() == 0)
            except OSError:
                pass  # The server has had enough, as it should.


def calling(site, answer, timeout="8s"):
    endpoint = Endpoint(site, answer)
    api = {"type": "api", "url": f"http://{endpoint.address}/", "timeout": timeout}
    nodes = {"CALL": {"start": True, "end": True, "user_says": [GO], "integration": api}}
    bot = site.bot(BOT, nodes, egress={"allow": [endpoint.address]})
    return lambda: bot.say(GO, site.me())


def endless(begin, again, pause=0.0):
    def answer(connection, over):
        connection.sendall(begin)
        while not over():
            connection.sendall(again)
            if pause:
                time.sleep(pause)

    return answer


@attack("a chunk extension that never ends", callers=1)
def endpoint_extension(site):
    return calling(site, endless(CHUNKED + b"1;", b"x" * 65536))


@attack("the same, four at once", callers=4)
def endpoint_extension_four(site):
    return calling(site, endless(CHUNKED + b"1;", b"x" * 65536))


@attack("chunks of one byte with long extensions", callers=4)
def endpoint_extensions(site):
    return calling(site, endless(CHUNKED, (b"1;" + b"x" * 4000 + b"\r\na\r\n") * 16))


@attack("chunks of one byte, without end", callers=4)
def endpoint_tiny_chunks(site):
    return calling(site, endless(CHUNKED, b"1\r\na\r\n" * 4096))


@attack("interim answers without end", callers=4)
def endpoint_interim(site):
    return calling(site, endless(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 512))


@attack("a head without end", callers=4)
def endpoint_head(site):
    return calling(site, endless(HEAD, b"X-More: and more\r\n" * 1024))


@attack("a field of the head without end", callers=4)
def endpoint_field(site):
    return calling(site, endless(HEAD + b"X-More: ", b"y" * 65536))


@attack("a status line without end", callers=4)
def endpoint_status(site):
    return calling(site, endless(b"HTTP/1.1 200 ", b"O" * 65536))


@attack("trailers without end", callers=4)
def endpoint_trailers(site):
    return calling(site, endless(CHUNKED + b"0\r\n", b"X-More: and more\r\n" * 1024))


@attack("a body without end or length", callers=16)
def endpoint_endless(site):
    return calling(site, endless(HEAD + b"\r\n", b" " * 65536))


@attack("an answer that drips, 200 callers", callers=200)
def endpoint_drip(site):
    return calling(site, endless(HEAD + b"\r\n{", b" ", 0.2))


@attack("no answer at all, 200 callers, a deadline of 2 s", callers=200)
def endpoint_silent(site):
    return calling(site, endless(b"", b"", 0.5), "2s")


@attack("answers of a dense megabyte, 32 callers", callers=32)
def endpoint_large(site):
    body = b'{"status": true, "x": [' + b"[1],[2]," * 125_000 + b"0]}"
    head = HEAD + b"Content-Length: %d\r\n\r\n" % len(body)
    return calling(site, lambda connection, over: connection.sendall(head + body))


@attack("connections of the bot that are closed at once, in a loop", callers=16)
def endpoint_closing(site):
    return calling(site, lambda connection, over: None)


@attack("names that no server knows", callers=32)
def endpoint_names(site):
    nodes = {}
    for n in range(20):
        api = {"type": "api", "url": f"https://n{n}.nowhere.invalid/", "timeout": "5s"}
        nodes[f"CALL_{n}"] = {"start": True, "end": True, "user_says": [f"{GO} {n}"]}
        nodes[f"CALL_{n}"]["integration"] = api
    bot = site.bot(BOT, nodes)
    counter = iter(range(1 << 60))

    def strike():
        bot.say(f"{GO} {next(counter) % 20}", site.me())
        bot.say(PLAIN, site.me())

    return strike

"""What code does inside of its box, and with what the executor does for it."""

import socket
import threading

from harness.attack import attack
from harness.site import compact

from .templates import BOT, GO


def running(site, body, **rest):
    """A bot whose code is `body`, Python indented by four, that may use `json`, `socket`, `time`."""
    code = "import json, socket, threading, time\n\ndef main(event, context):\n" + body
    code += '    return {"statusCode": 200, "body": json.dumps({"status": True, "response": ["x"]})}\n'
    nodes = {"RUN": {"start": True, "end": True, "user_says": [GO], "integration": {"type": "code"}}}
    bot = site.bot(BOT, nodes, {"RUN": code}, **rest)
    return lambda: bot.say(GO, site.me())


@attack("calls that sleep and take all places", callers=250)
def sleepers(site):
    return running(site, "    time.sleep(3)\n")


@attack("60 threads that compute, in each of two calls", callers=2, saturates=True)
def box_threads(site):
    body = "    def spin():\n        end = time.time() + 4\n        while time.time() < end:\n"
    body += "            sum(range(1000))\n"
    body += "    all = [threading.Thread(target=spin) for _ in range(60)]\n"
    body += "    [t.start() for t in all]\n    [t.join() for t in all]\n"
    return running(site, body, limits={"code_timeout": "6s"})


@attack("eight calls that compute without an end, until the deadline", callers=8, saturates=True)
def box_spin(site):
    return running(site, "    while True:\n        pass\n", limits={"code_timeout": "2s"})


@attack("short calls, as many as go", callers=32, saturates=True)
def box_calls(site):
    return running(site, "    pass\n")


@attack("questions to the name server, without end", callers=4)
def box_names(site):
    body = """    def ask():
        end = time.time() + 3
        while time.time() < end:
            try:
                socket.getaddrinfo("a.nowhere.invalid", 80)
            except OSError:
                pass
    all = [threading.Thread(target=ask) for _ in range(30)]
    [t.start() for t in all]
    [t.join() for t in all]
"""
    return running(site, body)


@attack("four calls of 1.5 GiB each", callers=4, saturates=True)
def box_memory(site):
    body = "    held = bytearray(1_400_000_000)\n    time.sleep(2)\n"
    return running(site, body, limits={"memory": "1536MiB"})


@attack("connections to a peer that never reads, filled", callers=2)
def box_unread(site):
    listening = socket.create_server(("127.0.0.1", 0), backlog=256)
    site.closing.append(listening.close)
    kept = []
    threading.Thread(target=lambda: accept(listening, kept), daemon=True).start()
    body = f"""    kept = []
    for _ in range(200):
        try:
            s = socket.create_connection({listening.getsockname()!r}, timeout=1)
            s.setblocking(False)
            while True:
                s.send(b"x" * 65536)
        except OSError:
            kept.append(s)
"""
    return running(site, body, egress={"allow": [address_of(listening)]})


def accept(listening, kept):
    while True:
        try:
            kept.append(listening.accept()[0])
        except OSError:
            return


@attack("blocking connects to a peer that takes nobody in, 60 in each call", callers=8)
def box_connects(site):
    # Once as many wait as it lets wait, the kernel answers no further one.
    listening = socket.create_server(("127.0.0.1", 0), backlog=0)
    waiting = [socket.socket() for _ in range(4)]
    for one in waiting:
        one.setblocking(False)
        one.connect_ex(listening.getsockname())
    site.closing += [listening.close, *[one.close for one in waiting]]
    body = f"""    def go():
        try:
            socket.create_connection({listening.getsockname()!r}, timeout=2)
        except OSError:
            pass
    all = [threading.Thread(target=go) for _ in range(60)]
    [t.start() for t in all]
    [t.join() for t in all]
"""
    return running(site, body, egress={"allow": [address_of(listening)]})


def address_of(listening):
    return f"127.0.0.1:{listening.getsockname()[1]}"


@attack("files in /tmp until the memory is full", callers=4)
def box_files(site):
    body = """    n = 0
    while True:
        with open("/tmp/f%d" % n, "wb") as file:
            file.write(b"x" * 1_000_000)
        n += 1
"""
    return running(site, body)


@attack("code that dies at once, in a loop", callers=8)
def box_deaths(site):
    return running(site, "    import os\n    os.kill(os.getpid(), 9)\n")


@attack("code that takes long to load, new with each call", callers=4, saturates=True)
def box_saves(site):
    bot = site.bot(BOT)
    counter = iter(range(1 << 60))

    def strike():
        code = f"x = {next(counter)}\ny = [n * n for n in range(200_000)]\n"
        code += "def main(event, context):\n    return {'statusCode': 200, 'body': '{}'}\n"
        site.ask("PUT", bot.path + "/code/WORK", code.encode(), "text/x-python")
        site.ask("POST", bot.path + "/integrations/WORK/test", compact({"input": {}}))

    return strike


@attack("packages that no index has, installed again and again", callers=4)
def package_installs(site):
    bot = site.bot(BOT)
    counter = iter(range(1 << 60))

    def strike():
        wanted = f"no-such-package-{next(counter)}==1.0\n".encode()
        site.ask("PUT", bot.path + "/packages", wanted, "text/plain")
        site.ask("POST", bot.path + "/packages/install")
        site.ask("GET", bot.path + "/packages")

    return strike

"""The code of both nodes: with the service, and with a Redis where there is one."""

import contextlib
import importlib.util
import json
import pathlib
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

BOT = pathlib.Path(__file__).resolve().parent.parent
ROOT = BOT.parent.parent
# The module that every call can import; see docs/reference/python-module.md.
sys.path.insert(0, str(ROOT / "executor/src/main/resources/io/patchbay/executor/box"))


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


lead_store = load(BOT / "service" / "lead_store.py")


def free_port():
    """Below the ports that the kernel gives to connections and to whoever asks for any."""
    for port in random.sample(range(20_000, 30_000), 100):
        with socket.socket() as free, contextlib.suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")


@contextlib.contextmanager
def port_of_nobody():
    """Held, so that nobody else listens there."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


class Store:
    """What is true of every store. Others give it variables()."""

    def run_node(self, sample, user_id="u1", **changes):
        payload = json.loads((BOT / "samples" / sample).read_text())
        payload["env_variables"] = {**self.variables(), **changes}
        payload["user"]["user_id"] = user_id
        node = load(BOT / "code" / (payload["node"] + ".py"))
        node.STORE_SECONDS = 60  # a chat does not wait so long; a busy machine may need it
        return json.loads(node.main({"body": json.dumps(payload)}, None)["body"])

    def test_a_new_user_is_saved_found_and_changed(self):
        self.assertEqual("new", self.run_node("FIND_LEAD.json")["state"])
        self.assertEqual("added", self.run_node("SAVE_LEAD.json")["state"])
        found = self.run_node("FIND_LEAD.json")
        self.assertEqual({"email": "me@acme.example", "topic": "solar"}, found["lead"])
        self.assertEqual("known", found["state"])
        self.assertEqual("changed", self.run_node("SAVE_LEAD.json")["state"])

    def test_users_and_lists_are_apart(self):
        self.run_node("SAVE_LEAD.json")
        self.assertEqual("new", self.run_node("FIND_LEAD.json", user_id="u2")["state"])
        self.assertEqual("new", self.run_node("FIND_LEAD.json", LEAD_LIST="leads")["state"])

    def test_an_odd_user_id_is_a_user_like_any_other(self):
        for user_id in ("a/b?c=d", "..", "%2F", "\u00fc \u2603", "'; DROP TABLE leads"):
            self.run_node("SAVE_LEAD.json", user_id=user_id)
            self.assertEqual("known", self.run_node("FIND_LEAD.json", user_id=user_id)["state"])


class OnTheService(Store, unittest.TestCase):
    def setUp(self):
        self.leads = lead_store.Leads(":memory:")
        self.server = lead_store.serve("test", self.leads, time.time)
        thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        thread.start()
        self.addCleanup(self.leads.close)
        self.addCleanup(self.server.server_close)
        self.addCleanup(thread.join)
        self.addCleanup(self.server.shutdown)

    def variables(self):
        port = str(self.server.server_port)
        return {"LEAD_LIST": "trial", "LEAD_STORE_PORT": port, "LEAD_STORE_KEY": "test"}

    def test_a_store_that_cannot_do_it_is_unavailable_and_no_error(self):
        output = self.run_node("SAVE_LEAD.store_down.json")
        self.assertEqual((False, "unavailable"), (output["status"], output["state"]))
        with port_of_nobody() as port:
            for changes in ({"LEAD_STORE_KEY": "other"}, {"LEAD_STORE_PORT": str(port)}):
                for sample in ("FIND_LEAD.json", "SAVE_LEAD.json"):
                    self.assertEqual("unavailable", self.run_node(sample, **changes)["state"])


@unittest.skipUnless(shutil.which("redis-server"), "redis-server is not installed")
@unittest.skipUnless(importlib.util.find_spec("redis"), "python3-redis is not installed")
class OnRedis(Store, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.port = free_port()
        cls.process = subprocess.Popen(
            ["redis-server", "--port", str(cls.port), "--bind", "127.0.0.1", "--save", "",
             "--dir", folder.name, "--requirepass", "open sesame"],
            stdout=subprocess.DEVNULL,
        )
        cls.addClassCleanup(cls.process.wait)
        cls.addClassCleanup(cls.process.kill)
        cls.url = f"redis://:open%20sesame@127.0.0.1:{cls.port}/0"
        cls.await_redis()

    @classmethod
    def await_redis(cls):
        import redis

        deadline = time.monotonic() + 60
        while True:
            try:
                with redis.Redis.from_url(cls.url) as client:
                    return client.ping()
            except redis.ConnectionError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def setUp(self):
        import redis

        with redis.Redis.from_url(self.url) as client:
            client.flushdb()

    def variables(self):
        return {"LEAD_LIST": "trial", "LEAD_REDIS_URL": self.url}

    def test_a_redis_that_is_not_there_or_refuses_is_unavailable(self):
        with port_of_nobody() as port:
            gone = f"redis://127.0.0.1:{port}/0"
            for url in (gone, self.url.replace("open", "closed")):
                for sample in ("FIND_LEAD.json", "SAVE_LEAD.json"):
                    output = self.run_node(sample, LEAD_REDIS_URL=url)
                    self.assertEqual((False, "unavailable"), (output["status"], output["state"]))


if __name__ == "__main__":
    unittest.main()

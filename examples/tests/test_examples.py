"""What README.md promises of every example: its files and their shapes."""

import contextlib
import json
import os
import pathlib
import random
import re
import socket
import subprocess
import sys
import tempfile
import unittest

EXAMPLES = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = sorted(path.parent for path in EXAMPLES.glob("*/bot.yaml"))


class Examples(unittest.TestCase):
    def test_every_case_has_one_and_is_explained(self):
        cases = [
            "lead-capture", "loan-eligibility", "order-status", "otp-verification",
            "own-auth-storage",
        ]
        self.assertLessEqual(set(cases), {folder.name for folder in FOLDERS})
        for page in (EXAMPLES / "README.md", EXAMPLES.parent / "docs/explanation/choosing.md"):
            for folder in FOLDERS:
                self.assertIn(f"{folder.name}/README.md", page.read_text(), page)

    def test_every_node_with_an_integration_has_a_sample(self):
        for folder in FOLDERS:
            node = None
            for line in (folder / "bot.yaml").read_text().splitlines():
                name = re.fullmatch(r"  ([A-Z_]+):.*", line)
                node = name[1] if name else node
                if line.startswith("    integration:"):
                    self.assertTrue((folder / f"samples/{node}.json").is_file(), (folder, node))

    def test_the_folder_is_named_after_the_bot(self):
        for folder in FOLDERS:
            self.assertIn(f"\nbot: {folder.name}\n", (folder / "bot.yaml").read_text())

    def test_there_is_a_readme(self):
        for folder in FOLDERS:
            self.assertTrue((folder / "README.md").is_file())

    def test_conversations_are_lists_of_turns(self):
        for folder in FOLDERS:
            files = sorted(folder.glob("conversations/*.json"))
            self.assertGreaterEqual(len(files), 2, "a happy and an unhappy one")
            for file in files:
                turns = json.loads(file.read_text())
                self.assertTrue(turns, file)
                for turn in turns:
                    self.check_turn(file, turn)

    def check_turn(self, file, turn):
        self.assertIn(set(turn), [{"say", "expect"}, {"say", "matches"}], file)
        self.assertIsInstance(turn["say"], str, file)
        if "matches" in turn:
            re.compile(turn["matches"])
        else:
            self.assertTrue(all(isinstance(text, str) for text in turn["expect"]), file)

    def test_samples_hold_the_payload(self):
        for folder in FOLDERS:
            for file in folder.glob("samples/*.json"):
                payload = json.loads(file.read_text())
                self.assertEqual(file.name.partition(".")[0], payload["node"], file)
                self.assertIsInstance(payload["entities"], dict, file)

    def test_the_manifest_has_only_what_the_server_knows(self):
        for folder in FOLDERS:
            manifest = json.loads((folder / "example.json").read_text())
            self.assertLessEqual(set(manifest), {"variables", "service"})
            self.check_variables(folder, manifest)
            if "service" in manifest:
                self.check_service(folder, manifest)

    def check_variables(self, folder, manifest):
        definition = (folder / "bot.yaml").read_text()
        for name, values in manifest.get("variables", {}).items():
            self.assertIn(f"\n  {name}: {{", definition, "declared in bot.yaml")
            self.assertIn(set(values), [{"both"}, {"staging", "production"}])
            for value in values.values():
                self.check_value(folder, manifest, value)

    def check_value(self, folder, manifest, value):
        if isinstance(value, str):
            return
        (kind, of), = value.items()
        if kind == "file":
            self.assertTrue((folder / of).is_file())
        elif kind == "from":
            self.assertEqual("service.port", of)
            self.assertIn("service", manifest)
        else:
            self.assertEqual(("generate", "secret"), (kind, of))

    def check_service(self, folder, manifest):
        service = manifest["service"]
        self.assertEqual({"command", "environment", "ready"}, set(service))
        self.assertEqual("python3", service["command"][0])
        self.assertTrue((folder / service["command"][1]).is_file())
        self.assertLessEqual(set(service["environment"]), set(manifest["variables"]))
        self.assertTrue(service["ready"].startswith("/"))

    def test_a_service_comes_back_on_its_port_or_on_another_where_it_is_taken(self):
        for folder in FOLDERS:
            service = json.loads((folder / "example.json").read_text()).get("service")
            if service is None:
                continue
            with self.subTest(folder.name), contextlib.ExitStack() as ends:
                first = ends.enter_context(running(folder, service, "0"))
                self.assertNotEqual(first, ends.enter_context(running(folder, service, first)))
                for odd in ("", "x", "-1", "70000"):
                    self.assertGreater(int(ends.enter_context(running(folder, service, odd))), 0)
                port = free_port()
                self.assertEqual(port, ends.enter_context(running(folder, service, port)))


def free_port():
    """Below the ports that the kernel gives to connections and to whoever asks for any."""
    for port in random.sample(range(20_000, 30_000), 100):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return str(port)
    raise OSError("no port is free")


@contextlib.contextmanager
def running(folder, service, port):
    """The port that it tells, while it runs."""
    with tempfile.TemporaryDirectory() as files:
        known = {name: "test" for name in service["environment"]}
        process = subprocess.Popen(
            [sys.executable, *service["command"][1:]], cwd=folder, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, **known, "SERVICE_DATA": files, "SERVICE_PORT": port},
        )
        try:
            yield str(json.loads(process.stdout.readline())["port"])
        finally:
            process.communicate()


if __name__ == "__main__":
    unittest.main()

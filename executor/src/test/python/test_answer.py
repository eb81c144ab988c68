"""What main returns: A4, A5, C5."""

import ast
import json
import unittest

import shipped

import patchbay
from patchbay import button, card, link, reply, text


def output(answer):
    return json.loads(answer["body"])


class Replies(unittest.TestCase):
    def test_A4_the_return_value_of_main(self):
        answer = reply("Hi")
        self.assertEqual(200, answer["statusCode"])
        self.assertEqual({"Content-Type": "application/json"}, answer["headers"])
        self.assertEqual({"status": True, "response": ["Hi"]}, output(answer))

    def test_C6_bubbles_keep_their_order(self):
        second = button("More?", [link("Shop", "https://x.example")])
        self.assertEqual(["Hi", second, text("Bye")], output(reply("Hi", second, text("Bye")))["response"])

    def test_A5_without_bubbles_there_is_no_response(self):
        self.assertEqual(
            {"status": False, "state": "late", "days": 2},
            output(reply(status=False, state="late", days=2)),
        )
        self.assertEqual(["x"], output(reply(response=["x"]))["response"])

    def test_D3_details_are_there_only_when_given(self):
        self.assertEqual({"status": True}, output(reply()))
        self.assertEqual(
            {"status": True, "conversation_details": {}, "user_details": {"a": [1]}},
            output(reply(conversation_details={}, user_details={"a": [1]})),
        )

    def test_any_language_survives(self):
        answer = reply("नमस्ते 👋")
        self.assertIn("नमस्ते 👋", answer["body"])

    def test_replies_share_nothing(self):
        reply("a")["headers"]["X"] = "1"
        self.assertNotIn("X", reply("a")["headers"])

    def test_what_cannot_be_sent_is_refused_with_a_reason(self):
        for error, message, arguments, named in [
            (TypeError, "one by one", (["a", "b"],), {}),
            (TypeError, "a text or an element, not NoneType", (None,), {}),
            (TypeError, "a text or an element, not int", (5,), {}),
            (ValueError, "must not be empty", ("",), {}),
            (ValueError, "needs a 'type'", ({},), {}),
            (ValueError, "goes into button", (link("x", "https://x.example"),), {}),
            (ValueError, "goes into carousel", (card("x"),), {}),
            (TypeError, "not both", ("a",), {"response": ["b"]}),
            (TypeError, "conversation_details must be a dict, not list", (), {"conversation_details": []}),
            (TypeError, "user_details must be a dict, not str", (), {"user_details": "{}"}),
            (TypeError, "when cannot be JSON: .*set", (), {"when": {1}}),
            (ValueError, "price cannot be JSON: .*float", (), {"price": float("nan")}),
        ]:
            with self.subTest(message=message), self.assertRaisesRegex(error, message):
                reply(*arguments, **named)

    def test_what_holds_itself_is_refused_by_name(self):
        loop = []
        loop.append(loop)
        with self.assertRaisesRegex(ValueError, "loop cannot be JSON"):
            reply(loop=loop)
        deep = []
        for _ in range(100_000):
            deep = [deep]
        with self.assertRaisesRegex(ValueError, "deep is nested too deeply"):
            reply(deep=deep)


class Module(unittest.TestCase):
    def test_it_is_written_for_python_3_9(self):
        for file in shipped.MODULE.glob("*.py"):
            ast.parse(file.read_text(), feature_version=(3, 9))

    def test_it_needs_json_and_nothing_else(self):
        for file in shipped.MODULE.glob("*.py"):
            imports = [n for n in ast.parse(file.read_text()).body if isinstance(n, ast.Import)]
            names = {alias.name for node in imports for alias in node.names}
            self.assertLessEqual(names, {"json"}, file)

    def test_every_name_is_documented(self):
        for name in patchbay.__all__:
            self.assertTrue(getattr(patchbay, name).__doc__, name)
        self.assertTrue((shipped.MODULE / "py.typed").exists())


if __name__ == "__main__":
    unittest.main()

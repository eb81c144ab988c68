"""docs/reference/python-module.md: its programs run, its sessions give what they show."""

import doctest
import inspect
import json
import re
import unittest

import shipped

import patchbay

PAGE = shipped.ROOT / "docs/reference/python-module.md"
BLOCKS = re.findall(r"```(python|json)\n(.*?)```", PAGE.read_text(), re.DOTALL)
PAYLOAD = {
    "node": "TRACK_ORDER",
    "event": "API_INTEGRATION",
    "conversation_details": {},
    "entities": {"order_id": [{"original_text": "abc123", "entity_value": {"value": "abc123"}}]},
}


class Page(unittest.TestCase):
    def test_sessions_give_what_they_show(self):
        sessions = [code for language, code in BLOCKS if language == "python" and ">>>" in code]
        self.assertGreaterEqual(len(sessions), 3)
        for number, session in enumerate(sessions):
            test = doctest.DocTestParser().get_doctest(session, {}, f"session {number}", None, 0)
            shown = []
            result = doctest.DocTestRunner(verbose=False).run(test, out=shown.append)
            self.assertGreater(result.attempted, 1)
            self.assertEqual(0, result.failed, "".join(shown))

    def test_the_first_program_answers_what_is_shown(self):
        (_, program), (_, answer) = BLOCKS[:2]
        names = {}
        exec(program, names)
        returned = names["main"]({"body": json.dumps(PAYLOAD)}, None)
        self.assertEqual(json.loads(answer), json.loads(returned["body"]))
        nothing = {**PAYLOAD, "entities": {"order_id": []}}
        asked = names["main"]({"body": json.dumps(nothing)}, None)
        self.assertEqual(["Which order?"], json.loads(asked["body"])["response"])

    def test_every_function_is_there_as_it_is(self):
        page = PAGE.read_text()
        for name in ["text", "button", "carousel", "image", "quick_reply", "say", "link", "call", "card"]:
            parameters = inspect.signature(getattr(patchbay, name)).parameters.values()
            shown = ", ".join(str(p.replace(annotation=p.empty)).replace("'", '"') for p in parameters)
            self.assertIn(f"| `{name}({shown})` |", page)

    def test_every_name_is_mentioned(self):
        page = PAGE.read_text()
        for name in patchbay.__all__:
            self.assertIn(f"`{name}(", page)


if __name__ == "__main__":
    unittest.main()

"""Reading what a call gets: every shape of K10, and none that raises."""

import json
import unittest

import shipped  # noqa: F401

from patchbay import Entities, Payload, body

PAYLOAD = {
    "node": "TRACK_ORDER",
    "event": "API_INTEGRATION",
    "user": {"full_name": "Ann", "device_platform": 5, "language_code": "hi", "auth_id": "ann"},
    "conversation_no": 3,
    "conversation_details": {"tries": 1, "seen": ["a"]},
    "user_details": {"language_code": "hi"},
    "env_variables": {"BASE": "https://shop.example"},
    "entities": {
        "order_id": [
            {"detection": "message", "original_text": "ABC123", "entity_value": {"value": "abc123"}}
        ],
        "city": [],
    },
}
EVENT = {"body": json.dumps(PAYLOAD)}


def match(value):
    return [{"detection": "message", "original_text": "as written", "entity_value": value}]


class EntityShapes(unittest.TestCase):
    def test_K10_every_shape_gives_its_value(self):
        name = {"first_name": "Ann", "middle_name": None, "last_name": "Lee"}
        date = {"dd": 1, "mm": 2, "yy": 2026, "type": "date"}
        shapes = [
            (match("green"), "green"),
            (match({"value": "abc123"}), "abc123"),
            (match({"value": date}), date),
            (match(date), date),
            (match(name), name),
            (match({"value": name}), name),
            (match({"unit": "rupees", "value": "50.00"}), "50.00"),
            (match({"value": "30", "unit": None}), "30"),
            (match({"value": {"value": "deep"}}), "deep"),
            (match(7), 7),
            (match(False), False),
            (match(""), ""),
            (match(["a", "b"]), ["a", "b"]),
            (match("green")[0], "green"),
            ([{"value": "bare match"}], "bare match"),
            (["bare"], "bare"),
            ("bare", "bare"),
            ({"value": "bare"}, "bare"),
            ([None, {}, {"entity_value": None}, *match("late")], "late"),
        ]
        for shape, value in shapes:
            with self.subTest(shape=shape):
                entities = Entities({"e": shape})
                self.assertEqual(value, entities.get("e", "default"))
                self.assertEqual([value], entities.all("e"))
                self.assertIn("e", entities)
                self.assertEqual(["e"], list(entities))

    def test_K10_what_holds_no_value_gives_the_default(self):
        for shape in [
            None, [], {}, [None], [{}], match(None), match({"value": None}), [None, {}],
            [{"detection": "message", "original_text": "x"}],
        ]:
            with self.subTest(shape=shape):
                entities = Entities({"e": shape})
                self.assertEqual("default", entities.get("e", "default"))
                self.assertIsNone(entities.get("e"))
                self.assertEqual([], entities.all("e"))
                self.assertIsNone(entities.raw("e"))
                self.assertNotIn("e", entities)
                self.assertEqual(0, len(entities))

    def test_several_values_and_what_was_written(self):
        entities = Entities({"size": match("s") + match({"value": "m"})})
        self.assertEqual(["s", "m"], entities.all("size"))
        self.assertEqual("s", entities.get("size"))
        self.assertEqual("as written", entities.text("size"))
        self.assertEqual("none", entities.text("other", "none"))
        self.assertIsNone(Entities({"e": ["bare"]}).text("e"))
        self.assertIsNone(Entities({"e": [{"entity_value": "x", "original_text": 5}]}).text("e"))

    def test_raw_keeps_what_is_beside_the_value(self):
        money = {"unit": "rupees", "value": "50.00"}
        self.assertEqual(money, Entities({"price": match(money)}).raw("price"))

    def test_a_payload_will_do_and_an_entity_may_be_named_entities(self):
        self.assertEqual("abc123", Entities(PAYLOAD).get("order_id"))
        self.assertEqual("x", Entities({"entities": match("x")}).get("entities"))
        self.assertEqual(0, len(Entities({"event": "API_INTEGRATION", "node": "N"})))
        self.assertNotIn("node", Entities({**PAYLOAD, "entities": None}))

    def test_nothing_raises(self):
        odd = [None, 1, "x", [], [PAYLOAD], {"e": {"value": {"value": {}}}}, {"e": 1}, {1: 2}]
        loop = {}
        loop["value"] = loop
        odd.append({"e": match(loop)})
        odd.append({"e": [[["x"]]], "f": ({"entity_value": "y"},)})
        for given in odd:
            with self.subTest(given=type(given)):
                entities = Entities(given)
                for name in ["e", "f", "missing", "", None, 1, [], {}]:
                    entities.get(name)
                    entities.all(name)
                    entities.raw(name)
                    entities.text(name)
                    name in entities
                list(entities), len(entities), repr(entities)


class Payloads(unittest.TestCase):
    def test_C1_every_part_has_a_name(self):
        payload = Payload(EVENT)
        self.assertEqual("TRACK_ORDER", payload.node)
        self.assertEqual("abc123", payload.entities.get("order_id"))
        self.assertEqual("Ann", payload.user["full_name"])
        self.assertEqual("hi", payload.language_code)
        self.assertEqual(3, payload.conversation_no)
        self.assertEqual("https://shop.example", payload.env_variables["BASE"])
        self.assertEqual(PAYLOAD, payload.body)

    def test_details_are_copies_that_keep_what_is_changed(self):
        payload = Payload(EVENT)
        payload.conversation_details["seen"].append("b")
        payload.user_details["name"] = "Ann"
        self.assertEqual(["a", "b"], payload.conversation_details["seen"])
        self.assertEqual({"tries": 1, "seen": ["a"]}, payload.body["conversation_details"])
        self.assertNotIn("name", payload.body["user_details"])

    def test_missing_and_odd_parts_are_empty(self):
        for odd in [{}, dict.fromkeys(PAYLOAD), {key: 1.5 for key in PAYLOAD}]:
            with self.subTest(odd=odd):
                payload = Payload({"body": json.dumps(odd)})
                self.assertEqual("", payload.node)
                self.assertEqual([], list(payload.entities))
                self.assertEqual({}, payload.user)
                self.assertEqual("en", payload.language_code)
                self.assertEqual(1, payload.conversation_no)
                self.assertEqual({}, payload.conversation_details)
                self.assertEqual({}, payload.user_details)
                self.assertEqual({}, payload.env_variables)

    def test_body_takes_text_bytes_and_a_payload_itself(self):
        for event in [EVENT, {"body": EVENT["body"].encode()}, {"body": PAYLOAD}, PAYLOAD]:
            self.assertEqual(PAYLOAD, body(event))

    def test_body_says_what_is_wrong(self):
        for event, message in [
            (None, "event must be a dict"),
            (EVENT["body"], "event must be a dict"),
            ({}, "not nothing"),
            ({"body": None}, "not nothing"),
            ({"body": "[]"}, "not list"),
            ({"body": "{"}, "Expecting"),
        ]:
            with self.subTest(event=event), self.assertRaisesRegex(ValueError, message):
                body(event)


if __name__ == "__main__":
    unittest.main()

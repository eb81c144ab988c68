"""Elements: their shapes (H1 to H7), and what is refused with which words."""

import unittest

import shipped  # noqa: F401

from patchbay import button, call, card, carousel, image, link, quick_reply, say, text


class Shapes(unittest.TestCase):
    def test_H2_text(self):
        self.assertEqual({"text": "Hi", "type": "TEXT", "data": {"quick_replies": []}}, text("Hi"))
        replies = text("Go on?", quick_replies=["Yes", quick_reply("No", "no, stop")])
        yes, no = replies["data"]["quick_replies"]
        self.assertEqual(
            {
                "actionable_text": "Yes",
                "is_default": 0,
                "type": "TEXT_ONLY",
                "payload": {"message": "Yes"},
            },
            yes,
        )
        self.assertEqual({"message": "no, stop"}, no["payload"])

    def test_H3_H6_button(self):
        built = button("Next?", [link("Shop", "https://shop.example/?a=1"), say("Back"), "Stop"])
        self.assertEqual(("Next?", "BUTTON"), (built["text"], built["type"]))
        shop, back, stop = built["data"]["items"]
        self.assertEqual(
            {
                "actionable_text": "Shop",
                "location_required": False,
                "is_default": 0,
                "uri": "LINK",
                "type": "APP_ACTION",
                "payload": {"url": "https://shop.example/?a=1"},
            },
            shop,
        )
        self.assertEqual(("", "TEXT_ONLY", {"message": "Back"}), kind(back))
        self.assertEqual(say("Stop"), stop)

    def test_a_quick_reply_becomes_a_whole_button(self):
        (item,) = button("Next?", [quick_reply("Yes")])["data"]["items"]
        self.assertEqual(say("Yes"), item)

    def test_H6_call(self):
        tel = {"message": "+12025550143", "url": "tel:+12025550143"}
        self.assertEqual(("CALL", "APP_ACTION", tel), kind(call("Ring us", "+1 (202) 555-0143")))

    def test_H4_carousel(self):
        first = card("Tea", "green", "From far", "https://shop.example/tea.png", [say("Take it")])
        second = card("Cup", image="https://shop.example/cup.png")
        built = carousel([first, second], width="FAT", aspect_ratio="1.77", text="Ours")
        self.assertEqual("CAROUSEL", built["type"])
        self.assertEqual("FAT", built["data"]["width"])
        self.assertEqual("1.77", built["data"]["image_aspect_ratio"])
        self.assertEqual([first, second], built["data"]["items"])
        self.assertEqual({"image": "https://shop.example/tea.png"}, first["thumbnail"])
        self.assertEqual([say("Take it")], first["actionables"])

    def test_H4_a_carousel_without_images_says_so(self):
        self.assertEqual(1000, carousel([card("a")])["data"]["image_aspect_ratio"])
        pictured = carousel([card("a", image="https://x.example/a.png")])
        self.assertNotIn("image_aspect_ratio", pictured["data"])

    def test_H5_an_image_is_a_carousel_of_one(self):
        data = image("https://x.example/a.png")["data"]
        (item,) = data["items"]
        self.assertEqual(("MEDIUM", 1.77), (data["width"], data["image_aspect_ratio"]))
        self.assertEqual([], item["actionables"])
        self.assertEqual("https://x.example/a.png", item["thumbnail"]["image"])


class Refusals(unittest.TestCase):
    def refuse(self, error, message, build, *arguments, **named):
        with self.subTest(message=message), self.assertRaisesRegex(error, message):
            build(*arguments, **named)

    def test_texts(self):
        self.refuse(TypeError, "text must be a str, not int 5", text, 5)
        self.refuse(TypeError, "text must be a str, not None", button, None, ["x"])
        self.refuse(ValueError, "text must not be empty", text, " ")
        self.refuse(ValueError, "message must not be empty", quick_reply, "Yes", "")
        self.refuse(TypeError, "title must be a str", card, None)
        self.refuse(TypeError, "sub_title must be a str", card, "x", 1)

    def test_lists(self):
        self.refuse(TypeError, "quick_replies must be a list, not str 'Yes'", text, "x", "Yes")
        self.refuse(TypeError, "actions must be a list, not dict", button, "x", say("y"))
        self.refuse(TypeError, "actions must be a list, not None", button, "x", None)
        self.refuse(TypeError, "cards must be a list, not dict", carousel, card("x"))
        self.refuse(ValueError, "at least one action", button, "x", [])
        self.refuse(ValueError, "at least one card", carousel, [])

    def test_parts_in_the_wrong_place(self):
        shop = link("Shop", "https://x.example")
        self.refuse(ValueError, "only says something", text, "x", [shop])
        self.refuse(TypeError, "a quick reply is a text or quick_reply", text, "x", [5])
        self.refuse(TypeError, "an action is a text, link", button, "x", [text("y")])
        self.refuse(TypeError, "cards must hold card", carousel, [shop])
        self.refuse(TypeError, "cards must hold card", carousel, ["x"])

    def test_carousels(self):
        pictured = card("a", image="https://x.example/a.png")
        self.refuse(ValueError, "THIN, MEDIUM, FAT, BIG", carousel, [pictured], width="medium")
        self.refuse(ValueError, "every card needs an image", carousel, [pictured, card("b")])
        self.refuse(ValueError, "every card needs an image", carousel, [card("b")], aspect_ratio=2)
        for ratio in [0, -1, float("nan"), float("inf"), 10**400, "wide", ""]:
            self.refuse(ValueError, "aspect_ratio must be", carousel, [pictured], aspect_ratio=ratio)
        for ratio in [True, [], {}]:
            self.refuse(TypeError, "aspect_ratio must be", carousel, [pictured], aspect_ratio=ratio)

    def test_addresses(self):
        for url in ["shop.example", "/a", "https://", "https:", "javascript:alert(1)", "a b://c",
                    "localhost:80/x", "data:text/html,x", "://x"]:
            self.refuse(ValueError, "whole address", link, "x", url)
        self.refuse(ValueError, "must not run code", link, "x", "JavaScript://%0aalert(1)")
        self.refuse(ValueError, "must not hold spaces", link, "x", "https://x.example/a b")
        self.refuse(ValueError, "must not be empty", link, "x", "")
        self.refuse(TypeError, "url must be a str", link, "x", None)
        self.refuse(ValueError, "image must start with https", card, "x", image="ftp://x/y")
        self.refuse(ValueError, "url must start with https", image, "app://x/y")
        for url in ["https://x.example", "HTTP://X", "mailto:a@x.example", "app.shop://order/1"]:
            self.assertEqual(url, link("x", url)["payload"]["url"])

    def test_phone_numbers(self):
        for phone in ["", "1", "one two", "+", "12345678901234567890123", "+1;ext=5", "\u0661\u0662"]:
            self.refuse(ValueError, "phone must", call, "x", phone)
        self.refuse(TypeError, "phone must be a str", call, "x", 12025550143)


def kind(action):
    return action["uri"], action["type"], action["payload"]


if __name__ == "__main__":
    unittest.main()

"""Builds bubbles that are more than words: elements of a reply (H1 to H7), as plain dicts.

What they refuse (TypeError, ValueError) would otherwise reach the user broken.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in typing, which need not be loaded for it
if TYPE_CHECKING:
    from typing import Any, Iterable, Optional, Union

    Dict = dict[str, Any]

_WIDTHS = ("THIN", "MEDIUM", "FAT", "BIG")

# From here on an aspect ratio means that there is no picture (H4).
_NO_PICTURE = 1000

_IMAGE_SCHEMES = ("http", "https")
_SCHEMES_WITHOUT_HOST = ("mailto", "sms", "tel")
_HARMFUL_SCHEMES = ("data", "javascript", "vbscript")


def text(text: str, quick_replies: Iterable[Union[str, Dict]] = ()) -> Dict:
    """Words, with replies to tap that vanish once one is tapped (H2).

    quick_replies: texts, or quick_reply(...)
    -> {"text", "type": "TEXT", "data": {"quick_replies": [...]}}
    """
    replies = [_quick_reply(one) for one in _items(quick_replies, "quick_replies")]
    return {"text": _words(text, "text"), "type": "TEXT", "data": {"quick_replies": replies}}


def quick_reply(text: str, message: Optional[str] = None) -> Dict:
    """A reply to tap below a text. message: what is said then, if not the text itself.

    -> {"actionable_text", "is_default": 0, "type": "TEXT_ONLY", "payload": {"message"}}
    """
    return {
        "actionable_text": _words(text, "text"),
        "is_default": 0,
        "type": "TEXT_ONLY",
        "payload": {"message": _message(text, message)},
    }


def button(text: str, actions: Iterable[Union[str, Dict]]) -> Dict:
    """Words with buttons that stay (H3).

    actions: at least one of link(...), say(...), call(...); a text stands for say(text)
    -> {"text", "type": "BUTTON", "data": {"items": [...]}}
    """
    items = _actions(actions)
    if not items:
        raise ValueError("a button needs at least one action; for words alone there is text()")
    return {"text": _words(text, "text"), "type": "BUTTON", "data": {"items": items}}


def link(text: str, url: str) -> Dict:
    """A button that opens an address (H6, H7).

    -> {"actionable_text", ..., "uri": "LINK", "type": "APP_ACTION", "payload": {"url"}}
    """
    return _action(text, "LINK", "APP_ACTION", {"url": _url(url)})


def say(text: str, message: Optional[str] = None) -> Dict:
    """A button that says something for the user. message: what, if not the text itself.

    -> {"actionable_text", ..., "uri": "", "type": "TEXT_ONLY", "payload": {"message"}}
    """
    return _action(text, "", "TEXT_ONLY", {"message": _message(text, message)})


def call(text: str, phone: str) -> Dict:
    """A button that rings a number up, where the user's device can. phone: "+1 202 555 0143".

    -> {"actionable_text", ..., "uri": "CALL", "type": "APP_ACTION",
        "payload": {"message": "+12025550143", "url": "tel:+12025550143"}}
    """
    number = _number(phone)
    return _action(text, "CALL", "APP_ACTION", {"message": number, "url": "tel:" + number})


def carousel(
    cards: Iterable[Dict],
    width: str = "MEDIUM",
    aspect_ratio: Union[int, float, str, None] = None,
    text: str = "",
) -> Dict:
    """Cards side by side (H4).

    cards: at least one card(...), all with an image or none
    width: THIN, MEDIUM, FAT or BIG
    aspect_ratio: width of the images divided by their height, such as 1.77, or the same as text;
        1000 and more shows no images. Left out: the app's own, or 1000 where no card has an image
    -> {"text", "type": "CAROUSEL", "data": {"width", "image_aspect_ratio"?, "items": [...]}}
    """
    items = [_card(one) for one in _items(cards, "cards")]
    if not items:
        raise ValueError("a carousel needs at least one card")
    if width not in _WIDTHS:
        raise ValueError(f"width must be one of {', '.join(_WIDTHS)}, not {width!r}")
    data: Dict = {"width": width}
    with_image = sum(1 for item in items if item["thumbnail"]["image"])
    if aspect_ratio is None and with_image == 0:
        aspect_ratio = _NO_PICTURE
    if aspect_ratio is not None:
        data["image_aspect_ratio"] = _ratio(aspect_ratio)
    if with_image < len(items) and (aspect_ratio is None or float(aspect_ratio) < _NO_PICTURE):
        raise ValueError("every card needs an image, or no card and no aspect_ratio")
    data["items"] = items
    return {"text": _string(text, "text"), "type": "CAROUSEL", "data": data}


def card(
    title: str,
    sub_title: str = "",
    description: str = "",
    image: Optional[str] = None,
    actions: Iterable[Union[str, Dict]] = (),
) -> Dict:
    """One card of a carousel. image: its address; actions: as those of button(), maybe none.

    -> {"thumbnail": {"image"}, "title", "sub_title", "description", "actionables": [...]}
    """
    return {
        "thumbnail": {"image": "" if image is None else _image_url(image, "image")},
        "title": _words(title, "title"),
        "sub_title": _string(sub_title, "sub_title"),
        "description": _string(description, "description"),
        "actionables": _actions(actions),
    }


def image(
    url: str,
    text: str = "",
    width: str = "MEDIUM",
    aspect_ratio: Union[int, float, str] = 1.77,
) -> Dict:
    """A picture, or a film behind an address to embed: a carousel of one card (H5)."""
    words = {"title": "", "sub_title": "", "description": ""}
    only = {"thumbnail": {"image": _image_url(url, "url")}, **words, "actionables": []}
    return carousel([only], width, aspect_ratio, text)


def _action(text: str, uri: str, kind: str, payload: Dict) -> Dict:
    return {
        "actionable_text": _words(text, "text"),
        "location_required": False,
        "is_default": 0,
        "uri": uri,
        "type": kind,
        "payload": payload,
    }


def _actions(given: Any) -> list[Dict]:
    return [_one_action(one) for one in _items(given, "actions")]


def _one_action(given: Any) -> Dict:
    if isinstance(given, str):
        return say(given)
    if not (isinstance(given, dict) and "actionable_text" in given):
        raise TypeError(f"an action is a text, link(), say() or call(), not {_shown(given)}")
    # A quick reply lacks what buttons must have.
    return {"location_required": False, "uri": "", **given}


def _quick_reply(given: Any) -> Dict:
    if isinstance(given, str):
        return quick_reply(given)
    if not (isinstance(given, dict) and "actionable_text" in given):
        raise TypeError(f"a quick reply is a text or quick_reply(), not {_shown(given)}")
    if given.get("type") != "TEXT_ONLY":
        raise ValueError("a quick reply only says something; link() and call() go into button()")
    return given


def _card(given: Any) -> Dict:
    if not (isinstance(given, dict) and "actionables" in given and "thumbnail" in given):
        raise TypeError(f"cards must hold card(), not {_shown(given)}")
    return given


def _items(given: Any, name: str) -> list[Any]:
    if isinstance(given, (str, bytes, dict)) or not hasattr(given, "__iter__"):
        raise TypeError(f"{name} must be a list, not {_shown(given)}")
    return list(given)


def _message(text: str, message: Optional[str]) -> str:
    return _words(text, "text") if message is None else _words(message, "message")


def _words(given: Any, name: str) -> str:
    if not _string(given, name).strip():
        raise ValueError(f"{name} must not be empty")
    return given


def _string(given: Any, name: str) -> str:
    if not isinstance(given, str):
        raise TypeError(f"{name} must be a str, not {_shown(given)}")
    return given


def _url(given: Any) -> str:
    if _scheme(given, "url") in _HARMFUL_SCHEMES:
        raise ValueError(f"url must not run code in the user's browser: {_shown(given)}")
    return given


def _image_url(given: Any, name: str) -> str:
    if _scheme(given, name) not in _IMAGE_SCHEMES:
        raise ValueError(f"{name} must start with https:// or http://, not {_shown(given)}")
    return given


def _scheme(given: Any, name: str) -> str:
    address = _words(given, name)
    scheme, colon, rest = address.partition(":")
    scheme = scheme.lower()
    letters = scheme.replace("+", "").replace("-", "").replace(".", "")
    whole = rest.startswith("//") and len(rest) > 2 or rest and scheme in _SCHEMES_WITHOUT_HOST
    if not (colon and whole and letters.isascii() and letters.isalnum()):
        raise ValueError(f"{name} must be a whole address: https://..., not {_shown(given)}")
    if any(character.isspace() or ord(character) < 32 for character in address):
        raise ValueError(f"{name} must not hold spaces, see urllib.parse.quote: {_shown(given)}")
    return scheme


def _number(given: Any) -> str:
    number = "".join(c for c in _words(given, "phone") if c not in " -.()/")
    digits = number[1:] if number.startswith("+") else number
    if not (digits.isascii() and digits.isdigit() and 2 <= len(digits) <= 20):
        raise ValueError(f"phone must be a number such as '+1 202 555 0143', not {_shown(given)}")
    return number


def _ratio(given: Any) -> Union[int, float, str]:
    if isinstance(given, bool) or not isinstance(given, (int, float, str)):
        raise TypeError(f"aspect_ratio must be a number, not {_shown(given)}")
    try:
        valid = 0 < float(given) < float("inf")
    except (ValueError, OverflowError):
        valid = False
    if not valid:
        raise ValueError(f"aspect_ratio must be a number above 0, not {_shown(given)}")
    return given


def _shown(given: Any) -> str:
    """Kind and beginning of a value, for a message."""
    if given is None:
        return "None"
    shown = repr(given) if isinstance(given, (str, bytes, int, float)) else ""
    return f"{type(given).__name__} {shown[:60]}".rstrip()

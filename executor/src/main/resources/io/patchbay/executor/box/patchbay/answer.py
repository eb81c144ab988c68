"""Builds what main returns (A4, A5, C5)."""

from __future__ import annotations

import json

TYPE_CHECKING = False  # as in typing, which need not be loaded for it
if TYPE_CHECKING:
    from typing import Any, Optional, Union

_HEADERS = {"Content-Type": "application/json"}


def reply(
    *bubbles: Union[str, dict[str, Any]],
    status: Any = True,
    conversation_details: Optional[dict[str, Any]] = None,
    user_details: Optional[dict[str, Any]] = None,
    **output: Any,
) -> dict[str, Any]:
    """The return value of main.

    bubbles: what the bot says, in order: texts, and what text(), button(), carousel() and image()
        return. Without any there is no `response`: rules over the output choose the node that
        answers. A text that is an element as JSON is sent as that element, so what users wrote
        belongs into text().
    status: True where it went well; an end node then completes the conversation (E1)
    conversation_details, user_details: what to keep from now on, as a whole; None: as it was (K4)
    output: further keys, for rules and templates
    -> {"statusCode": 200, "headers": {...}, "body": "<JSON>"}
    TypeError, ValueError: it cannot be sent like this, and why.
    """
    content: dict[str, Any] = {"status": status, **output}
    if bubbles:
        if "response" in output:
            raise TypeError("reply() takes bubbles or response=..., not both")
        content["response"] = [_bubble(one) for one in bubbles]
    for name, details in (
        ("conversation_details", conversation_details),
        ("user_details", user_details),
    ):
        if details is not None:
            content[name] = _details(name, details)
    return {"statusCode": 200, "headers": dict(_HEADERS), "body": _json(content)}


def _bubble(given: Any) -> Union[str, dict[str, Any]]:
    if isinstance(given, str):
        if not given.strip():
            raise ValueError("a bubble must not be empty")
        return given
    if isinstance(given, (list, tuple)):
        raise TypeError("bubbles are given one by one: reply(*bubbles), not reply([...])")
    if not isinstance(given, dict):
        raise TypeError(f"a bubble is a text or an element, not {type(given).__name__}")
    if "actionable_text" in given:
        raise ValueError("an action is no bubble: it goes into button() or card()")
    if "actionables" in given:
        raise ValueError("a card is no bubble: it goes into carousel()")
    if not isinstance(given.get("type"), str):
        raise ValueError("an element needs a 'type', such as 'TEXT'")
    return given


def _details(name: str, given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise TypeError(f"{name} must be a dict, not {type(given).__name__}")
    return given


def _json(content: dict[str, Any]) -> str:
    try:
        return json.dumps(content, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        for key, value in content.items():
            _require_json(key, value)
        raise


def _require_json(key: str, value: Any) -> None:
    """Names the key, which json itself does not."""
    try:
        json.dumps(value, allow_nan=False)
    except RecursionError:
        raise ValueError(f"{key} is nested too deeply") from None
    except (TypeError, ValueError) as error:
        raise type(error)(f"{key} cannot be JSON: {error}") from None

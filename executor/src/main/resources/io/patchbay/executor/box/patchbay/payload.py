"""Reads what a call gets: the payload (C1) and the values of its entities (C3, K10)."""

from __future__ import annotations

import json

TYPE_CHECKING = False  # as in typing, which need not be loaded for it
if TYPE_CHECKING:
    from typing import Any, Iterator

# A value wrapped in {"value": ...} more often than this is left as it is.
_MAX_WRAPPINGS = 8


def body(event: Any) -> dict[str, Any]:
    """The payload as a dict: event["body"], parsed.

    Also takes a payload itself, so that a sample file can be given to main in a test.
    ValueError: there is no payload, or it is not a JSON object.
    """
    if not isinstance(event, dict):
        raise ValueError(f"event must be a dict with the key 'body', not {_kind(event)}")
    raw = event.get("body", event if "entities" in event else None)
    if isinstance(raw, (str, bytes, bytearray)):
        raw = json.loads(raw)
    if not isinstance(raw, dict):
        raise ValueError(f"event['body'] must hold a JSON object, not {_kind(raw)}")
    return raw


class Payload:
    """The payload with a name for each of its parts. A part that is missing is empty.

    body: all of it, as it came
    node: system name of the node, such as "TRACK_ORDER"
    entities: see Entities
    user: {"user_id", "user_name", "full_name", "device_platform": int, "language_code",
        "auth_id", "auth_code"}
    conversation_no: int, 1 for a user's first conversation
    conversation_details, user_details: dicts of your own; these are copies to change and to give
        to reply(...), which stores them
    env_variables: {name: value} of the environment that the call runs in, secrets included
    """

    __slots__ = (
        "body",
        "node",
        "entities",
        "user",
        "conversation_no",
        "conversation_details",
        "user_details",
        "env_variables",
    )

    def __init__(self, event: Any) -> None:
        payload = body(event)
        self.body: dict[str, Any] = payload
        self.node: str = _of(str, payload.get("node"), "")
        self.entities: Entities = Entities(_of(dict, payload.get("entities"), {}))
        self.user: dict[str, Any] = _of(dict, payload.get("user"), {})
        self.conversation_no: int = _of(int, payload.get("conversation_no"), 1)
        self.conversation_details: dict[str, Any] = _copy(payload.get("conversation_details"))
        self.user_details: dict[str, Any] = _copy(payload.get("user_details"))
        self.env_variables: dict[str, str] = _of(dict, payload.get("env_variables"), {})

    @property
    def language_code(self) -> str:
        """The user's language, such as "en"."""
        return _of(str, self.user.get("language_code"), "") or "en"


class Entities:
    """The values of the entities, in whichever shape they come (K10). Reading never raises.

    A value is given without its wrapping: {"value": "abc123"} as "abc123", and
    {"unit": "rupees", "value": "50.00"} as "50.00"; use raw() for the rest of it. Objects without
    "value" stay dicts: {"first_name", "middle_name", "last_name"}, {"dd", "mm", "yy", "type"}.

    Only entities with a value count for `in`, for len() and when iterating over the names.
    """

    __slots__ = ("_matches",)

    def __init__(self, entities_or_body: Any) -> None:
        """Takes `payload["entities"]` or the whole payload."""
        self._matches: dict[str, list[Any]] = {
            name: _matches(found) for name, found in _entities(entities_or_body).items()
        }

    def get(self, name: str, default: Any = None) -> Any:
        """The first value; default where there is none."""
        for value in self.all(name):
            return value
        return default

    def all(self, name: str) -> list[Any]:
        """Every value, in the order of the message; [] where there is none."""
        values = (_unwrapped(_value(match)) for match in self._found(name))
        return [value for value in values if value is not None]

    def raw(self, name: str, default: Any = None) -> Any:
        """The first `entity_value` that is a value, as it came."""
        for match in self._found(name):
            if _unwrapped(_value(match)) is not None:
                return _value(match)
        return default

    def text(self, name: str, default: Any = None) -> Any:
        """What the user wrote for the first value (`original_text`), a str."""
        for match in self._found(name):
            written = match.get("original_text") if isinstance(match, dict) else None
            if isinstance(written, str):
                return written
        return default

    def _found(self, name: str) -> list[Any]:
        try:
            return self._matches.get(name, [])
        except TypeError:  # a name that cannot be one, such as a list
            return []

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and bool(self.all(name))

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._matches if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return f"Entities({ {name: self.get(name) for name in self} })"


def _entities(given: Any) -> dict[str, Any]:
    """Entities are lists, so a payload is what has a dict in "entities", or its fixed event."""
    if not isinstance(given, dict):
        return {}
    inner = given.get("entities")
    if isinstance(inner, dict):
        return inner
    return {} if given.get("event") == "API_INTEGRATION" else given


def _matches(found: Any) -> list[Any]:
    if found is None:
        return []
    return list(found) if isinstance(found, (list, tuple)) else [found]


def _value(match: Any) -> Any:
    """A match is {"entity_value", "original_text", "detection", ...}, or a bare value."""
    if not isinstance(match, dict):
        return match
    if "entity_value" in match:
        return match["entity_value"]
    return None if "detection" in match or "original_text" in match else match or None


def _unwrapped(value: Any) -> Any:
    for _ in range(_MAX_WRAPPINGS):
        if not (isinstance(value, dict) and "value" in value):
            break
        value = value["value"]
    return value


def _copy(details: Any) -> dict[str, Any]:
    return json.loads(json.dumps(details)) if isinstance(details, dict) else {}


def _of(kind: type, value: Any, default: Any) -> Any:
    return value if isinstance(value, kind) and not isinstance(value, bool) else default


def _kind(value: Any) -> str:
    return "nothing" if value is None else type(value).__name__

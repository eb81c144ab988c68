"""One-time codes: issued, counted, expired. Knows no HTTP and no bot."""

import dataclasses
import hmac
import threading
import typing

EXPIRY = 5 * 60  # seconds that a code is valid
ATTEMPTS = 3  # wrong codes after which a code is dead
SENDS = 5  # codes for one user and number within SENDS_WITHIN
SENDS_WITHIN = 10 * 60  # seconds
CAPACITY = 10_000  # users and numbers that are remembered at once

# This number is in the range that is set aside for fiction: no one can be called by it. It always
# gets the same code, so that the bot can be tried without a phone. Remove it in a real service.
DEMONSTRATION_NUMBER = "12025550143"
DEMONSTRATION_CODE = "123456"


@dataclasses.dataclass
class Issued:
    code: typing.Optional[str]  # None once it was used or tried too often
    expires_at: float
    attempts_left: int
    sent_at: list  # times of the last sends


class Codes:
    """Codes by user and number. Safe for use by many threads.

    clock: seconds that only grow, such as time.monotonic.
    random_digits: takes a count, returns so many digits, such as from the module secrets.
    """

    def __init__(self, clock, random_digits):
        self._clock = clock
        self._random_digits = random_digits
        self._issued = {}
        self._lock = threading.Lock()

    def issue(self, user_id, number):
        """A new code, which replaces the last one; None when there were too many."""
        now = self._clock()
        with self._lock:
            self._forget_old(now)
            old = self._issued.get((user_id, number))
            sent_at = [t for t in old.sent_at if t > now - SENDS_WITHIN] if old else []
            if len(sent_at) >= SENDS or (old is None and len(self._issued) >= CAPACITY):
                return None
            code = self._code_for(number)
            self._issued[user_id, number] = Issued(code, now + EXPIRY, ATTEMPTS, sent_at + [now])
            return code

    def verify(self, user_id, number, code):
        """Returns (state, attempts left); state is verified, wrong, used_up or no_code."""
        with self._lock:
            issued = self._issued.get((user_id, number))
            if issued is None or issued.code is None or issued.expires_at <= self._clock():
                return "no_code", 0
            if hmac.compare_digest(issued.code.encode(), code.encode()):
                issued.code = None
                return "verified", 0
            issued.attempts_left -= 1
            if issued.attempts_left == 0:
                issued.code = None
                return "used_up", 0
            return "wrong", issued.attempts_left

    def _code_for(self, number):
        # A number may be given with or without its country code.
        if number and DEMONSTRATION_NUMBER.endswith(number) and len(number) >= 10:
            return DEMONSTRATION_CODE
        return self._random_digits(6)

    def _forget_old(self, now):
        oldest = now - SENDS_WITHIN
        for key in [k for k, issued in self._issued.items() if issued.sent_at[-1] <= oldest]:
            del self._issued[key]

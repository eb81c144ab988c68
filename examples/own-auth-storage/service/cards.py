"""Cards, who is signed in, and points, in one SQLite file. Knows no HTTP and no bot.

Of a code only a hash is kept. Times are in seconds since 1970, since they must outlive a restart.
"""

import hashlib
import hmac
import os
import sqlite3
import threading

SESSION = 15 * 60  # seconds after which one has to sign in again
TRIES = 3  # wrong codes after which a card is closed
CLOSED = 10 * 60  # seconds for which it is
REMEMBERED = 24 * 60 * 60  # seconds for which a request is known again
HASH_ROUNDS = 60_000  # some 30 ms

TABLES = """
CREATE TABLE IF NOT EXISTS cards (card TEXT PRIMARY KEY, salt BLOB, hash BLOB, points INTEGER);
CREATE TABLE IF NOT EXISTS sessions (user TEXT PRIMARY KEY, card TEXT, until REAL);
CREATE TABLE IF NOT EXISTS tries (card TEXT PRIMARY KEY, wrong INTEGER, until REAL);
CREATE TABLE IF NOT EXISTS spent (request TEXT, user TEXT, left INTEGER, at REAL,
  PRIMARY KEY (request, user));
CREATE TABLE IF NOT EXISTS seen (delivery TEXT PRIMARY KEY, at REAL);
"""


class Cards:
    """Safe for use by many threads, which take turns. What a method has changed is on the disk when
    it returns.

    file: a path, or ":memory:"; clock: such as time.time.
    """

    def __init__(self, file, clock):
        self._clock = clock
        self._lock = threading.Lock()
        self._database = sqlite3.connect(file, check_same_thread=False)
        self._database.executescript(TABLES)

    def close(self):
        self._database.close()

    def add_missing(self, cards):
        """Adds those that are not there: {card: {"code", "points"}}."""
        for card, given in cards.items():
            salt = os.urandom(16)
            row = (card, salt, hash_of(given["code"], salt), given["points"])
            self._write("INSERT OR IGNORE INTO cards VALUES (?, ?, ?, ?)", row)

    def is_new(self, delivery, since):
        """Whether a request comes for the first time. Those from before since are forgotten."""
        with self._lock, self._database:
            self._database.execute("DELETE FROM seen WHERE at < ?", (since,))
            row = (delivery, self._clock())
            added = self._database.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", row)
            return added.rowcount == 1

    def sign_in(self, user, card, code):
        """Returns (state, tries left); state is signed_in, wrong or closed.

        A card that is not there is as wrong, and as slow, as a wrong code.
        """
        with self._lock, self._database:
            wrong = self._wrong_tries(card)
            if wrong >= TRIES:
                return "closed", 0
            if self._fits(card, code):
                self._database.execute("DELETE FROM tries WHERE card = ?", (card,))
                session = (user, card, self._clock() + SESSION)
                self._database.execute("REPLACE INTO sessions VALUES (?, ?, ?)", session)
                return "signed_in", TRIES
            tried = (card, wrong + 1, self._clock() + CLOSED)
            self._database.execute("REPLACE INTO tries VALUES (?, ?, ?)", tried)
            left = TRIES - wrong - 1
            return ("wrong" if left else "closed"), left

    def card_of(self, user):
        """The card with which the user is signed in, or None."""
        sql = "SELECT card FROM sessions WHERE user = ? AND until > ?"
        row = self._read(sql, (user, self._clock()))
        return row and row[0]

    def sign_out(self, user):
        self._write("DELETE FROM sessions WHERE user = ?", (user,))

    def points(self, card):
        return self._read("SELECT points FROM cards WHERE card = ?", (card,))[0]

    def spend(self, user, card, points, request):
        """Returns (whether they were spent, points left). The same request spends but once."""
        with self._lock, self._database:
            oldest = self._clock() - REMEMBERED
            self._database.execute("DELETE FROM spent WHERE at < ?", (oldest,))
            sql = "SELECT left FROM spent WHERE request = ? AND user = ?"
            before = self._row(sql, (request, user))
            if before:
                return True, before[0]
            left = self._row("SELECT points FROM cards WHERE card = ?", (card,))[0]
            if not 0 < points <= left:
                return False, left
            left -= points
            self._database.execute("UPDATE cards SET points = ? WHERE card = ?", (left, card))
            row = (request, user, left, self._clock())
            self._database.execute("INSERT INTO spent VALUES (?, ?, ?, ?)", row)
            return True, left

    def _wrong_tries(self, card):
        self._database.execute("DELETE FROM tries WHERE until <= ?", (self._clock(),))
        row = self._row("SELECT wrong FROM tries WHERE card = ?", (card,))
        return row[0] if row else 0

    def _fits(self, card, code):
        row = self._row("SELECT salt, hash FROM cards WHERE card = ?", (card,))
        salt, expected = row or (b"", b"")
        return hmac.compare_digest(expected, hash_of(code, salt))

    def _read(self, sql, values):
        with self._lock:
            return self._row(sql, values)

    def _write(self, sql, values):
        with self._lock, self._database:
            self._database.execute(sql, values)

    def _row(self, sql, values):
        return self._database.execute(sql, values).fetchone()


def hash_of(code, salt):
    return hashlib.pbkdf2_hmac("sha256", code.encode(), salt, HASH_ROUNDS)

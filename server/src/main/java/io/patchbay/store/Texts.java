package io.patchbay.store;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Refusal;
import io.patchbay.conversation.ConversationStore;

/**
 * Refuses texts that are no Unicode: half a surrogate pair has no UTF-8, so the database would keep
 * a question mark, and two users with such ids would share a conversation. The zero character is
 * refused too, since PostgreSQL has no place for it.
 */
final class Texts {
  private Texts() {}

  static void check(ConversationStore.Key key) {
    check("auth_id", key.authId());
  }

  static void check(String what, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        throw refusal(what);
      }
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          throw refusal(what);
        }
      }
    }
  }

  private static Refusal refusal(String what) {
    return new Refusal(
        ErrorCode.INVALID_REQUEST, what + " holds a character that is not valid Unicode text");
  }
}

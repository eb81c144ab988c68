package io.patchbay.store;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The place after which a list goes on, opaque to callers. It names the last row that was shown, so
 * rows that come later neither repeat nor hide any.
 */
final class Cursor {
  private Cursor() {}

  /**
   * @param list a word for the list, so that the cursor of another is refused
   */
  static String of(String list, long... place) {
    var text = new StringBuilder(list);
    for (long part : place) {
      text.append('.').append(part);
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * @param parts how many numbers make a place of this list
   * @throws Refusal the text is not a cursor of this list
   */
  static Optional<long[]> place(String list, Optional<String> cursor, int parts) {
    return cursor.map(text -> parse(list, text, parts));
  }

  private static long[] parse(String list, String cursor, int parts) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
      String[] words = text.split("\\.", -1);
      if (words.length == parts + 1 && words[0].equals(list)) {
        return Stream.of(words).skip(1).mapToLong(Long::parseLong).toArray();
      }
    } catch (IllegalArgumentException _) {
      // Neither base 64 nor numbers: refused below.
    }
    throw new Refusal(ErrorCode.INVALID_REQUEST, "This cursor does not belong to this list");
  }

  /** The rows of a page, read with one more than {@code limit}, and the cursor after them. */
  record Cut<R>(List<R> rows, Optional<String> next) {
    static <R> Cut<R> of(List<R> rows, int limit, Function<R, String> cursor) {
      if (rows.size() <= limit) {
        return new Cut<>(rows, Optional.empty());
      }
      List<R> shown = rows.subList(0, limit);
      return new Cut<>(shown, Optional.of(cursor.apply(shown.getLast())));
    }
  }
}

package io.patchbay.bot;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A text in one or several languages.
 *
 * @param byLanguage ISO 639-1 code to text, never empty; a text given as a plain string stands
 *     under the bot's language; in authored order
 */
public record LocalText(Map<String, String> byLanguage) {
  public LocalText {
    byLanguage = Ordered.copy(byLanguage);
  }

  /** In two languages, of which the first is for all others. */
  public static LocalText of(String first, String text, String second, String same) {
    Map<String, String> both = new LinkedHashMap<>();
    both.put(first, text);
    both.put(second, same);
    return new LocalText(both);
  }

  /** The text in {@code language}, else in {@code fallback}, else in any language it has. */
  public String in(String language, String fallback) {
    String text = byLanguage.get(language);
    if (text == null) {
      text = byLanguage.get(fallback);
    }
    return text != null ? text : byLanguage.values().iterator().next();
  }
}

package io.patchbay.integration.webhook;

import io.patchbay.base.Secret;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills {@code [[VARIABLE]]} with the values of an environment. */
final class Placeholders {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\[\\[\\s*([^\\[\\]\\s]+)\\s*]]");

  private Placeholders() {}

  sealed interface Filled {
    record Complete(String text) implements Filled {}

    /**
     * @param variable the first one without a value
     */
    record Missing(String variable) implements Filled {}
  }

  /** Values go in as they are and are not looked at again. */
  static Filled fill(String template, Map<String, Secret> variables) {
    Matcher matcher = PLACEHOLDER.matcher(template);
    var filled = new StringBuilder();
    while (matcher.find()) {
      Secret value = variables.get(matcher.group(1));
      if (value == null) {
        return new Filled.Missing(matcher.group(1));
      }
      matcher.appendReplacement(filled, Matcher.quoteReplacement(value.reveal()));
    }
    return new Filled.Complete(matcher.appendTail(filled).toString());
  }
}

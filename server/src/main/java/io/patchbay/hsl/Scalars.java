package io.patchbay.hsl;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** How a JSON value reads inside a sentence. */
final class Scalars {
  /** A number that would be longer keeps its exponent. */
  private static final int LONGEST_NUMBER = 400;

  private Scalars() {}

  /** Numbers without exponent, booleans in lower case, null as nothing, containers as JSON. */
  static String text(JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return "";
    }
    return value.isNumber()
        ? number(value)
        : value.isContainer() ? value.toString() : value.asString();
  }

  private static String number(JsonNode value) {
    String text = value.asString();
    if (value.isIntegralNumber() || !isFinite(text)) {
      return text;
    }
    BigDecimal number = new BigDecimal(text);
    boolean reads = Math.abs((long) number.scale()) + number.precision() <= LONGEST_NUMBER;
    return reads ? number.toPlainString() : text;
  }

  private static boolean isFinite(String number) {
    return !number.contains("N") && !number.contains("I");
  }
}

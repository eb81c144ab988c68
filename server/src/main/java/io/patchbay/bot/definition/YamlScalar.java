package io.patchbay.bot.definition;

import io.patchbay.base.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The core schema of YAML 1.2: what an unquoted scalar means. */
final class YamlScalar {
  private static final int MOST_DIGITS = 1000;
  private static final Pattern NULL = Pattern.compile("null|Null|NULL|~|");
  private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
  private static final Pattern FALSE = Pattern.compile("false|False|FALSE");
  private static final Pattern DECIMAL = Pattern.compile("([-+]?[0-9]+)\\.?");
  private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
  private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern NOT_FINITE =
      Pattern.compile("[-+]?(\\.inf|\\.Inf|\\.INF)|\\.nan|\\.NaN|\\.NAN");

  private YamlScalar() {}

  /**
   * @throws IllegalArgumentException for a number that JSON cannot hold; the message says so
   */
  static JsonNode resolve(String plain) {
    JsonNodeFactory nodes = Json.MAPPER.getNodeFactory();
    if (NULL.matcher(plain).matches()) {
      return nodes.nullNode();
    }
    if (TRUE.matcher(plain).matches()) {
      return nodes.booleanNode(true);
    }
    if (FALSE.matcher(plain).matches()) {
      return nodes.booleanNode(false);
    }
    if (!mayBeNumber(plain)) {
      return nodes.stringNode(plain);
    }
    if (NOT_FINITE.matcher(plain).matches()) {
      throw new IllegalArgumentException(plain + " is no number that JSON has; quote it");
    }
    return number(plain, nodes);
  }

  private static boolean mayBeNumber(String plain) {
    return "+-.0123456789".indexOf(plain.charAt(0)) >= 0;
  }

  private static JsonNode number(String plain, JsonNodeFactory nodes) {
    boolean octal = OCTAL.matcher(plain).matches();
    boolean hexadecimal = HEXADECIMAL.matcher(plain).matches();
    boolean decimal = DECIMAL.matcher(plain).matches();
    boolean floating = FLOAT.matcher(plain).matches() && !decimal;
    if (!octal && !hexadecimal && !decimal && !floating) {
      return nodes.stringNode(plain);
    }
    if (plain.length() > MOST_DIGITS) {
      throw new IllegalArgumentException(
          "a number has at most " + MOST_DIGITS + " digits; quote it to make it a text");
    }
    if (floating) {
      return floating(plain, nodes);
    }
    int radix = octal ? 8 : hexadecimal ? 16 : 10;
    String digits = radix == 10 ? plain.replace(".", "") : plain.substring(2);
    return whole(new BigInteger(digits, radix), nodes);
  }

  private static JsonNode whole(BigInteger number, JsonNodeFactory nodes) {
    if (number.bitLength() < 32) {
      return nodes.numberNode(number.intValueExact());
    }
    return number.bitLength() < 64
        ? nodes.numberNode(number.longValueExact())
        : nodes.numberNode(number);
  }

  private static JsonNode floating(String plain, JsonNodeFactory nodes) {
    try {
      return nodes.numberNode(new BigDecimal(plain));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the exponent of " + Quote.text(plain) + " is too large", e);
    }
  }
}

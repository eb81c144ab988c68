package io.patchbay.bot;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A kind of value that a bot collects. {@code reprompt} is empty where the node's ask serves. */
public sealed interface EntityType {
  /** Name as authored, lower_snake_case. */
  String name();

  List<Say> reprompt();

  /** The wire's word for the kind: {@code regex}, {@code dictionary} ... */
  String kind();

  /**
   * @param pattern RE2 syntax, known to compile
   */
  record Regex(String name, List<Say> reprompt, String pattern) implements EntityType {
    @Override
    public String kind() {
      return "regex";
    }
  }

  /**
   * @param values word to its variants, in authored order
   */
  record Dictionary(String name, List<Say> reprompt, Map<String, List<String>> values)
      implements EntityType {
    @Override
    public String kind() {
      return "dictionary";
    }
  }

  /** A whole number; the bounds count digits, inclusive. */
  record WholeNumber(String name, List<Say> reprompt, OptionalInt minDigits, OptionalInt maxDigits)
      implements EntityType {
    @Override
    public String kind() {
      return "number";
    }
  }

  /** The whole message. */
  record Text(String name, List<Say> reprompt) implements EntityType {
    @Override
    public String kind() {
      return "text";
    }
  }

  record PhoneNumber(String name, List<Say> reprompt) implements EntityType {
    @Override
    public String kind() {
      return "phone_number";
    }
  }

  record Email(String name, List<Say> reprompt) implements EntityType {
    @Override
    public String kind() {
      return "email";
    }
  }
}

package io.patchbay.bot;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A kind of value that a bot collects. Each kind says below what one {@code entity_value} of it is
 * in a payload (contract C3, K10); an entity that was not collected is an empty list there.
 */
public sealed interface EntityType {
  /**
   * Steps that a message may cost to search for all entities that its turn looks for. A pattern
   * takes at most one for each character of the message and each instruction of its program.
   */
  long SEARCH_STEPS = 4_000_000;

  /** Name as authored, lower_snake_case. */
  String name();

  /** What is said when a reply holds no valid value; empty where the node's ask serves. */
  List<Say> reprompt();

  /** The definition's word for the kind: {@code regex}, {@code dictionary} ... */
  String kind();

  /**
   * Searched anywhere in the message, every match an item. Value: {@code {"value": "abc123"}}, the
   * whole match; the item also has {@code "regex"}, the pattern.
   *
   * @param pattern RE2 syntax, known to compile and to consume at least one character
   */
  record Regex(String name, List<Say> reprompt, String pattern) implements EntityType {
    public Regex {
      reprompt = List.copyOf(reprompt);
    }

    @Override
    public String kind() {
      return "regex";
    }
  }

  /**
   * A closed list of words, each with variants. Value: the word as authored, a plain string, also
   * where a variant was found.
   *
   * @param values word to its variants, in authored order; never empty
   */
  record Dictionary(String name, List<Say> reprompt, Map<String, List<String>> values)
      implements EntityType {
    public Dictionary {
      reprompt = List.copyOf(reprompt);
      values = Ordered.copy(values);
    }

    @Override
    public String kind() {
      return "dictionary";
    }
  }

  /**
   * A whole number. Value: its digits as a plain string.
   *
   * @param minDigits fewest digits, inclusive, 1 to 18
   * @param maxDigits most digits, inclusive, not below {@code minDigits}, at most 18
   */
  record WholeNumber(String name, List<Say> reprompt, OptionalInt minDigits, OptionalInt maxDigits)
      implements EntityType {
    public WholeNumber {
      reprompt = List.copyOf(reprompt);
    }

    @Override
    public String kind() {
      return "number";
    }
  }

  /** The whole message. Value: the message as a plain string. */
  record Text(String name, List<Say> reprompt) implements EntityType {
    public Text {
      reprompt = List.copyOf(reprompt);
    }

    @Override
    public String kind() {
      return "text";
    }
  }

  /** Value: the number as a plain string. */
  record PhoneNumber(String name, List<Say> reprompt) implements EntityType {
    public PhoneNumber {
      reprompt = List.copyOf(reprompt);
    }

    @Override
    public String kind() {
      return "phone_number";
    }
  }

  /** Value: the address as a plain string. */
  record Email(String name, List<Say> reprompt) implements EntityType {
    public Email {
      reprompt = List.copyOf(reprompt);
    }

    @Override
    public String kind() {
      return "email";
    }
  }
}

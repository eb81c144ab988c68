package io.patchbay.entity;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Whole numbers of so many digits, in the digits of any script; their values are ASCII digits.
 *
 * <p>Digits joined by separators are read together. {@code 25,000} and {@code 1,00,000} are one
 * number, {@code 1,2,3} are three, {@code 10-20} are two; a decimal, time, fraction, date or
 * address such as {@code 2.5}, {@code 16:30}, {@code 3/4}, {@code 3-3-1992} is no whole number.
 * Leading zeros stay. A minus stays, a plus goes. Digits next to a letter are part of a word.
 */
final class NumberRecogniser implements Recogniser {
  /** Digits of a number where the builder set no upper bound. */
  private static final int MOST_DIGITS = 100;

  private static final String JOINERS = ".,/:-\u066B\u066C";
  private static final String MINUS = "-\u2212";

  private final int minDigits;
  private final int maxDigits;

  NumberRecogniser(OptionalInt minDigits, OptionalInt maxDigits) {
    this.minDigits = Math.max(1, minDigits.orElse(1));
    this.maxDigits = maxDigits.orElse(Math.max(MOST_DIGITS, this.minDigits));
  }

  /** A stretch of digits. */
  private record Group(int start, int end, int digits) {}

  @Override
  public void find(SearchedText searched, Taker taker) {
    String message = searched.text();
    searched.steps().spend(stepsPerCharacter() * message.length());
    int at = 0;
    while (at < message.length()) {
      int c = message.codePointAt(at);
      if (!Character.isDigit(c)) {
        at += Character.charCount(c);
        continue;
      }
      List<Group> run = run(message, at);
      at = run.getLast().end();
      if (standsFree(message, run)) {
        offerRun(message, run, taker);
      }
    }
  }

  @Override
  public long stepsPerCharacter() {
    return 4;
  }

  /** The groups of digits from here on that single joiners hold together. */
  private static List<Group> run(String message, int from) {
    List<Group> run = new ArrayList<>();
    run.add(group(message, from));
    int end = run.getLast().end();
    while (end + 1 < message.length()
        && JOINERS.indexOf(message.charAt(end)) >= 0
        && Character.isDigit(message.codePointAt(end + 1))) {
      run.add(group(message, end + 1));
      end = run.getLast().end();
    }
    return run;
  }

  private static Group group(String message, int start) {
    int end = start;
    int digits = 0;
    while (end < message.length() && Character.isDigit(message.codePointAt(end))) {
      end += Character.charCount(message.codePointAt(end));
      digits++;
    }
    return new Group(start, end, digits);
  }

  private static boolean standsFree(String message, List<Group> run) {
    int start = run.getFirst().start();
    boolean decimal =
        start > 0
            && message.charAt(start - 1) == '.'
            && (start == 1 || Character.isWhitespace(message.charAt(start - 2)));
    return !decimal
        && !Letters.gluedBefore(message, start)
        && !Letters.gluedAfter(message, run.getLast().end());
  }

  private void offerRun(String message, List<Group> run, Taker taker) {
    List<List<Group>> parts = partsOfRange(message, run);
    for (List<Group> part : parts) {
      if (isOneNumber(part)) {
        offer(message, part.getFirst().start(), part.getLast().end(), taker);
      } else {
        for (Group group : part) {
          offer(message, group.start(), group.end(), taker);
        }
      }
    }
  }

  /** The two sides of a range, or the run alone; nothing where it is no list of whole numbers. */
  private static List<List<Group>> partsOfRange(String message, List<Group> run) {
    List<List<Group>> parts = new ArrayList<>();
    parts.add(new ArrayList<>());
    for (Group group : run) {
      char joiner =
          group.start() == run.getFirst().start() ? ',' : message.charAt(group.start() - 1);
      if (joiner == '-') {
        parts.add(new ArrayList<>());
      } else if (joiner != ',' && joiner != '\u066C') {
        return List.of();
      }
      parts.getLast().add(group);
    }
    return parts.size() > 2 ? List.of() : parts;
  }

  /** Whether commas stand where thousands are, or lakhs and crores. */
  private static boolean isOneNumber(List<Group> part) {
    if (part.size() < 2) {
      return true;
    }
    List<Integer> inner = part.subList(1, part.size() - 1).stream().map(Group::digits).toList();
    int first = part.getFirst().digits();
    boolean thousands = first <= 3 && inner.stream().allMatch(d -> d == 3);
    boolean lakhs = first <= 2 && inner.stream().allMatch(d -> d == 2);
    return part.getLast().digits() == 3 && (thousands || lakhs);
  }

  private void offer(String message, int start, int end, Taker taker) {
    String digits = digits(message, start, end);
    if (digits.length() < minDigits || digits.length() > maxDigits) {
      return;
    }
    if (isSign(message, start - 1)) {
      taker.offer(start - 1, end, "-" + digits);
    } else {
      taker.offer(start, end, digits);
    }
  }

  private static String digits(String message, int start, int end) {
    var digits = new StringBuilder();
    message
        .substring(start, end)
        .codePoints()
        .filter(Character::isDigit)
        .forEach(c -> digits.append(Character.digit(c, 10)));
    return digits.toString();
  }

  /**
   * A minus is a sign unless it joins or follows something, as in {@code 10-20} and {@code A-5}.
   */
  private static boolean isSign(String message, int at) {
    return at >= 0
        && MINUS.indexOf(message.charAt(at)) >= 0
        && (at == 0
            || (!Letters.inWord(message.codePointBefore(at))
                && MINUS.indexOf(message.charAt(at - 1)) < 0));
  }
}

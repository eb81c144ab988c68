package io.patchbay.entity;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Phone numbers. One that begins with {@code +} must be possible in its country; its value is
 * E.164, such as {@code +919876543210}. A national one is any 7 to 15 digits that do not look like
 * a date; its value is those digits as written, leading zeros included, since no country is known.
 */
final class PhoneRecogniser implements Recogniser {
  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
  private static final int FEWEST_DIGITS = 7;
  private static final int MOST_DIGITS = 15;

  /** To find out whether some digits are a number of their country takes some 10 us. */
  private static final int PARSE_STEPS = 600;

  /** A national number that has grown to so many digits takes no further group. */
  private static final int COMPLETE = 10;

  /** What may stand in front of a number that has its own group, such as {@code 022}. */
  private static final int LONGEST_TRUNK = 5;

  /** Characters between two digits of one number, as in {@code (022) - 2345}. */
  private static final int LONGEST_GAP = 3;

  private static final Pattern DATE =
      Pattern.compile(
          "\\d{1,2}([-. ])\\d{1,2}\\1\\d{4}|\\d{4}([-. ])\\d{1,2}\\2\\d{1,2}",
          Pattern.UNICODE_CHARACTER_CLASS);

  /**
   * What stands between two white spaces.
   *
   * @param digits ASCII
   */
  private record Piece(int start, int end, String digits, char first) {
    boolean international() {
      return first == '+' || first == '\uFF0B';
    }

    boolean trunk() {
      return digits.length() <= LONGEST_TRUNK && (first == '(' || digits.startsWith("0"));
    }

    boolean full() {
      return digits.length() >= FEWEST_DIGITS;
    }
  }

  @Override
  public void find(SearchedText searched, Taker taker) {
    String message = searched.text();
    searched.steps().spend(stepsPerCharacter() * message.length());
    int at = 0;
    while (at < message.length()) {
      if (!begins(message, at)) {
        at += Character.charCount(message.codePointAt(at));
        continue;
      }
      List<Piece> run = run(message, at);
      at = run.isEmpty() ? at + 1 : run.getLast().end();
      run.removeIf(piece -> !standsFree(message, piece));
      offerRun(searched, run, taker);
    }
  }

  @Override
  public long stepsPerCharacter() {
    return 10;
  }

  private static boolean begins(String message, int at) {
    int c = message.codePointAt(at);
    return isPlus(c) || c == '(' || Character.isDigit(c);
  }

  private static boolean isPlus(int c) {
    return c == '+' || c == '\uFF0B';
  }

  /** The pieces from here on; a run ends at what no phone number holds. */
  private static List<Piece> run(String message, int from) {
    List<Piece> pieces = new ArrayList<>();
    int at = from;
    while (at < message.length() && begins(message, at)) {
      Piece piece = piece(message, at);
      if (piece.digits().isEmpty()) {
        break;
      }
      pieces.add(piece);
      at = piece.end();
      int gap = at;
      while (gap < message.length() && gap - at < LONGEST_GAP && isGap(message.charAt(gap))) {
        gap++;
      }
      at = gap;
    }
    return pieces;
  }

  private static Piece piece(String message, int start) {
    var digits = new StringBuilder();
    int at = start;
    int end = start;
    while (at < message.length() && at - end <= LONGEST_GAP) {
      int c = message.codePointAt(at);
      boolean digit = Character.isDigit(c);
      if (!digit && !isInner(c) && at > start) {
        break;
      }
      at += Character.charCount(c);
      if (digit) {
        digits.append(Character.digit(c, 10));
        end = at;
      }
    }
    return new Piece(start, Math.max(end, start + 1), digits.toString(), message.charAt(start));
  }

  private static boolean isInner(int c) {
    return c == '-' || c == '.' || c == '(' || c == ')' || (c >= 0x2010 && c <= 0x2015);
  }

  private static boolean isGap(char c) {
    return c == ' ' || c == '\t' || c == '\u00A0' || c == '\u202F' || isInner(c);
  }

  /** Whether it is no part of a word, an amount, an address, a list or a date with slashes. */
  private static boolean standsFree(String message, Piece piece) {
    int start = piece.start();
    int end = piece.end();
    boolean money =
        start > 0 && Character.getType(message.codePointBefore(start)) == Character.CURRENCY_SYMBOL;
    boolean address = end < message.length() && message.charAt(end) == '@';
    return !money
        && !address
        && !joined(message, start - 1, start - 2)
        && !joined(message, end, end + 1)
        && !Letters.gluedBefore(message, start)
        && !Letters.gluedAfter(message, end);
  }

  /** Whether a digit stands at {@code beyond} and what is between holds the two together. */
  private static boolean joined(String message, int between, int beyond) {
    return Math.min(between, beyond) >= 0
        && Math.max(between, beyond) < message.length()
        && ",/:".indexOf(message.charAt(between)) >= 0
        && Character.isDigit(message.charAt(beyond));
  }

  private static void offerRun(SearchedText searched, List<Piece> run, Taker taker) {
    int at = 0;
    while (at < run.size() && !searched.steps().exhausted()) {
      List<Piece> rest = run.subList(at, run.size());
      int length =
          rest.getFirst().international() ? international(rest, searched.steps()) : national(rest);
      if (length > 0) {
        offer(searched.text(), rest.subList(0, length), taker);
      }
      at += Math.max(1, length);
    }
  }

  /** How many pieces make the longest number that its country has, or at least could have. */
  private static int international(List<Piece> pieces, Steps steps) {
    int valid = 0;
    int possible = 0;
    int last = Math.min(pieces.size(), MOST_DIGITS);
    for (int length = 1; length <= last; length++) {
      if (length > 1 && pieces.get(length - 1).international()) {
        break;
      }
      steps.spend(PARSE_STEPS);
      Optional<PhoneNumber> number = parsed(digits(pieces.subList(0, length)));
      possible = number.isPresent() ? length : possible;
      valid = number.filter(NUMBERS::isValidNumber).isPresent() ? length : valid;
    }
    return valid > 0 ? valid : possible;
  }

  /** How many pieces make a national number. */
  private static int national(List<Piece> pieces) {
    int digits = pieces.getFirst().digits().length();
    int length = 1;
    while (length < pieces.size() && digits < COMPLETE) {
      Piece next = pieces.get(length);
      boolean follows = !next.international() && (!next.full() || pieces.getFirst().trunk());
      boolean enough = pieces.get(length - 1).full();
      if (!follows || enough || digits + next.digits().length() > MOST_DIGITS) {
        break;
      }
      digits += next.digits().length();
      length++;
    }
    return digits >= FEWEST_DIGITS && digits <= MOST_DIGITS ? length : 0;
  }

  private static void offer(String message, List<Piece> pieces, Taker taker) {
    int start = pieces.getFirst().start();
    int end = pieces.getLast().end();
    boolean international = pieces.getFirst().international();
    if (!international && DATE.matcher(message).region(start, end).matches()) {
      return;
    }
    String digits = digits(pieces);
    taker.offer(start, end, international ? e164(digits) : digits);
  }

  private static String digits(List<Piece> pieces) {
    var digits = new StringBuilder();
    pieces.forEach(piece -> digits.append(piece.digits()));
    return digits.toString();
  }

  private static String e164(String digits) {
    return parsed(digits).map(n -> NUMBERS.format(n, PhoneNumberFormat.E164)).orElse(digits);
  }

  /** The number, if its country could have it. */
  private static Optional<PhoneNumber> parsed(String digits) {
    if (digits.length() < FEWEST_DIGITS) {
      return Optional.empty();
    }
    try {
      return Optional.of(NUMBERS.parse("+" + digits, null)).filter(NUMBERS::isPossibleNumber);
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }
}

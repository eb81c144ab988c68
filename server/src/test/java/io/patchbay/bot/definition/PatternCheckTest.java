package io.patchbay.bot.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.patchbay.base.Json;
import io.patchbay.base.Problem;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternCheckTest {
  @ParameterizedTest
  @DisplayName(
      "G4, K10: patterns that consume a character are taken, also if they may match nothing")
  @ValueSource(
      strings = {
        "[a-z]{3}\\d{3}",
        "\\b\\d{6}\\b",
        "a*",
        "(?i)order",
        "^[a-z]{3}\\d{3}$",
        "\\d{4}-\\d{4}-\\d{4}-\\d{4}",
        "(?P<id>x)",
        "(?:a|b)?",
        "[]a]",
        "[^]a]+",
        "[[:alpha:]]{2}",
        "\\Qa.b\\E",
        "\\pL+",
        "\\p{Greek}",
        "\\x{263a}",
        "{",
        "a{",
        "a{,2}",
        ".",
        "(.{1,400}){1,9}"
      })
  void patterns_that_find_something_are_taken(String pattern) {
    assertThat(problem(pattern)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "^", "$", "^$", "\\b", "\\A\\z", "()", "(?i)", "(?:^|$)", "|", "(^)*", "\\Q\\E"
      })
  void patterns_that_match_nothing_but_the_empty_text_are_refused(String pattern) {
    assertThat(problem(pattern))
        .hasValueSatisfying(
            problem -> assertThat(problem).startsWith("matches nothing but the empty text"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a{1000}){1000}){1000}",
        "a{1000}(?i){1000}(?i){1000}",
        "(((a{100}){100}){100}){100}",
        "([)]{1000}){1000}",
        "((?:[(]x{999}){999})",
        "(\\Q)\\Ea{999}){999}",
        "(\\)a{999}){999}",
        "([[:alpha:])]a{999}){999}",
        "((a|b){0,1000}){1000,}"
      })
  void patterns_that_would_fill_the_memory_are_refused_before_they_are_compiled(String pattern) {
    assertThat(problem(pattern))
        .hasValueSatisfying(problem -> assertThat(problem).startsWith("repeats too much"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        ")",
        "[",
        "a**",
        "(?=a)",
        "(?!a)",
        "(a)\\1",
        "a{1001}",
        "\\",
        "*",
        "[z-a]",
        "(?z)",
        "\\p{Nope}"
      })
  void what_is_no_re2_syntax_is_refused(String pattern) {
    assertThat(problem(pattern))
        .hasValueSatisfying(
            problem -> assertThat(problem).startsWith("is no regular expression in RE2 syntax"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i)\\x{1c80}",
        "(?i)\u1c88",
        "(?s-i:(?i:\\x{01C84}))",
        "(?i)[a\\x{1c81}]",
        "(?i)[A-\\x{1e921}]",
        "(?i)[\\x{1c00}-\\x{1cff}]",
        "(?i)[\\x41-\u1fff]",
        "(?i)[\\\\x{2000}-\\x{3000}]",
        "(?i)[a--\\x{3000}]",
        "(?Ui)[^\\--\\x{1c80}]"
      })
  @Timeout(60)
  void patterns_that_would_be_compiled_for_ever_are_refused(String pattern) {
    assertThat(problem(pattern))
        .hasValueSatisfying(problem -> assertThat(problem).startsWith("ignores the case of"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\x{1c80}",
        "[A-\\x{1e921}]",
        "(?i)[\u4e00-\u9fa5a-z-]",
        "(?i)[\\x{2000}-\\x{2fff}]",
        "(?i)[a-z\u0430-\u044f]+-\\d",
        "(?i)\\p{Cyrillic}[^\\W\\d]\\pL"
      })
  @Timeout(60)
  void other_ranges_ignore_case(String pattern) {
    assertThat(problem(pattern)).isEmpty();
  }

  @Test
  @Timeout(120)
  void no_letter_but_these_is_folded_for_ever() {
    for (int from = 0x41; from < 0x1e943; from += 0x40) {
      String range = "(?i)[\\x{%x}-\\x{%x}]".formatted(from, from + 0x3f);
      if (problem(range).isPresent()) {
        assertThat(from).isBetween(0x1c80 - 0x3f, 0x1c88);
      }
    }
  }

  private static Optional<String> problem(String pattern) {
    var problems = new Problems();
    PatternCheck.check(new Place(Json.object(), "pattern", problems), pattern, Totals.ofStored());
    return problems.all().stream().map(Problem::message).findFirst();
  }

  @Test
  void the_estimate_is_never_below_the_size_of_the_program() {
    long seed = 20_260_104L;
    var random = new Random(seed);
    String[] pieces = {
      "a",
      "(",
      ")",
      "[",
      "]",
      "^",
      "$",
      "\\",
      "{2}",
      "{1,9}",
      "{0,}",
      "{3,}",
      "*",
      "+?",
      "?",
      "|",
      "[:alpha:]",
      "[^",
      "\\Q",
      "\\E",
      "\\d",
      "\\pL",
      "\\p{L}",
      "(?:",
      "(?i)",
      "(?P<n>",
      "-",
      "x{20}",
      "\\x{41}",
      ".",
      "(?i:k",
      "{",
      "}",
      "\u00e9"
    };
    int compiled = 0;
    for (int round = 0; round < 50_000; round++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(10); i >= 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      String pattern = text.toString();
      long estimate = PatternCheck.estimate(pattern);
      if (estimate > 10_000) {
        continue;
      }
      try {
        int size = Pattern.compile(pattern).programSize();
        compiled++;
        assertThat((long) size)
            .as("seed %d round %d pattern %s", seed, round, pattern)
            .isLessThanOrEqualTo(estimate * 2 + 10);
      } catch (PatternSyntaxException e) {
        // Most random texts are no patterns.
      }
    }
    assertThat(compiled).isGreaterThan(2000);
  }
}

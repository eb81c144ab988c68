package io.patchbay.intent;

import static io.patchbay.intent.MatcherBots.bot;
import static io.patchbay.intent.MatcherBots.start;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type in short, and how they stand to what they name. */
class StanceTest {
  private static final NodeMatcher WORDS = matcher(MatchingModel.NONE);

  private static NodeMatcher matcher(MatchingModel model) {
    return new NodeMatcher(
        bot(
            start("TRACK", "where is my order", "track my order", "has my parcel been shipped"),
            start("LOAN", "apply for a loan", "i want to borrow money"),
            start("LOGIN", "sign me in", "i can not log in"),
            start("LOGOUT", "log out", "end my session")),
        model);
  }

  @ParameterizedTest
  @CsvSource({
    "wheres my order pls, TRACK",
    "where's my order, TRACK",
    "LOGOUT, LOGOUT",
    "sign me in please, LOGIN",
    "hi i cant log in, LOGIN"
  })
  void short_forms_and_politeness_are_seen_through(String message, String node) {
    assertThat(WORDS.startNodes(message))
        .isInstanceOfSatisfying(Match.Exact.class, m -> assertThat(m.node()).isEqualTo(node));
  }

  @ParameterizedTest
  @EnumSource(MatchingModel.class)
  void what_is_refused_over_or_taken_back_is_not_taken_for_a_wish(MatchingModel model) {
    NodeMatcher matcher = matcher(model);
    for (String message :
        List.of(
            "do not track my order",
            "i already have a loan",
            "i dont need a loan",
            "cancel my order",
            "do not log me out",
            "my order arrived, thanks")) {
      assertThat(matcher.startNodes(message)).as(message).isInstanceOf(Match.None.class);
    }
  }

  @Test
  void what_it_may_be_meant_to_be_is_told() {
    assertThat(matcher(MatchingModel.MINILM).startNodes("i already have a loan"))
        .isInstanceOfSatisfying(
            Match.None.class,
            m -> assertThat(m.between()).extracting(Match.Candidate::node).containsExactly("LOAN"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"has my package been sent", "any news on my parcel?"})
  void meaning_is_found_where_words_do_not_tell(String message) {
    assertThat(matcher(MatchingModel.MINILM).startNodes(message))
        .isInstanceOfSatisfying(
            Match.Scored.class,
            m -> {
              assertThat(m.node()).isEqualTo("TRACK");
              assertThat(m.next()).isPresent();
            });
  }

  @Test
  void the_model_is_not_asked_about_what_is_not_in_its_language() {
    assertThat(matcher(MatchingModel.MINILM).startNodes("मेरा पार्सल अभी तक नहीं आया"))
        .isEqualTo(Match.None.nothing());
  }

  @ParameterizedTest
  @ValueSource(strings = {"i dont like it, i want to return it", "why do not you answer"})
  void a_wish_beside_a_refusal_is_a_wish(String message) {
    String full = ShortForms.inFull(Wording.normalise(message));
    assertThat(Stance.of(full).fits(List.of())).isTrue();
  }
}

package io.patchbay.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.testing.TalkingBot;
import org.junit.jupiter.api.Test;

/** A connection by entity leads back to a node that collects several entities of one type. */
class CorrectionTest {
  private final TalkingBot loans =
      new TalkingBot(
          """
          bot: loans
          entities:
            age: {type: number}
            years: {type: number}
          nodes:
            CHECK:
              start: true
              user_says: ["a loan"]
              entities:
                - {entity: age, ask: "How old?"}
                - {entity: years, ask: "How many years?"}
              bot_says: ["%entitytag_age, %entitytag_years"]
              connections:
                - {to: FIX, user_says: ["that is wrong"]}
            FIX:
              bot_says: ["Which is it?"]
              connections: [{to: CHECK, entity: {years: {present: true}}}]
          """);

  @Test
  void what_a_connection_took_of_a_message_corrects_no_other_entity() { // G7
    loans.say("a loan");
    loans.say("34");
    assertThat(loans.say("50")).containsExactly("34, 50");
    assertThat(loans.say("that is wrong")).containsExactly("Which is it?");

    assertThat(loans.say("make it 5")).containsExactly("34, 5");
  }

  @Test
  void a_value_of_an_earlier_message_leads_nowhere() { // F5, F14
    loans.say("a loan");
    loans.say("34");
    loans.say("50");
    loans.say("that is wrong");

    assertThat(loans.say("please help me")).doesNotContain("34, 50");
    assertThat(loans.say("make it 5")).containsExactly("34, 5");
  }
}

package io.patchbay.store;

import static io.patchbay.store.Samples.NOON;
import static io.patchbay.store.Samples.draft;
import static io.patchbay.store.Samples.failed;
import static io.patchbay.store.Samples.json;
import static io.patchbay.store.Samples.key;
import static io.patchbay.store.Samples.saved;
import static io.patchbay.store.Samples.started;
import static io.patchbay.store.Samples.succeeded;
import static io.patchbay.store.Samples.turn;
import static io.patchbay.store.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import io.patchbay.base.Refusal;
import io.patchbay.bot.Environment;
import io.patchbay.conversation.ConversationStore;
import io.patchbay.conversation.ConversationStore.AnsweredTurn;
import io.patchbay.conversation.ConversationStore.Details;
import io.patchbay.conversation.ConversationStore.Saved;
import io.patchbay.conversation.ConversationStore.TranscriptLine;
import io.patchbay.conversation.ConversationStore.Turn;
import io.patchbay.conversation.ConversationStore.User;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.InvocationRecord;
import io.patchbay.integration.InvocationRecord.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link ConversationStore} does. */
abstract class ConversationStoreContract extends StoreContract {
  private static final ConversationStore.Key ADA = key("acme", "ada");

  private ConversationStore store() {
    return stores().conversations();
  }

  @Override
  final void prepare(Stores stores) {
    stores.bots().save(draft("acme", "Acme"), Optional.empty());
    stores.bots().save(draft("other", "Other"), Optional.empty());
  }

  @Test
  final void an_unknown_user_has_nothing() {
    assertThat(store().conversation(ADA)).isEmpty();
    assertThat(store().user(ADA)).isEmpty();
    assertThat(store().answered(ADA, "m")).isEmpty();
    assertThat(store().interrupted(ADA, "m")).isEmpty();
    assertThat(store().transcript(ADA, 9)).isEmpty();
  }

  @Test
  final void a_committed_turn_is_read_back_whole() {
    InvocationRecord invocation = started("inv_1", "acme");
    stores().invocations().start(invocation);
    Turn turn = turn(ADA, "t1", 1, succeeded(invocation));
    store().commit(turn);

    assertThat(store().conversation(ADA)).contains(turn.conversation());
    assertThat(store().user(ADA)).contains(turn.user());
    assertThat(store().answered(ADA, "msg-t1"))
        .contains(new AnsweredTurn("hash-t1", turn.response()));
    assertThat(store().transcript(ADA, 9)).isEqualTo(turn.lines());
    assertThat(stores().invocations().find("inv_1")).contains(succeeded(invocation));
  }

  @Test
  final void a_turn_brings_invocations_that_were_never_started() {
    InvocationRecord overloaded = failed(started("inv_1", "acme"), FailureReason.OVERLOADED);
    store().commit(turn(ADA, "t1", 1, overloaded));

    assertThat(stores().invocations().find("inv_1")).contains(overloaded);
  }

  @Test
  final void a_turn_replaces_what_the_last_one_left() {
    store().commit(turn(ADA, "t1", 1));
    var empty =
        new Saved(
            2,
            "complete",
            Optional.empty(),
            Optional.of("order_id"),
            Map.of(),
            new Details(json("{}"), Optional.empty()),
            NOON.plusSeconds(5));
    var changed =
        new User(user(ADA, "Ada L.").profile(), new Details(json("{}"), Optional.of(NOON)));
    store().commit(with(turn(ADA, "t2", 2), empty, changed));

    assertThat(store().conversation(ADA)).contains(empty);
    assertThat(store().user(ADA)).contains(changed);
  }

  @Test
  final void a_message_id_answers_once_and_a_second_turn_with_it_changes_nothing() {
    InvocationRecord invocation = started("inv_2", "acme");
    stores().invocations().start(invocation);
    Turn first = turn(ADA, "t1", 1);
    store().commit(first);
    Turn second =
        new Turn(
            "t2",
            ADA,
            first.messageId(),
            "other",
            saved(7, "complete"),
            user(ADA, "Somebody else"),
            turn(ADA, "t2", 7).lines(),
            List.of(succeeded(invocation)),
            json("{}"),
            NOON);

    assertThatThrownBy(() -> store().commit(second))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MESSAGE_ID_REUSED));

    assertThat(store().conversation(ADA)).contains(first.conversation());
    assertThat(store().user(ADA)).contains(first.user());
    assertThat(store().answered(ADA, "msg-t1"))
        .contains(new AnsweredTurn("hash-t1", first.response()));
    assertThat(store().transcript(ADA, 9)).isEqualTo(first.lines());
    assertThat(stores().invocations().find("inv_2")).contains(invocation);
  }

  @Test
  final void the_same_message_id_of_another_user_bot_or_environment_is_another_message() {
    for (ConversationStore.Key key :
        List.of(ADA, key("acme", "bob"), key("other", "ada"), staging())) {
      store().commit(turn(key, "t1", 1));
    }

    for (ConversationStore.Key key :
        List.of(ADA, key("acme", "bob"), key("other", "ada"), staging())) {
      assertThat(store().transcript(key, 9)).hasSize(2);
    }
  }

  @Test
  final void turns_without_a_message_id_never_collide() {
    store().commit(withoutMessageId(turn(ADA, "t1", 1)));
    store().commit(withoutMessageId(turn(ADA, "t2", 1)));

    assertThat(store().transcript(ADA, 9)).hasSize(4);
  }

  @Test
  @DisplayName("D2: a user is shared by the bots of an environment")
  final void a_user_is_shared_by_bots_but_not_by_environments() {
    store().commit(turn(ADA, "t1", 1));

    assertThat(store().user(key("other", "ada"))).contains(user(ADA, "Ada"));
    assertThat(store().user(staging())).isEmpty();
    assertThat(store().conversation(key("other", "ada"))).isEmpty();
  }

  @Test
  final void the_transcript_is_the_newest_lines_oldest_first() {
    for (int i = 1; i <= 5; i++) {
      store().commit(turn(ADA, "t" + i, i));
    }

    assertThat(store().transcript(ADA, 3))
        .extracting(line -> line.turnId() + " " + line.sender())
        .containsExactly("t4 bot", "t5 user", "t5 bot");
    assertThat(store().transcript(ADA, 100)).hasSize(10);
    assertThat(store().transcript(ADA, 100).getFirst().turnId()).isEqualTo("t1");
  }

  @Test
  final void turns_without_lines_do_not_shorten_a_transcript() {
    store().commit(turn(ADA, "t1", 1));
    for (int i = 2; i < 9; i++) {
      store().commit(withLines(turn(ADA, "t" + i, 1), List.of()));
    }

    assertThat(store().transcript(ADA, 2)).hasSize(2);
  }

  @Test
  final void an_interrupted_invocation_is_found_by_its_message() {
    InvocationRecord invocation = started("inv_1", "acme");
    stores().invocations().start(invocation);
    assertThat(store().interrupted(ADA, "msg-inv_1"))
        .as("a turn that could not be saved leaves it started")
        .hasValueSatisfying(found -> assertThat(found.state()).isEqualTo(State.STARTED));
    stores().invocations().interruptLeftovers(NOON.plusSeconds(1));

    assertThat(store().interrupted(ADA, "msg-inv_1"))
        .hasValueSatisfying(found -> {
          assertThat(found.state()).isEqualTo(State.INTERRUPTED);
          assertThat(found.message()).isEqualTo(invocation.message());
        });
    assertThat(store().interrupted(ADA, "another")).isEmpty();
    assertThat(store().interrupted(staging(), "msg-inv_1")).isEmpty();
    assertThat(store().interrupted(key("other", "ada"), "msg-inv_1")).isEmpty();
    assertThat(store().interrupted(key("acme", "bob"), "msg-inv_1")).isEmpty();
  }

  @Test
  final void an_interrupted_message_that_was_answered_since_is_no_longer_found() {
    stores().invocations().start(started("t1", "acme"));
    stores().invocations().interruptLeftovers(NOON.plusSeconds(1));
    store().commit(turn(ADA, "t1", 1));

    assertThat(store().interrupted(ADA, "msg-t1")).isEmpty();
  }

  @Test
  @DisplayName("D3: details can be set from outside")
  final void put_replaces_conversation_and_user_and_keeps_the_transcript() {
    store().commit(turn(ADA, "t1", 1));
    store().put(ADA, saved(2, "waiting"), user(ADA, "New name"));

    assertThat(store().conversation(ADA)).contains(saved(2, "waiting"));
    assertThat(store().user(ADA)).contains(user(ADA, "New name"));
    assertThat(store().transcript(ADA, 9)).hasSize(2);
    assertThat(store().answered(ADA, "msg-t1")).isPresent();
  }

  @Test
  final void put_makes_what_is_not_there() {
    store().put(ADA, saved(1, "bot"), user(ADA, "Ada"));

    assertThat(store().conversation(ADA)).contains(saved(1, "bot"));
  }

  @Test
  final void a_turn_of_a_bot_that_is_gone_is_refused_and_leaves_nothing() {
    stores().bots().delete("acme");

    assertThatThrownBy(() -> store().commit(turn(ADA, "t1", 1)))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_BOT));
    assertThat(store().user(ADA)).isEmpty();
  }

  @Test
  final void ids_that_differ_anywhere_are_different_users() {
    List<String> ids =
        List.of(
            "ada",
            "Ada",
            "ada ",
            "ÅDA",
            "A\u030ADA",
            "'; --",
            "%",
            "_",
            "\uD83D\uDE00",
            "x".repeat(255));
    ids.forEach(id -> store().put(key("acme", id), saved(id.length(), id), user(ADA, id)));

    for (String id : ids) {
      assertThat(store().conversation(key("acme", id))).map(Saved::state).contains(id);
      assertThat(store().user(key("acme", id)))
          .map(user -> user.profile().fullName() + user.profile().authId())
          .contains(id + id);
    }
  }

  @Test
  final void ids_that_are_no_unicode_are_refused_since_they_would_all_become_one() {
    for (String id : List.of("\uD800", "a\uDC00", "\uDC00\uD800", "\u0000")) {
      assertThatThrownBy(() -> store().put(key("acme", id), saved(1, "bot"), user(ADA, "x")))
          .isInstanceOf(Refusal.class);
      assertThatThrownBy(() -> store().conversation(key("acme", id))).isInstanceOf(Refusal.class);
      assertThatThrownBy(() -> store().answered(ADA, id)).isInstanceOf(Refusal.class);
    }
  }

  @Test
  final void long_and_deep_values_come_back_as_they_went() {
    var deep = Json.parse("[".repeat(200) + "]".repeat(200));
    var line =
        new TranscriptLine("t1", 1, "user", Json.parse("\"" + "ü".repeat(1_000_000) + "\""), NOON);
    var odd = new TranscriptLine("t1", 1, "bot", deep, NOON);
    store().commit(withLines(turn(ADA, "t1", 1), List.of(line, odd)));

    assertThat(store().transcript(ADA, 9)).containsExactly(line, odd);
  }

  @Test
  final void a_transcript_is_the_newest_turns_that_are_not_too_much_together() {
    String half = "x".repeat((int) SqlConversationStore.TRANSCRIPT_BYTES / 2 - 1000);
    for (int i = 1; i <= 3; i++) {
      var line = new TranscriptLine("t" + i, i, "user", Json.parse("\"" + half + "\""), NOON);
      store().commit(withLines(turn(ADA, "t" + i, i), List.of(line)));
    }
    store().commit(turn(ADA, "t4", 4));
    assertThat(store().transcript(ADA, 500))
        .extracting(TranscriptLine::turnId)
        .containsExactly("t2", "t3", "t4", "t4");

    var huge = new TranscriptLine("t5", 5, "user", Json.parse("\"" + half.repeat(3) + "\""), NOON);
    store().commit(withLines(turn(ADA, "t5", 5), List.of(huge)));
    assertThat(store().transcript(ADA, 500)).isEmpty();
    store().commit(turn(ADA, "t6", 6));
    assertThat(store().transcript(ADA, 500)).hasSize(2);
  }

  @Test
  final void a_large_answer_is_given_again_as_it_was() {
    Turn turn = withResponse(turn(ADA, "t1", 1), "ü".repeat(500_000));
    store().commit(turn);

    assertThat(store().answered(ADA, "msg-t1"))
        .contains(new AnsweredTurn("hash-t1", turn.response()));
  }

  @Test
  final void a_turn_that_is_too_large_to_be_kept_is_refused_and_harms_no_other() {
    store().commit(turn(ADA, "t1", 1));
    InvocationRecord invocation = started("inv_2", "acme");
    stores().invocations().start(invocation);
    Turn huge = withResponse(turn(ADA, "t2", 2, succeeded(invocation)), "x".repeat(17_000_000));

    assertThatThrownBy(() -> store().commit(huge))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE))
        .hasMessageContaining("the reply");

    assertThat(store().conversation(ADA)).contains(saved(1, "bot"));
    assertThat(store().answered(ADA, "msg-t2")).isEmpty();
    assertThat(stores().invocations().find("inv_2")).contains(invocation);
    store().commit(turn(key("other", "bob"), "t1", 1));
    store().commit(turn(ADA, "t3", 3));
    assertThat(store().transcript(ADA, 9)).hasSize(4);
  }

  private static Turn withResponse(Turn turn, String text) {
    return new Turn(
        turn.turnId(),
        turn.key(),
        turn.messageId(),
        turn.messageHash(),
        turn.conversation(),
        turn.user(),
        turn.lines(),
        turn.invocations(),
        Json.object().put("text", text),
        turn.at());
  }

  private static ConversationStore.Key staging() {
    return new ConversationStore.Key("acme", Environment.STAGING, "ada");
  }

  private static Turn withoutMessageId(Turn turn) {
    return new Turn(
        turn.turnId(),
        turn.key(),
        Optional.empty(),
        turn.messageHash(),
        turn.conversation(),
        turn.user(),
        turn.lines(),
        turn.invocations(),
        turn.response(),
        turn.at());
  }

  private static Turn withLines(Turn turn, List<TranscriptLine> lines) {
    return new Turn(
        turn.turnId(),
        turn.key(),
        turn.messageId(),
        turn.messageHash(),
        turn.conversation(),
        turn.user(),
        lines,
        turn.invocations(),
        turn.response(),
        turn.at());
  }

  private static Turn with(Turn turn, Saved conversation, User user) {
    return new Turn(
        turn.turnId(),
        turn.key(),
        turn.messageId(),
        turn.messageHash(),
        conversation,
        user,
        turn.lines(),
        turn.invocations(),
        turn.response(),
        turn.at());
  }
}

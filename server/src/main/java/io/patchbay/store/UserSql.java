package io.patchbay.store;

import static io.patchbay.store.Tables.USER;
import static io.patchbay.store.Tables.USER_AUTH;
import static io.patchbay.store.Tables.USER_AUTH_CODE;
import static io.patchbay.store.Tables.USER_DETAILS;
import static io.patchbay.store.Tables.USER_DETAILS_AT;
import static io.patchbay.store.Tables.USER_EMAIL;
import static io.patchbay.store.Tables.USER_ENVIRONMENT;
import static io.patchbay.store.Tables.USER_FULL_NAME;
import static io.patchbay.store.Tables.USER_ID;
import static io.patchbay.store.Tables.USER_LANGUAGE;
import static io.patchbay.store.Tables.USER_MOBILE;
import static io.patchbay.store.Tables.USER_NAME;
import static io.patchbay.store.Tables.USER_PLATFORM;
import static io.patchbay.store.Tables.USER_WORKSPACE;
import static org.jooq.impl.DSL.select;

import io.patchbay.conversation.ConversationStore;
import io.patchbay.conversation.ConversationStore.User;
import io.patchbay.integration.UserProfile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Field;

/** Rows of users. All bots of the workspace share them, per environment. */
final class UserSql {
  /** There is one workspace. */
  private static final String WORKSPACE = "default";

  private static final List<Field<?>> KEY = List.of(USER_WORKSPACE, USER_ENVIRONMENT, USER_AUTH);
  private static final List<Field<?>> CONTENT =
      List.of(
          USER_ID,
          USER_NAME,
          USER_FULL_NAME,
          USER_PLATFORM,
          USER_LANGUAGE,
          USER_AUTH_CODE,
          USER_EMAIL,
          USER_MOBILE,
          USER_DETAILS_AT,
          USER_DETAILS);

  private final String byKey;
  private final String upsert;

  UserSql(Database database) {
    SqlText sql = database.sql();
    this.byKey =
        sql.render(
            select(CONTENT)
                .from(USER)
                .where(USER_WORKSPACE.eq(""), USER_ENVIRONMENT.eq(""), USER_AUTH.eq("")));
    this.upsert = sql.upsert(USER, KEY, CONTENT);
  }

  Optional<Stored> find(Session session, ConversationStore.Key key) {
    return set(session.on(byKey), key).first(row -> read(row, key.authId()));
  }

  void put(Session session, ConversationStore.Key key, Stored user) {
    UserProfile profile = user.profile;
    set(session.on(upsert), key)
        .set(profile.userId())
        .set(profile.userName())
        .set(profile.fullName())
        .set(profile.devicePlatform())
        .set(profile.languageCode())
        .set(profile.authCode())
        .set(profile.email())
        .set(profile.mobileNo())
        .setTime(user.detailsAt)
        .set(user.details)
        .execute();
  }

  /**
   * A user with its texts as they stand in the row: no session waits while they are made or read.
   */
  record Stored(UserProfile profile, Optional<Instant> detailsAt, String details) {
    static Stored of(User user) {
      return new Stored(
          user.profile(),
          user.details().writtenAt(),
          JsonText.write("the user's details", user.details().value()));
    }

    User read() {
      return new User(
          profile, new ConversationStore.Details(JsonText.readObject(details), detailsAt));
    }

    Load addTo(Load load) {
      return load.with("the user's details", details);
    }
  }

  /** The statements that read. */
  List<String> reads() {
    return List.of(byKey);
  }

  private static Bound set(Bound statement, ConversationStore.Key key) {
    return statement.set(WORKSPACE).set(key.environment().wire()).set(key.authId());
  }

  private static Stored read(ResultSet row, String authId) throws SQLException {
    var profile =
        new UserProfile(
            row.getString(1),
            row.getString(2),
            row.getString(3),
            row.getInt(4),
            row.getString(5),
            authId,
            row.getString(6),
            row.getString(7),
            row.getString(8));
    return new Stored(profile, ConversationSql.time(row, 9), row.getString(10));
  }
}

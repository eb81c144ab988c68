package io.patchbay.store;

import static io.patchbay.store.Tables.BOT;
import static io.patchbay.store.Tables.BOT_ID;
import static io.patchbay.store.Tables.BOT_NAME;
import static io.patchbay.store.Tables.VALUE;
import static io.patchbay.store.Tables.VALUE_CIPHERTEXT;
import static io.patchbay.store.Tables.VALUE_ENVIRONMENT;
import static io.patchbay.store.Tables.VALUE_KEY;
import static io.patchbay.store.Tables.VALUE_VARIABLE;
import static io.patchbay.store.Tables.VARIABLE;
import static io.patchbay.store.Tables.VARIABLE_BOT;
import static io.patchbay.store.Tables.VARIABLE_ID;
import static io.patchbay.store.Tables.VARIABLE_NAME;
import static io.patchbay.store.Tables.VARIABLE_SECRET;
import static org.jooq.impl.DSL.excluded;

import io.patchbay.base.Secret;
import io.patchbay.bot.BotStore.StoredVariable;
import io.patchbay.bot.Environment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jooq.Record;
import org.jooq.Result;

/** Variables; their values are encrypted, secret or not. */
final class Variables {
  private final Database database;
  private final BotIds ids;
  private final VariableCipher cipher;
  private final RecentReads<String, List<StoredVariable>> variables =
      new RecentReads<>(Variables::size);

  Variables(Database database, BotIds ids, VariableCipher cipher) {
    this.database = database;
    this.ids = ids;
    this.cipher = cipher;
  }

  /** Ids of all keys that stored values are encrypted with. */
  static Set<String> usedKeys(Database database) {
    return database.read(
        session -> session.dsl().selectDistinct(VALUE_KEY).from(VALUE).fetchSet(VALUE_KEY));
  }

  List<StoredVariable> variables(String bot) {
    return variables.get(bot, () -> Optional.of(read(bot))).orElse(List.of());
  }

  /** The bot is no longer what it was. */
  void forget(String bot) {
    variables.forget(bot);
  }

  private List<StoredVariable> read(String bot) {
    Result<? extends Record> rows =
        database.read(session ->
            session
                .dsl()
                .select(VARIABLE_NAME, VARIABLE_SECRET, VALUE_ENVIRONMENT, VALUE_CIPHERTEXT)
                .from(VARIABLE)
                .join(BOT)
                .on(BOT_ID.eq(VARIABLE_BOT))
                .leftJoin(VALUE)
                .on(VALUE_VARIABLE.eq(VARIABLE_ID))
                .where(BOT_NAME.eq(bot))
                .orderBy(VARIABLE_NAME)
                .fetch());
    var read = new ArrayList<StoredVariable>();
    rows.intoGroups(VARIABLE_NAME).forEach((name, values) -> read.add(variable(bot, name, values)));
    return List.copyOf(read);
  }

  void put(String bot, StoredVariable variable) {
    Consumer<Session> writing = writing(bot, List.of(variable));
    try {
      database.write(
          Load.of(bot),
          session -> {
            writing.accept(session);
            return variable;
          });
    } finally {
      // Also where it is not known whether the write was kept.
      forget(bot);
    }
  }

  /** Writes variables as part of a commit; encrypts them now, on the caller's thread. */
  Consumer<Session> writing(String bot, List<StoredVariable> all) {
    List<Encrypted> rows = all.stream().map(variable -> encrypted(bot, variable)).toList();
    return session -> {
      long owner = ids.require(session, bot);
      for (Encrypted row : rows) {
        long variable = declare(session, owner, row.name, row.secret);
        row.values.forEach((environment, text) -> set(session, variable, environment, text));
      }
    };
  }

  private Encrypted encrypted(String bot, StoredVariable variable) {
    var values = new EnumMap<Environment, String>(Environment.class);
    variable
        .values()
        .forEach((environment, value) -> {
          var place = new VariableCipher.Place(bot, variable.name(), environment);
          values.put(environment, cipher.encrypt(place, value));
        });
    return new Encrypted(variable.name(), variable.secret(), values);
  }

  boolean delete(String bot, String name) {
    try {
      return database.write(Load.of(bot), session -> delete(session, bot, name));
    } finally {
      forget(bot);
    }
  }

  private static boolean delete(Session session, String bot, String name) {
    Optional<Long> variable =
        session
            .dsl()
            .select(VARIABLE_ID)
            .from(VARIABLE)
            .join(BOT)
            .on(BOT_ID.eq(VARIABLE_BOT))
            .where(BOT_NAME.eq(bot), VARIABLE_NAME.eq(name))
            .fetchOptional(VARIABLE_ID);
    variable.ifPresent(id -> {
      session.dsl().deleteFrom(VALUE).where(VALUE_VARIABLE.eq(id)).execute();
      session.dsl().deleteFrom(VARIABLE).where(VARIABLE_ID.eq(id)).execute();
    });
    return variable.isPresent();
  }

  /** Makes the variable where it is new; makes it a secret for good where asked to. */
  private static long declare(Session session, long bot, String name, boolean secret) {
    session
        .dsl()
        .insertInto(VARIABLE)
        .set(VARIABLE_BOT, bot)
        .set(VARIABLE_NAME, name)
        .set(VARIABLE_SECRET, secret)
        .onConflictDoNothing()
        .execute();
    long id =
        session
            .dsl()
            .select(VARIABLE_ID)
            .from(VARIABLE)
            .where(VARIABLE_BOT.eq(bot), VARIABLE_NAME.eq(name))
            .fetchOptional(VARIABLE_ID)
            .orElseThrow();
    if (secret) {
      session.dsl().update(VARIABLE).set(VARIABLE_SECRET, true).where(VARIABLE_ID.eq(id)).execute();
    }
    return id;
  }

  private void set(Session session, long variable, Environment environment, String encrypted) {
    session
        .dsl()
        .insertInto(VALUE)
        .set(VALUE_VARIABLE, variable)
        .set(VALUE_ENVIRONMENT, environment.wire())
        .set(VALUE_KEY, cipher.keyId())
        .set(VALUE_CIPHERTEXT, encrypted)
        .onConflict(VALUE_VARIABLE, VALUE_ENVIRONMENT)
        .doUpdate()
        .set(VALUE_KEY, excluded(VALUE_KEY))
        .set(VALUE_CIPHERTEXT, excluded(VALUE_CIPHERTEXT))
        .execute();
  }

  private static long size(List<StoredVariable> variables) {
    return variables.stream()
        .flatMap(variable -> variable.values().values().stream())
        .mapToLong(value -> value.reveal().length())
        .sum();
  }

  private StoredVariable variable(String bot, String name, Result<? extends Record> rows) {
    var values = new EnumMap<Environment, Secret>(Environment.class);
    for (Record row : rows) {
      Optional.ofNullable(row.get(VALUE_ENVIRONMENT))
          .flatMap(Environment::of)
          .ifPresent(environment ->
              values.put(
                  environment,
                  cipher.decrypt(
                      new VariableCipher.Place(bot, name, environment),
                      row.get(VALUE_CIPHERTEXT))));
    }
    return new StoredVariable(name, rows.getFirst().get(VARIABLE_SECRET), values);
  }

  /** A variable as it is written. */
  private record Encrypted(String name, boolean secret, Map<Environment, String> values) {}
}

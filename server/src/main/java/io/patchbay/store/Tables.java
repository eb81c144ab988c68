package io.patchbay.store;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.SQLDataType.BIGINT;
import static org.jooq.impl.SQLDataType.BOOLEAN;
import static org.jooq.impl.SQLDataType.CLOB;
import static org.jooq.impl.SQLDataType.INTEGER;

import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/** Tables and columns as the migrations make them; what each holds is told there. */
final class Tables {
  private Tables() {}

  private static final DataType<String> TEXT = CLOB;

  static final Table<Record> BOT = table(name("bot"));
  static final Field<Long> BOT_ID = field(name("bot", "id"), BIGINT);
  static final Field<String> BOT_NAME = field(name("bot", "name"), TEXT);
  static final Field<String> BOT_TITLE = field(name("bot", "title"), TEXT);
  static final Field<Long> BOT_REVISION = field(name("bot", "revision"), BIGINT);
  static final Field<Long> BOT_UPDATED_AT = field(name("bot", "updated_at"), BIGINT);

  static final Table<Record> DOOMED_BOT = table(name("doomed_bot"));
  static final Field<Long> DOOMED_BOT_ID = field(name("doomed_bot", "bot_id"), BIGINT);

  static final Table<Record> DRAFT = table(name("draft"));
  static final Field<Long> DRAFT_BOT = field(name("draft", "bot_id"), BIGINT);
  static final Field<String> DRAFT_DEFINITION = field(name("draft", "definition"), TEXT);
  static final Field<String> DRAFT_CODE = field(name("draft", "code"), TEXT);
  static final Field<String> DRAFT_SAMPLES = field(name("draft", "samples"), TEXT);
  static final Field<String> DRAFT_REQUIREMENTS = field(name("draft", "requirements"), TEXT);

  static final Table<Record> VERSION = table(name("bot_version"));
  static final Field<Long> VERSION_ID = field(name("bot_version", "id"), BIGINT);
  static final Field<Long> VERSION_BOT = field(name("bot_version", "bot_id"), BIGINT);
  static final Field<String> VERSION_NAME = field(name("bot_version", "version"), TEXT);
  static final Field<Long> VERSION_CREATED_AT = field(name("bot_version", "created_at"), BIGINT);
  static final Field<String> VERSION_DEFINITION = field(name("bot_version", "definition"), TEXT);
  static final Field<String> VERSION_CODE = field(name("bot_version", "code"), TEXT);
  static final Field<String> VERSION_REQUIREMENTS =
      field(name("bot_version", "requirements"), TEXT);

  static final Field<String> VERSION_LOCK = field(name("bot_version", "packages_lock"), TEXT);

  static final Table<Record> PACKAGES = table(name("draft_packages"));
  static final Field<Long> PACKAGES_BOT = field(name("draft_packages", "bot_id"), BIGINT);
  static final Field<String> PACKAGES_REQUIREMENTS =
      field(name("draft_packages", "requirements"), TEXT);
  static final Field<String> PACKAGES_LOCK = field(name("draft_packages", "packages_lock"), TEXT);
  static final Field<Long> PACKAGES_AT = field(name("draft_packages", "installed_at"), BIGINT);

  static final Table<Record> DEPLOYMENT = table(name("deployment"));
  static final Field<Long> DEPLOYMENT_SEQ = field(name("deployment", "id"), BIGINT);
  static final Field<String> DEPLOYMENT_ID = field(name("deployment", "deployment_id"), TEXT);
  static final Field<Long> DEPLOYMENT_BOT = field(name("deployment", "bot_id"), BIGINT);
  static final Field<String> DEPLOYMENT_ENVIRONMENT =
      field(name("deployment", "environment"), TEXT);
  static final Field<Long> DEPLOYMENT_VERSION = field(name("deployment", "version_id"), BIGINT);
  static final Field<String> DEPLOYMENT_BY = field(name("deployment", "deployed_by"), TEXT);
  static final Field<Long> DEPLOYMENT_AT = field(name("deployment", "deployed_at"), BIGINT);

  static final Table<Record> VARIABLE = table(name("variable"));
  static final Field<Long> VARIABLE_ID = field(name("variable", "id"), BIGINT);
  static final Field<Long> VARIABLE_BOT = field(name("variable", "bot_id"), BIGINT);
  static final Field<String> VARIABLE_NAME = field(name("variable", "name"), TEXT);
  static final Field<Boolean> VARIABLE_SECRET = field(name("variable", "secret"), BOOLEAN);

  static final Table<Record> VALUE = table(name("variable_value"));
  static final Field<Long> VALUE_VARIABLE = field(name("variable_value", "variable_id"), BIGINT);
  static final Field<String> VALUE_ENVIRONMENT = field(name("variable_value", "environment"), TEXT);
  static final Field<String> VALUE_KEY = field(name("variable_value", "key_id"), TEXT);
  static final Field<String> VALUE_CIPHERTEXT = field(name("variable_value", "ciphertext"), TEXT);

  static final Table<Record> CONVERSATION = table(name("conversation"));
  static final Field<Long> CONVERSATION_ID = field(name("conversation", "id"), BIGINT);
  static final Field<Long> CONVERSATION_BOT = field(name("conversation", "bot_id"), BIGINT);
  static final Field<String> CONVERSATION_ENVIRONMENT =
      field(name("conversation", "environment"), TEXT);
  static final Field<String> CONVERSATION_AUTH = field(name("conversation", "auth_id"), TEXT);
  static final Field<Integer> CONVERSATION_NO =
      field(name("conversation", "conversation_no"), INTEGER);
  static final Field<String> CONVERSATION_STATE = field(name("conversation", "state"), TEXT);
  static final Field<String> CONVERSATION_NODE = field(name("conversation", "node"), TEXT);
  static final Field<String> CONVERSATION_ASKED = field(name("conversation", "asked"), TEXT);
  static final Field<Long> CONVERSATION_LAST_MESSAGE =
      field(name("conversation", "last_message_at"), BIGINT);
  static final Field<Long> CONVERSATION_DETAILS_AT =
      field(name("conversation", "details_at"), BIGINT);
  static final Field<String> CONVERSATION_DETAILS = field(name("conversation", "details"), TEXT);
  static final Field<String> CONVERSATION_ENTITIES = field(name("conversation", "entities"), TEXT);

  static final Table<Record> USER = table(name("chat_user"));
  static final Field<String> USER_WORKSPACE = field(name("chat_user", "workspace"), TEXT);
  static final Field<String> USER_ENVIRONMENT = field(name("chat_user", "environment"), TEXT);
  static final Field<String> USER_AUTH = field(name("chat_user", "auth_id"), TEXT);
  static final Field<String> USER_ID = field(name("chat_user", "user_id"), TEXT);
  static final Field<String> USER_NAME = field(name("chat_user", "user_name"), TEXT);
  static final Field<String> USER_FULL_NAME = field(name("chat_user", "full_name"), TEXT);
  static final Field<Integer> USER_PLATFORM = field(name("chat_user", "device_platform"), INTEGER);
  static final Field<String> USER_LANGUAGE = field(name("chat_user", "language_code"), TEXT);
  static final Field<String> USER_AUTH_CODE = field(name("chat_user", "auth_code"), TEXT);
  static final Field<String> USER_EMAIL = field(name("chat_user", "email"), TEXT);
  static final Field<String> USER_MOBILE = field(name("chat_user", "mobile_no"), TEXT);
  static final Field<Long> USER_DETAILS_AT = field(name("chat_user", "details_at"), BIGINT);
  static final Field<String> USER_DETAILS = field(name("chat_user", "details"), TEXT);

  static final Table<Record> TURN = table(name("chat_turn"));
  static final Field<Long> TURN_SEQ = field(name("chat_turn", "id"), BIGINT);
  static final Field<Long> TURN_CONVERSATION = field(name("chat_turn", "conversation_id"), BIGINT);
  static final Field<String> TURN_ID = field(name("chat_turn", "turn_id"), TEXT);
  static final Field<String> TURN_MESSAGE = field(name("chat_turn", "message_id"), TEXT);
  static final Field<String> TURN_HASH = field(name("chat_turn", "message_hash"), TEXT);
  static final Field<Long> TURN_AT = field(name("chat_turn", "answered_at"), BIGINT);
  static final Field<Integer> TURN_LINE_COUNT = field(name("chat_turn", "line_count"), INTEGER);
  static final Field<String> TURN_LINES = field(name("chat_turn", "lines"), TEXT);
  static final Field<String> TURN_RESPONSE = field(name("chat_turn", "response"), TEXT);

  static final Table<Record> INVOCATION = table(name("invocation"));
  static final Field<Long> INVOCATION_SEQ = field(name("invocation", "id"), BIGINT);
  static final Field<String> INVOCATION_ID = field(name("invocation", "invocation_id"), TEXT);
  static final Field<Long> INVOCATION_BOT = field(name("invocation", "bot_id"), BIGINT);
  static final Field<String> INVOCATION_NODE = field(name("invocation", "node"), TEXT);
  static final Field<String> INVOCATION_TYPE = field(name("invocation", "type"), TEXT);
  static final Field<String> INVOCATION_ORIGIN = field(name("invocation", "origin"), TEXT);
  static final Field<String> INVOCATION_ENVIRONMENT =
      field(name("invocation", "environment"), TEXT);
  static final Field<String> INVOCATION_VERSION = field(name("invocation", "version"), TEXT);
  static final Field<String> INVOCATION_STATE = field(name("invocation", "state"), TEXT);
  static final Field<String> INVOCATION_REASON = field(name("invocation", "reason"), TEXT);
  static final Field<Long> INVOCATION_STARTED = field(name("invocation", "started_at"), BIGINT);
  static final Field<Long> INVOCATION_DURATION = field(name("invocation", "duration"), BIGINT);
  static final Field<String> INVOCATION_TURN = field(name("invocation", "turn_id"), TEXT);
  static final Field<String> INVOCATION_AUTH = field(name("invocation", "auth_id"), TEXT);
  static final Field<Integer> INVOCATION_CONVERSATION_NO =
      field(name("invocation", "conversation_no"), INTEGER);
  static final Field<String> INVOCATION_MESSAGE = field(name("invocation", "message_id"), TEXT);
  static final Field<String> INVOCATION_HASH = field(name("invocation", "message_hash"), TEXT);
  static final Field<Integer> INVOCATION_LINE = field(name("invocation", "failure_line"), INTEGER);
  static final Field<String> INVOCATION_FAILURE =
      field(name("invocation", "failure_message"), TEXT);
  static final Field<String> INVOCATION_TRACEBACK =
      field(name("invocation", "failure_traceback"), TEXT);
  static final Field<String> INVOCATION_MEASURES = field(name("invocation", "measures"), TEXT);
  static final Field<String> INVOCATION_INPUT = field(name("invocation", "input"), TEXT);
  static final Field<String> INVOCATION_OUTPUT = field(name("invocation", "output"), TEXT);
  static final Field<String> INVOCATION_LOGS = field(name("invocation", "logs"), TEXT);
  static final Field<String> INVOCATION_EGRESS = field(name("invocation", "egress"), TEXT);
}

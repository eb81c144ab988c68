-- Times are microseconds since 1970. JSON is opaque text: no statement looks inside it.
-- ${identity} is the dialect's self-numbering primary key; numbers are never used twice, so that
-- nothing of a removed bot can ever belong to a new one of the same name.

create table bot (
  id ${identity},
  name varchar(64) not null unique,
  title text not null,
  revision bigint not null,
  updated_at bigint not null
);

-- Bots that were deleted but whose conversations and invocations are not all removed yet.
create table doomed_bot (
  bot_id bigint primary key
);

create table draft (
  bot_id bigint primary key references bot (id),
  definition text not null,
  code text not null,
  samples text not null,
  requirements text not null
);

-- Content-addressed, never updated.
create table bot_version (
  id ${identity},
  bot_id bigint not null references bot (id),
  version text not null,
  created_at bigint not null,
  definition text not null,
  code text not null,
  requirements text not null,
  unique (bot_id, version)
);

-- Append only; the newest row of a bot and environment is what is live.
create table deployment (
  id ${identity},
  deployment_id text not null unique,
  bot_id bigint not null references bot (id),
  environment varchar(16) not null,
  version_id bigint not null references bot_version (id),
  deployed_by text not null,
  deployed_at bigint not null
);
create index deployment_live on deployment (bot_id, environment, id);

create table variable (
  id ${identity},
  bot_id bigint not null references bot (id),
  name text not null,
  secret boolean not null,
  unique (bot_id, name)
);

-- key_id tells which key encrypted the value, so that a wrong key is noticed at start.
create table variable_value (
  variable_id bigint not null references variable (id),
  environment varchar(16) not null,
  key_id varchar(16) not null,
  ciphertext text not null,
  primary key (variable_id, environment)
);

-- One row per bot, environment and user: the conversation that runs or ran last.
create table conversation (
  id ${identity},
  bot_id bigint not null,
  environment varchar(16) not null,
  auth_id text not null,
  conversation_no integer not null,
  state varchar(16) not null,
  node text,
  asked text,
  last_message_at bigint not null,
  details_at bigint,
  details text not null,
  entities text not null,
  unique (bot_id, environment, auth_id)
);

-- Users belong to the workspace, not to a bot.
create table chat_user (
  id ${identity},
  workspace varchar(64) not null,
  environment varchar(16) not null,
  auth_id text not null,
  user_id text not null,
  user_name text not null,
  full_name text not null,
  device_platform integer not null,
  language_code text not null,
  auth_code text not null,
  email text not null,
  mobile_no text not null,
  details_at bigint,
  details text not null,
  unique (workspace, environment, auth_id)
);

-- One row per answered turn: its transcript lines, and its answer for a repeated message id.
create table chat_turn (
  id ${identity},
  conversation_id bigint not null,
  turn_id text not null,
  message_id text,
  message_hash text not null,
  answered_at bigint not null,
  line_count integer not null,
  lines text not null,
  response text not null,
  unique (conversation_id, message_id)
);
create index chat_turn_order on chat_turn (conversation_id, id);

create table invocation (
  id ${identity},
  invocation_id text not null unique,
  bot_id bigint not null,
  node text not null,
  type varchar(16) not null,
  origin varchar(16) not null,
  environment varchar(16),
  version text,
  state varchar(16) not null,
  reason varchar(32),
  started_at bigint not null,
  duration bigint not null,
  turn_id text,
  auth_id text,
  conversation_no integer,
  message_id text,
  message_hash text,
  failure_line integer,
  failure_message text,
  failure_traceback text,
  measures text not null,
  input text,
  output text,
  logs text not null,
  egress text not null
);
create index invocation_time on invocation (bot_id, started_at, id);
create index invocation_node on invocation (bot_id, node, started_at, id);
-- The common case of a turn (succeeded, chat, production) stays out of these four; a list of the
-- common case reads invocation_time instead.
create index invocation_state on invocation (bot_id, state, started_at, id)
  where state <> 'succeeded';
create index invocation_reason on invocation (bot_id, reason, started_at, id)
  where reason is not null;
create index invocation_origin on invocation (bot_id, origin, started_at, id)
  where origin <> 'CHAT';
create index invocation_environment on invocation (bot_id, environment, started_at, id)
  where environment <> 'production';
create index invocation_started on invocation (id) where state = 'started';
create index invocation_interrupted on invocation (bot_id, auth_id, message_id)
  where state in ('interrupted', 'started');

-- Exactly which packages a version's code imports from; empty where it needs none.
alter table bot_version add column packages_lock text not null default '';

-- What was last installed for a draft, and the text that led to it: it stays in use until something
-- else is installed. A draft without a row has never had packages.
create table draft_packages (
  bot_id bigint primary key references bot (id),
  requirements text not null,
  packages_lock text not null,
  installed_at bigint not null
);

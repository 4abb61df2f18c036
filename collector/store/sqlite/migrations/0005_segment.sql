-- Segments that were saved, and who looked at which when.

-- Settings of their writers.
create table segment (
  id integer primary key,
  name text not null,
  expression text not null,        -- as it was typed
  owner text not null,             -- an e-mail address
  shared integer not null,         -- 1: everybody sees it
  created_at integer not null,
  changed_at integer not null
) strict;

create table segment_seen (
  segment_id integer not null references segment (id) on delete cascade,
  user text not null,              -- an e-mail address
  seen_at integer not null,
  members text not null,           -- JSON array: numbers of the accounts that were in it then
  primary key (segment_id, user)
) strict;

-- Whose visits came from where, for "source", "campaign" and "channel" in a segment.
create index "session#arrival_id#account_id" on session (arrival_id, account_id, started_at) where account_id is not null;

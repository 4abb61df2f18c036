-- Who wants to be told what, who came into which segment and why, and what waits to be delivered.

-- Settings of their users.
-- The number stands in links that end mails: another rule must never have it.
create table alert_rule (
  id integer primary key autoincrement,
  segment_id integer not null references segment (id) on delete cascade,
  user text not null,              -- an e-mail address
  channels text not null,          -- JSON array of names of channels
  cooling_days integer not null,   -- who comes back sooner is not told again
  quiet_from integer,              -- minute of the day; null: no quiet hours
  quiet_to integer,
  time_zone text not null,
  active_since integer,            -- when it was first looked at; null: not yet, and who is in already is not told
  created_at integer not null,
  unique (segment_id, user)
) strict;

create table digest (
  user text primary key,           -- an e-mail address
  frequency text not null,         -- 'daily', 'weekly'
  weekday integer not null,        -- 0: Sunday
  hour integer not null,
  time_zone text not null,
  when_empty text not null,        -- 'nothing', or 'line': one, after a week without a digest
  changed_at integer not null,
  last_slot integer not null,      -- the hour up to which it is settled
  covered_to integer,              -- the next one begins here; null: none was due yet
  sent_at integer
) strict, without rowid;

-- The state of the segments that somebody wants to be told of.
create table segment_watch (
  segment_id integer primary key references segment (id) on delete cascade,
  version integer not null,        -- so that two evaluations at once cannot both be kept
  expression text not null,        -- what was evaluated: of another text, nobody is new
  evaluated_at integer not null
) strict;

-- Facts: they are not made of events anew, since what an account had at the time is gone.
create table segment_entry (
  id integer primary key,
  segment_id integer not null references segment (id) on delete cascade,
  account_id integer not null,
  entered_at integer not null,
  cause text,                      -- JSON: the conditions that were met, with their values; null: was in from the start
  left_at integer                  -- null: still in
) strict;
create unique index "segment_entry#segment_id#account_id#open" on segment_entry (segment_id, account_id) where left_at is null;
create index "segment_entry#segment_id#left_at" on segment_entry (segment_id, left_at) where left_at is not null;
create index "segment_entry#account_id" on segment_entry (account_id, entered_at);

-- What somebody was told, whatever the way.
create table notice (
  id integer primary key,
  key text not null unique,        -- of its cause and its reader
  user text not null,
  segment_id integer not null,     -- it may be gone
  segment_name text not null,      -- as it was then
  account_id integer not null,
  cause text,
  at integer not null,
  read_at integer
) strict;
create index "notice#user#id" on notice (user, id);
create index "notice#user#unread" on notice (user) where read_at is null;

create table outbox (
  id integer primary key,
  key text not null unique,        -- of its cause, its reader and its channel; it travels with the message
  channel text not null,
  recipient text not null,         -- an e-mail address; empty: the channel has one place only
  message text not null,           -- JSON
  made_at integer not null,
  due_at integer not null,         -- when it is tried next
  tries integer not null default 0,
  state text not null default 'waiting',   -- 'waiting', 'delivered', 'dead'
  problem text,                    -- why the last try failed
  settled_at integer
) strict;
create index "outbox#channel#due_at" on outbox (channel, due_at) where state = 'waiting';
create index "outbox#state#id" on outbox (state, id);

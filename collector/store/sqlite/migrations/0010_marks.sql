-- What people mark on companies, and what each of them likes of the pages. Settings: made by people and by no event, so
-- `rebuild` leaves them alone. Each is kept by the account's own number, whatever that is merged into: merging brings
-- them to the account that it became, and undoing takes them back.

-- Of one user alone.
create table account_mark (
  user text not null,              -- e-mail address
  kind text not null,              -- follow or hide
  account_id integer not null,
  marked_at integer not null,
  primary key (user, kind, account_id)
) strict, without rowid;

-- Who opened an account's page when last.
create table account_look (
  account_id integer not null,
  user text not null,
  looked_at integer not null,
  primary key (account_id, user)
) strict, without rowid;

-- Who looks after it, as somebody chose here; better than what a file of profiles says.
create table account_owner (
  account_id integer primary key,
  owner text,                      -- e-mail address of a user; null: nobody, whatever a file says
  set_by text not null,
  set_at integer not null
) strict;

create table account_tag (
  account_id integer not null,
  word text not null,              -- the tag in lower case: two spellings of one word are one tag
  tag text not null,
  added_by text not null,
  added_at integer not null,
  primary key (account_id, word)
) strict, without rowid;
create index "account_tag#word" on account_tag (word, tag);

create table account_note (
  id integer primary key,
  account_id integer not null,
  text text not null,
  written_by text not null,
  written_at integer not null,
  edited_by text,
  edited_at integer
) strict;
create index "account_note#account_id" on account_note (account_id, written_at);

-- What was marked at once, for the way back.
create table mark_change (
  id integer primary key,
  change text not null,            -- JSON: what was asked, see store/marks.ts
  accounts integer not null,       -- that it changed
  refused integer not null,        -- that have as many tags as they may
  before text not null,            -- JSON: the rows that it changed, as they were
  made_by text not null,
  made_at integer not null,
  undone_at integer
) strict;

create table user_setting (
  user text not null,
  name text not null,
  value text not null,
  primary key (user, name)
) strict, without rowid;

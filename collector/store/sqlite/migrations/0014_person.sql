-- One person's page, and links by which somebody who cannot sign in reads one company's journey.

-- The visits of a person, the latest first.
create index "session#person_id#started_at" on session (person_id, started_at) where person_id is not null;
-- What else stands for a person.
create index "person_alias#person_id" on person_alias (person_id);

-- Settings of their makers.
create table share (
  id integer primary key,
  account_id integer not null,
  hash text not null unique,       -- SHA-256 of what stands in the link, hex; the link itself is kept nowhere
  password text,                   -- scrypt, with its salt; null: whoever has the link may read
  shows_people integer not null,   -- 1: names and e-mail addresses of people too
  made_by text not null,           -- an e-mail address
  made_at integer not null,
  expires_at integer not null,
  opened_at integer,               -- when it was last opened, to the minute
  revoked_by text,
  revoked_at integer
) strict;
create index "share#account_id" on share (account_id);

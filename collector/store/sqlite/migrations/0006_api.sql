-- Who may call the API, and who did what.

create table api_key (
  id integer primary key,
  name text not null,
  hash text not null unique,       -- SHA-256 of the whole key, hex; the key itself is kept nowhere
  prefix text not null,            -- its first letters, to recognise it by
  role text not null,
  scopes text not null,            -- JSON array, see access/capability.ts
  created_by text not null,        -- an e-mail address, or `the command line`
  created_at integer not null,
  last_used_at integer,            -- to the minute
  revoked_by text,
  revoked_at integer
) strict;
create unique index "api_key#name" on api_key (name) where revoked_at is null;

-- A row is never changed, but that refused sign-ins in a row are counted in one.
create table audit (
  id integer primary key,
  at integer not null,
  who text not null,               -- an e-mail address, `key NAME`, or `the command line`; never a network address
  what text not null,              -- see store/audit.ts
  subject text not null,
  detail text not null             -- JSON object, bounded
) strict;
create index "audit#what" on audit (what);
create index "audit#who" on audit (who);

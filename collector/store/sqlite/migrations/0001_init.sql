-- Dictionaries (append-only: an id never changes its meaning), the events, what the owner set, and the read models.
-- Times are integer milliseconds UTC; `day` is whole days since 1970-01-01 UTC.

create table site (
  id integer primary key,
  key text not null unique,
  domain text not null unique,
  hosts text not null,             -- JSON array
  created_at integer not null
) strict;

create table setting (
  name text primary key,
  value text not null
) strict, without rowid;

create table owner_rule (
  id integer primary key,
  match text not null,
  company_name text,               -- null: never a company
  company_domain text,
  note text not null,
  created_at integer not null
) strict;

-- Refusals leave no event behind, so this count is a record of its own and not a read model.
create table drop_count (
  site_id integer not null,        -- 0: the site key was not known
  day text not null,
  reason text not null,
  count integer not null,
  primary key (site_id, day, reason)
) strict, without rowid;

-- Dictionaries

create table string (
  id integer primary key,
  value text not null unique
) strict;

create table page (
  id integer primary key,
  host text not null,
  path text not null,
  unique (path, host)
) strict;

create table agent (
  id integer primary key,
  browser text not null,
  os text not null,
  device text not null,
  unique (browser, os, device)
) strict;

create table arrival (
  id integer primary key,
  channel text not null,
  source text not null,
  medium text not null,
  campaign text not null,
  term text not null,
  content text not null,
  click_id text not null,
  referrer text not null,
  unique (referrer, source, medium, campaign, term, content, click_id, channel)
) strict;

create table account (
  id integer primary key,
  key text not null unique,        -- domain, else name and country
  name text not null,
  domain text,
  country text,
  kind text not null,
  name_rank integer not null,      -- of the claim that name, country and kind are from
  created_at integer not null
) strict;

-- What the look-up said. One row per distinct answer, not per address.
create table verdict (
  id integer primary key,
  content text not null unique,    -- the whole verdict as JSON
  kind text not null,
  tier text not null,
  confidence real not null,
  name text,                       -- the company claimed, else the network's operator
  domain text
) strict;

-- One client address as far as we keep it: its range and a keyed hash, with the verdict of the day.
create table network (
  id integer primary key,
  address_key integer not null,
  verdict_id integer not null,
  account_id integer,
  prefix text not null,
  country text,
  unique (address_key, verdict_id)
) strict;

create table visitor (
  id integer primary key,
  site_id integer not null,
  key text not null,
  via text not null,
  unique (site_id, key)
) strict;

create table person (
  id integer primary key,
  key text not null unique,        -- `mailto:` e-mail, else site and the site's own id
  label text not null,
  account_id integer,
  account_evidence text            -- JSON evidence, where the e-mail names the account
) strict;

-- A site's own id, once it was told together with an e-mail.
create table person_alias (
  key text primary key,
  person_id integer not null
) strict, without rowid;

-- The truth

create table event (
  id integer primary key,          -- in order of arrival
  site_id integer not null,
  visitor_id integer not null,
  message integer not null,        -- 48-bit hash of the event's key
  at integer not null,
  received_at integer not null,
  type integer not null,           -- see event-type.ts
  page_id integer not null,
  title_id integer,
  arrival_id integer,
  agent_id integer not null,
  network_id integer not null,
  person_id integer,               -- identify events only
  detail text                      -- JSON; null for a plain page view
) strict;
create unique index "event#visitor_id#message" on event (visitor_id, message);
create index "event#visitor_id#at" on event (visitor_id, at);
create index "event#visitor_id#person_id" on event (visitor_id, at, person_id) where person_id is not null;
create index "event#site_id#id" on event (site_id, id);

-- Read models: made from the events above and nothing else, by `rebuild`

create table session (
  id integer primary key,          -- id of its first event
  site_id integer not null,
  visitor_id integer not null,
  account_id integer,
  person_id integer,
  by_person integer not null,      -- 1: the account is known by the person's e-mail, 0: by the network
  network_id integer not null,
  arrival_id integer,
  agent_id integer not null,
  landing_id integer not null,
  started_at integer not null,
  ended_at integer not null,
  events integer not null,
  pages integer not null,
  forms integer not null
) strict;
create index "session#visitor_id#started_at" on session (visitor_id, started_at);
create index "session#account_id#started_at" on session (account_id, started_at) where account_id is not null;
create index "session#started_at#account_id" on session (started_at, account_id, site_id, visitor_id, person_id, ended_at, pages, forms) where account_id is not null;
create index "session#started_at#network_id" on session (started_at, network_id, site_id, visitor_id, ended_at, pages) where account_id is null;
create index "session#person_id#account_id" on session (person_id, account_id) where person_id is not null;

create table account_total (
  account_id integer not null,
  site_id integer not null,
  first_at integer not null,
  last_at integer not null,
  visits integer not null,
  people integer not null,
  pages integer not null,
  forms integer not null,
  primary key (account_id, site_id)
) strict, without rowid;

create table account_day (
  account_id integer not null,
  site_id integer not null,
  day integer not null,
  visits integer not null,
  pages integer not null,
  forms integer not null,
  primary key (account_id, site_id, day)
) strict, without rowid;

create table site_day (
  site_id integer not null,
  day integer not null,
  visits integer not null,
  account_visits integer not null,
  pages integer not null,
  forms integer not null,
  events integer not null,
  primary key (site_id, day)
) strict, without rowid;

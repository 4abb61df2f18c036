-- Sums by account over longer spans and by network operator, so that what a list costs grows with its rows and not
-- with the visits behind them.

-- When its latest visit began: whether it came within a period is then known without looking at its visits.
alter table account_total add column last_started_at integer not null default 0;

-- Sums of 32 days, from day `span * 32` on.
create table account_span (
  span integer not null,
  account_id integer not null,
  site_id integer not null,
  visits integer not null,
  pages integer not null,
  forms integer not null,
  primary key (span, account_id, site_id)
) strict, without rowid;

-- Visits that are no account's, by what was said of their network.
create table verdict_day (
  day integer not null,
  verdict_id integer not null,
  site_id integer not null,
  standing integer not null,       -- 0: as the look-up said, 1: nobody's by a decision of the owner's, 2: our own people
  visits integer not null,
  pages integer not null,
  primary key (day, verdict_id, site_id, standing)
) strict, without rowid;

-- Whom an account's visits are of is in its index.
drop index "session#account_id#started_at";
create index "session#account_id#started_at" on session (account_id, started_at, site_id, visitor_id, person_id, is_offline) where account_id is not null;

create index "network#verdict_id#country" on network (verdict_id, country);

-- The tables above are empty: read models are made anew when the store is opened next.
insert or replace into setting (name, value) values ('rebuild', 'due');

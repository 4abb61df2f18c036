-- Visits by where they came from, by country and by the page they began on: sums of days, and of spans of 32 days; and
-- about how many browsers there were. What an overview costs grows with days and rows and not with visits.

-- Dictionary: where visits come from. Without a campaign: channel and source alone.
create table origin (
  id integer primary key,
  source text not null,
  channel text not null,
  campaign text not null,
  unique (source, channel, campaign)
) strict;

-- Read models. Our own people's visits are in neither.
create table breakdown_day (
  site_id integer not null,
  aspect integer not null,         -- see breakdown.ts
  day integer not null,            -- of the visit's start
  value_id integer not null,       -- source, campaign: the origin; country: its two letters as a number; landing: the page
  visits integer not null,
  account_visits integer not null,
  primary key (site_id, aspect, day, value_id)
) strict, without rowid;

-- From day `span * 32` on.
create table breakdown_span (
  site_id integer not null,
  aspect integer not null,
  span integer not null,
  value_id integer not null,
  visits integer not null,
  account_visits integer not null,
  primary key (site_id, aspect, span, value_id)
) strict, without rowid;

-- A sketch of the different browsers that were on a site on a day (of the event), our own people's too.
create table visitor_day (
  site_id integer not null,
  day integer not null,
  sketch blob not null,            -- see identify/distinct.ts
  primary key (site_id, day)
) strict;

-- The tables above are empty: read models are made anew when the store is opened next.
insert or replace into setting (name, value) values ('rebuild', 'due');

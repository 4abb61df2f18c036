-- What people of accounts did, by day.

-- Dictionary: what is counted. Kinds and names are told in activity.ts.
create table subject (
  id integer primary key,
  kind text not null,              -- page, event, form or engaged
  name text not null,              -- page: the path, whatever its host; event, form: as told; engaged: empty
  word text not null,              -- how rules spell it: see event-word.ts; page: the path in lower case
  unique (kind, name)
) strict;

-- Read model
create table activity (
  subject_id integer not null,
  day integer not null,            -- of the event, not of the visit's start
  account_id integer not null,
  who integer not null,            -- the person, else the visitor, negative
  site_id integer not null,
  count integer not null,          -- page: views; event: times; form: submits; engaged: seconds
  primary key (subject_id, day, account_id, who, site_id)
) strict, without rowid;

-- Not a read model: of events whose id their sender made for the whole site, those of the last days; see message.ts.
create table recent_message (
  stretch integer not null,        -- when it came: whole stretches since 1970
  site_id integer not null,
  message integer not null,        -- 62-bit hash of the event's key
  primary key (stretch, site_id, message)
) strict, without rowid;

-- `activity` is empty: read models are made anew when the store is opened next.
insert or replace into setting (name, value) values ('rebuild', 'due');

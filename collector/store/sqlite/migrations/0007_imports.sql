-- Files taken in, what each of them said, so that a whole one can be taken back; and contacts.

create table import (
  id integer primary key,
  kind text not null,              -- touchpoints, contacts, profiles
  site_id integer,                 -- touchpoints: the site that they belong to
  file_name text not null,
  sha256 text,                     -- of the file; null until it was read to its end
  mapping text not null,           -- JSON: which column was taken for what, and how values were read
  rows integer not null default 0,
  stored integer not null default 0,
  duplicates integer not null default 0,
  refused text not null default '{}', -- JSON: rows by reason
  made_by text not null,
  made_at integer not null,
  noted_at integer not null,       -- when it was last heard of
  ended_at integer,                -- null: under way, or it never came to its end
  problem text,                    -- why it stopped before its end
  undone_by text,
  undone_at integer
) strict;

-- Which events an import told; two may have told the same one.
create table import_event (
  import_id integer not null,
  event_id integer not null,
  primary key (import_id, event_id)
) strict, without rowid;
create index "import_event#event_id" on import_event (event_id);

-- What each import said of a contact or a company, oldest first by number; 0: what was there before any.
create table import_said (
  kind text not null,              -- contact, profile
  subject_id integer not null,     -- the contact, the account
  import_id integer not null,
  said text not null,              -- JSON
  primary key (kind, subject_id, import_id)
) strict, without rowid;
create index "import_said#import_id" on import_said (import_id);

-- Somebody whom the owner knows, whether or not they have visited.
create table contact (
  id integer primary key,
  key text not null unique,        -- that of the person with this e-mail; else by profile page, or by company and name
  account_id integer,              -- null: no company is known
  email text,
  name text,
  title text,
  department text,
  phone text,                      -- as told
  role text,                       -- in buying: see store/people.ts
  linkedin text,
  attributes text not null,        -- JSON: every other column of the file
  changed_at integer not null
) strict;
create index "contact#account_id" on contact (account_id) where account_id is not null;

-- 1: told by an import of calls, meetings and the like. Nobody visited, so it is in no count of visits.
alter table session add column is_offline integer not null default 0;
drop index "session#started_at#account_id";
drop index "session#started_at#network_id";
create index "session#started_at#account_id" on session (started_at, account_id, site_id, visitor_id, person_id, ended_at, pages, forms)
  where account_id is not null and is_offline = 0;
create index "session#started_at#network_id" on session (started_at, network_id, site_id, visitor_id, ended_at, pages, decision_id, is_own)
  where account_id is null and is_offline = 0;

-- What the owner decides about networks and accounts, what addresses have been taught, and profiles of companies.

-- The autonomous system of a network, so that a decision about one reaches the visits before it.
alter table network add column as_number integer;
update network set as_number = (
  select nullif(cast(substr(json_extract(v.content, '$.evidence[0].says'), 4) as integer), 0)
  from verdict v
  where v.id = network.verdict_id and json_extract(v.content, '$.evidence[0].says') like 'AS %'
);

-- 1: without what this installation learned of the address, it would name no account.
alter table verdict add column rests_on_learning integer not null default 0;

-- Settings of the owner, and their log: a row is never changed but to undo it, or to do it again.
create table decision (
  id integer primary key,
  kind text not null,              -- see identify/decision.ts
  match text,                      -- network: a range, an address or `AS64500`, in words where only the hash is known
  address_key integer,             -- network, forget: one exact address
  says text,                       -- network: company, never or own
  account_id integer,              -- the account that it is about; network: the one that it was made from
  target_id integer,               -- network: who it is; merge: where it belongs; parent: whose part it is
  note text not null,
  made_by text not null,           -- an e-mail address, or `owner` for what was made before there was this table
  made_at integer not null,
  undone_by text,
  undone_at integer,
  moved text                       -- JSON: how many visits it moved from where to where, when it was made or undone last
) strict;
create index "decision#account_id" on decision (account_id) where account_id is not null;
create index "decision#target_id" on decision (target_id) where target_id is not null;

insert or ignore into account (key, name, domain, country, kind, name_rank, created_at)
  select coalesce(company_domain, lower(trim(company_name)) || '/'), company_name, company_domain, null, 'business', 3, created_at
  from owner_rule where company_name is not null;
insert into decision (id, kind, match, says, target_id, note, made_by, made_at)
  select r.id, 'network', r.match, case when r.company_name is null then 'never' else 'company' end, a.id, r.note, 'owner', r.created_at
  from owner_rule r
  left join account a on r.company_name is not null and a.key = coalesce(r.company_domain, lower(trim(r.company_name)) || '/');
drop table owner_rule;

-- What the owner tells of an account by a file.
create table profile (
  account_id integer primary key,
  name text,
  industry text,
  size text,
  country text,
  owner text,                      -- who looks after it
  attributes text not null,        -- JSON: every other column of the file
  imported_by text not null,
  imported_at integer not null
) strict;

-- Read models

-- Who gave a business e-mail from which address, from first to last.
create table teaching (
  address_key integer not null,
  person_id integer not null,
  account_id integer not null,     -- that the e-mail names, before the owner's decisions
  first_at integer not null,
  last_at integer not null,
  primary key (address_key, person_id)
) strict, without rowid;
create index "teaching#account_id" on teaching (account_id, address_key);

drop index "session#started_at#network_id";
alter table session drop column by_person;
alter table session add column employer_id integer;                  -- person whose e-mail names the account
alter table session add column by_learned integer not null default 0; -- 1: the account was learned of the address
alter table session add column decision_id integer;                  -- decision that made it whose it is, or nobody's
alter table session add column is_own integer not null default 0;    -- 1: our own people
create index "session#started_at#network_id" on session (started_at, network_id, site_id, visitor_id, ended_at, pages, decision_id, is_own) where account_id is null;
create index "session#network_id#started_at" on session (network_id, started_at);
create index "session#decision_id" on session (decision_id) where decision_id is not null;

alter table site_day add column own_visits integer not null default 0;
alter table site_day add column own_pages integer not null default 0;

-- The columns above are empty: read models are made anew when the store is opened next.
insert or replace into setting (name, value) values ('rebuild', 'due');

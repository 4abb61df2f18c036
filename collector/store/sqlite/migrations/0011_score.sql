-- Scores: what they are made of, version by version, and what each account has now.

-- Settings of the owner. Append-only: going back to a version makes a new one that says the same.
create table score_version (
  id integer primary key,
  scoring text not null,           -- JSON: see score/scoring.ts
  note text not null,
  made_by text not null,           -- an e-mail address
  made_at integer not null
) strict;

-- Not a read model of the events alone: it is of a day, since points fade. Worked out anew in the background.
create table account_score (
  account_id integer primary key,
  version integer not null,        -- of score_version; 0: the one that came with the program
  day integer not null,
  score integer not null,
  band text not null,              -- cold, warm or hot
  reasons text not null            -- JSON array of [rule, points]: at most three, the heaviest first
) strict;

create index "account_score#score" on account_score (score);

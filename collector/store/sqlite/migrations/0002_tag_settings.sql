-- What the owner chose for the site's tag, as JSON; a setting that is not in it is as usual.
alter table site add column tag text not null default '{}';

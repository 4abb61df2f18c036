-- Who is what in buying, as people said it here; it stands over `contact.role`, which a file told. A setting: made by
-- people and by no event, so `rebuild` leaves it alone. It is kept by the key that a person and a contact share, never by
-- an account: whatever becomes of accounts and visits, it goes where the person goes.

create table person_role (
  key text primary key,            -- of the person, else of the contact
  role text,                       -- see store/people.ts; null: none, whatever a file says
  set_by text not null,            -- e-mail address of a user, or `key NAME`
  set_at integer not null
) strict, without rowid;

create index "contact#role" on contact (role, key) where role is not null;

-- Whoever is forgotten takes what was said of them along. Nobody who removes a person or a contact can leave it behind;
-- but a contact that an import told of may go while the person stays.
create trigger "person_role#person" after delete on person begin
  delete from person_role where key = old.key;
  delete from person_role where key in (select key from person_alias where person_id = old.id);
end;
create trigger "person_role#contact" after delete on contact
  when not exists (select 1 from person where key = old.key)
begin
  delete from person_role where key = old.key;
end;

-- When somebody had looked before they sat down to look now: what is new since then stays new while they read.
alter table account_look add column before_at integer;

-- What a receiver asks for by a 429 with Retry-After, and what a person asks for in spite of it.

alter table destination
  -- until when nothing goes out
  add column open_at timestamptz;

alter table delivery
  -- its next attempt goes out even so
  add column urgent boolean not null default false;
create index delivery_urgent on delivery (destination_id, tenant_id) where urgent;

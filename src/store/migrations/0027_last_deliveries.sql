-- What came of the newest attempt at a destination, to the minute; kept when executions are dropped.
alter table destination
  add column last_at timestamptz,
  add column last_outcome text check (last_outcome in ('done', 'never', 'not_before')),
  add column last_status int,
  add column last_fault text;

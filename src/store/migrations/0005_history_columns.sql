-- What readers of history derive from its raw lines: columns of single metrics, and what is known of each metric
-- (data model, sections 3 and 9). The three tables may be emptied together at any time; they are made again.

-- How far the columns and the metrics of a stream reach. Locked by whoever makes more of them, never with the run.
create table history_reach (
  tenant_id bigint not null,
  run_id bigint not null,
  stream text not null check (stream in ('history', 'events')),
  -- the run's, when they were made: after a rewind they are worth nothing
  epoch int not null,
  lines bigint not null,
  -- any integer that a double can hold
  last_step float8,
  -- one node of several is at it until then
  lease_until timestamptz,
  primary key (tenant_id, run_id, stream)
);

create table run_metric (
  tenant_id bigint not null,
  run_id bigint not null,
  stream text not null,
  -- by first appearance
  metric int not null,
  -- JSON texts: names, types and values may hold what no other text here can
  name text not null,
  type_counts text not null,
  monotonic boolean not null,
  last_value text not null,
  primary key (tenant_id, run_id, stream, metric)
) partition by range (run_id);

create table history_column (
  tenant_id bigint not null,
  run_id bigint not null,
  stream text not null,
  metric int not null,
  first_line bigint not null,
  lines int not null,
  -- whether it holds all there is of the metric: no texts or lists, nothing twice in one line
  plain boolean not null,
  format smallint not null,
  body bytea not null,
  primary key (tenant_id, run_id, stream, metric, first_line)
) partition by range (run_id);
-- deflated already
alter table history_column alter column body set storage external;

-- a partition beside each one of the lines
do $$
declare
  part record;
  derived text;
begin
  for part in
    select c.relname as name, pg_get_expr(c.relpartbound, c.oid) as bounds
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'history_chunk'::regclass
  loop
    foreach derived in array array['run_metric', 'history_column'] loop
      execute format('create table %I partition of %I %s',
        replace(part.name, 'history_chunk', derived), derived, part.bounds);
    end loop;
  end loop;
end $$;

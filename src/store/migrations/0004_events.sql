-- Events, executions, deliveries (data model, section 4).

create table event (
  tenant_id bigint not null,
  event_id bigint not null,
  type text not null,
  project_id bigint,
  subject_kind text not null,
  subject_id bigint not null,
  author text,
  occurred_at timestamptz not null,
  -- everything a payload may name, as it was then
  captured jsonb not null,
  primary key (tenant_id, event_id)
) partition by range (event_id);

create table execution (
  tenant_id bigint not null,
  event_id bigint not null,
  automation_id bigint not null,
  -- 0 for the firing, 1… for "run again" by a person
  ask int not null default 0,
  revision int not null,
  status text not null check (status in ('pending', 'finished', 'failed', 'skipped', 'cancelled')),
  reason text,
  event_type text not null,
  action_type text not null,
  project_id bigint,
  subject_kind text not null,
  subject_id bigint not null,
  author text,
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  primary key (tenant_id, event_id, automation_id, ask)
) partition by range (event_id);
create index execution_newest on execution (tenant_id, event_id desc, automation_id, ask);
create index execution_automation on execution (tenant_id, automation_id, event_id desc);
create index execution_subject on execution (tenant_id, subject_id, event_id desc);

-- Wide, read for one at a time: why it matched, and the request as first rendered (secrets masked).
create table execution_detail (
  tenant_id bigint not null,
  event_id bigint not null,
  automation_id bigint not null,
  ask int not null,
  explanation jsonb,
  payload text,
  primary key (tenant_id, event_id, automation_id, ask)
) partition by range (event_id);

create table attempt (
  tenant_id bigint not null,
  event_id bigint not null,
  automation_id bigint not null,
  ask int not null,
  step int not null default 0,
  number int not null,
  started_at timestamptz not null,
  duration_ms int not null,
  outcome text not null check (outcome in ('done', 'never', 'not_before')),
  status int,
  error text,
  phase text,
  address text,
  request jsonb,
  response jsonb,
  next_at timestamptz,
  primary key (tenant_id, event_id, automation_id, ask, step, number)
) partition by range (event_id);

-- The queue. Rows are deleted when done, so it stays small; claimed per destination.
create table delivery (
  tenant_id bigint not null,
  event_id bigint not null,
  automation_id bigint not null,
  ask int not null,
  step int not null default 0,
  destination_id bigint not null,
  due_at timestamptz not null,
  tries int not null default 0,
  -- epoch of the owner that claimed it last; a newer owner may claim it again
  owner_epoch bigint not null default 0,
  primary key (tenant_id, event_id, automation_id, ask, step)
);
create index delivery_due on delivery (destination_id, due_at);
create index delivery_automation on delivery (tenant_id, automation_id);

-- One per integration (same id); nodes lease it and own its limits in memory while they do.
create table destination (
  id bigint primary key,
  tenant_id bigint not null,
  owner uuid,
  epoch bigint not null default 0,
  lease_until timestamptz not null default '-infinity'
);

-- Definitions of automations. One counter per organization makes every edit visible in order (data model, section 2).

create table rulebook (
  root_id bigint primary key references entity,
  version bigint not null default 0
);

create table automation (
  id bigint generated always as identity primary key,
  root_id bigint not null references entity,
  tenant_id bigint not null references entity,
  scope_kind text not null check (scope_kind in ('entity', 'project', 'collection')),
  scope_id bigint not null,
  name text not null,
  description text,
  enabled boolean not null,
  definition jsonb not null,
  -- every edit; executions point to it
  revision int not null,
  -- edits of event, filter or metric only; it resets the limit of once in 24 hours
  condition_revision int not null,
  rulebook_version bigint not null,
  created_by bigint references app_user,
  created_at timestamptz not null,
  updated_at timestamptz,
  deleted_at timestamptz
);
create unique index automation_name on automation (scope_kind, scope_id, name) where deleted_at is null;
create index automation_rulebook on automation (root_id, rulebook_version);
create index automation_tenant on automation (tenant_id, id);

create table automation_revision (
  automation_id bigint not null references automation,
  revision int not null,
  name text not null,
  description text,
  enabled boolean not null,
  scope_kind text not null,
  scope_id bigint not null,
  definition jsonb not null,
  changed_by bigint,
  changed_at timestamptz not null,
  primary key (automation_id, revision)
);

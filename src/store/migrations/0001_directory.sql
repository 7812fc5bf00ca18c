-- The directory: who there is, what they own. Small, cached, foreign keys allowed (data model, section 2).

create table instance (
  key text primary key,
  value text not null
);

-- Node numbers of large ids are leased, so that two processes never make the same id.
create table node (
  number int primary key check (number between 0 and 1023),
  holder uuid not null,
  lease_until timestamptz not null
);

create table entity (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('organization', 'team', 'personal')),
  name text not null,
  -- the organization's entity, or the entity itself when it has none; never changes
  root_id bigint not null,
  created_at timestamptz not null,
  deleted_at timestamptz
);
create unique index entity_name on entity (name) where deleted_at is null;
create index entity_root on entity (root_id);

create table app_user (
  id bigint generated always as identity primary key,
  kind text not null default 'person' check (kind in ('person', 'service')),
  username text not null,
  email text,
  admin boolean not null default false,
  password_hash text,
  entity_id bigint references entity,
  default_entity_id bigint references entity,
  created_at timestamptz not null,
  deleted_at timestamptz
);
create unique index app_user_username on app_user (username) where deleted_at is null;
create unique index app_user_email on app_user (lower(email)) where deleted_at is null;
create unique index app_user_entity on app_user (entity_id);

create table member (
  entity_id bigint not null references entity,
  user_id bigint not null references app_user,
  role text not null check (role in ('admin', 'member', 'viewer')),
  created_at timestamptz not null,
  primary key (entity_id, user_id)
);
create index member_user on member (user_id);

create table api_key (
  id bigint generated always as identity primary key,
  user_id bigint not null references app_user,
  hash bytea not null unique,
  hint text not null,
  description text,
  created_at timestamptz not null
);
create index api_key_user on api_key (user_id);

create table project (
  id bigint generated always as identity primary key,
  tenant_id bigint not null references entity,
  name text not null,
  visibility text not null default 'Team' check (visibility in ('Open', 'Public', 'Team', 'Restricted')),
  description text,
  created_by bigint references app_user,
  created_at timestamptz not null,
  updated_at timestamptz,
  deleted_at timestamptz
);
create unique index project_name on project (tenant_id, name) where deleted_at is null;

create table integration (
  id bigint generated always as identity primary key,
  tenant_id bigint not null references entity,
  kind text not null check (kind in ('webhook', 'slack')),
  name text not null,
  config jsonb not null,
  created_by bigint references app_user,
  created_at timestamptz not null,
  updated_at timestamptz,
  deleted_at timestamptz
);
create unique index integration_name on integration (tenant_id, kind, name) where deleted_at is null;

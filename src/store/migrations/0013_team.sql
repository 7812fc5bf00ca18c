-- Teams that are governed: a setting, service accounts, invitations.

alter table entity
  -- members create, change and steer automations of the team's projects
  add column members_manage_automations boolean not null default false;

-- A service account belongs to one team and has no entity of its own.
alter table app_user
  add column service_of bigint references entity,
  -- what people call it
  add column display_name text,
  add check ((kind = 'service') = (service_of is not null));
create index app_user_service on app_user (service_of) where deleted_at is null;

-- New keys of service accounts, sealed, for the one person who made them, until a client that reloads the team read them.
create table fresh_key (
  api_key_id bigint primary key references api_key on delete cascade,
  made_by bigint not null references app_user,
  sealed bytea not null,
  made_at timestamptz not null,
  ends_at timestamptz not null
);
create index fresh_key_ends on fresh_key (ends_at);

-- Whoever is created with this email becomes a member.
create table invite (
  id bigint generated always as identity primary key,
  entity_id bigint not null references entity,
  email text not null,
  role text not null check (role in ('admin', 'member', 'viewer')),
  invited_by bigint references app_user,
  created_at timestamptz not null
);
create unique index invite_email on invite (lower(email), entity_id);
create index invite_entity on invite (entity_id);

-- Registries: projects of an organization with settings and members of their own (wandb protocol, section 7).

create table registry (
  project_id bigint primary key references project,
  tenant_id bigint not null references entity,
  allow_all_types boolean not null,
  -- named when it was made or changed; those in use are in artifact_type
  allowed_types text[] not null default '{}',
  protected_aliases text[] not null default '{}'
);

create table project_member (
  project_id bigint not null references project,
  user_id bigint not null references app_user,
  role text not null check (role in ('admin', 'member', 'viewer', 'restricted_viewer')),
  created_at timestamptz not null,
  primary key (project_id, user_id)
);
create index project_member_user on project_member (user_id);

create table project_team (
  project_id bigint not null references project,
  entity_id bigint not null references entity,
  role text not null check (role in ('admin', 'member', 'viewer', 'restricted_viewer')),
  created_at timestamptz not null,
  primary key (project_id, entity_id)
);
create index project_team_entity on project_team (entity_id);

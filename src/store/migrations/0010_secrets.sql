-- Secrets of entities (automations, section 5): sealed under a data key of their tenant, which the master key wraps.

create table tenant_key (
  tenant_id bigint primary key references entity,
  wrapped bytea not null,
  -- check value of the master key that wraps it
  wrapped_by text not null
);
create index tenant_key_wrapped_by on tenant_key (wrapped_by, tenant_id);

create table secret (
  tenant_id bigint not null references entity,
  name text collate "C" not null,
  sealed bytea not null,
  -- 1, and one more with each rotation
  version int not null default 1,
  -- the value before the last rotation, for signatures until the end of the overlap
  previous bytea,
  previous_until timestamptz,
  created_by bigint references app_user,
  created_at timestamptz not null,
  rotated_by bigint references app_user,
  rotated_at timestamptz,
  last_used_at timestamptz,
  primary key (tenant_id, name)
);

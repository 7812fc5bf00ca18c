-- Artifacts (data model, section 5). The tenant first in every key, no foreign keys; what belongs to a collection is
-- changed under the collection's lock.

create table artifact_type (
  tenant_id bigint not null,
  project_id bigint not null,
  type_id bigint not null,
  name text not null,
  description text,
  created_at timestamptz not null,
  primary key (tenant_id, project_id, name)
);
create unique index artifact_type_id on artifact_type (tenant_id, type_id);

-- The lock of its versions' numbers, aliases, links and tags. Numbers are never given twice.
create table collection (
  tenant_id bigint not null,
  collection_id bigint not null,
  project_id bigint not null,
  kind text not null check (kind in ('sequence', 'portfolio')),
  name text not null,
  type_name text not null,
  description text,
  next_version int not null default 0,
  -- of living memberships
  version_count int not null default 0,
  -- how long a version lives that says nothing itself; null is for ever
  ttl_seconds bigint,
  created_by bigint,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  primary key (tenant_id, collection_id)
);
create unique index collection_name on collection (tenant_id, project_id, name) where deleted_at is null;
create index collection_type on collection (tenant_id, project_id, type_name, collection_id) where deleted_at is null;

-- One version's content. Its number lies in its memberships.
create table artifact (
  tenant_id bigint not null,
  artifact_id bigint not null,
  project_id bigint not null,
  -- the sequence it is logged to
  collection_id bigint not null,
  state text not null check (state in ('pending', 'committed', 'deleted')),
  digest text not null,
  digest_algorithm text not null,
  client_id text,
  sequence_client_id text,
  distributed_id text,
  description text,
  metadata_raw text not null default '{}',
  metadata jsonb not null default '{}',
  -- -2 never, -1 as its collection says
  ttl_seconds bigint not null default -1,
  history_step bigint,
  size bigint not null default 0,
  file_count int not null default 0,
  commit_hash text,
  -- asked for when it was created, given at commit
  wanted_aliases text[] not null default '{}',
  wanted_tags text[] not null default '{}',
  -- the committed version that its incremental manifest adds to
  base_artifact_id bigint,
  run_id bigint,
  user_id bigint,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  committed_at timestamptz,
  deleted_at timestamptz,
  primary key (tenant_id, artifact_id)
);
create unique index artifact_client on artifact (tenant_id, client_id) where client_id is not null;
create unique index artifact_distributed on artifact (tenant_id, collection_id, distributed_id)
  where distributed_id is not null and state = 'pending';
create index artifact_collection on artifact (tenant_id, collection_id, artifact_id);
create index artifact_run on artifact (tenant_id, run_id) where run_id is not null;
create index artifact_pending on artifact (created_at) where state = 'pending';

create table artifact_manifest (
  tenant_id bigint not null,
  manifest_id bigint not null,
  artifact_id bigint not null,
  type text not null check (type in ('full', 'incremental', 'patch')),
  -- base64 MD5 of its JSON file; empty until the client knows it
  digest text not null default '',
  base_artifact_id bigint,
  -- where its JSON lies once it has arrived whole
  blob text,
  size bigint not null default 0,
  created_at timestamptz not null,
  primary key (tenant_id, manifest_id)
);
create index artifact_manifest_artifact on artifact_manifest (tenant_id, artifact_id, manifest_id);

-- Bytes that some version of a collection first stored: the same digest is not uploaded to the collection again.
create table artifact_blob (
  tenant_id bigint not null,
  collection_id bigint not null,
  -- base64, as manifests have it
  digest text not null,
  -- the version whose upload stored them
  birth_artifact_id bigint not null,
  size bigint not null default 0,
  -- null until they have arrived whole
  blob text,
  created_at timestamptz not null,
  -- when an upload last counted on them, or brought them
  wanted_at timestamptz not null,
  primary key (tenant_id, collection_id, digest, birth_artifact_id)
);
create index artifact_blob_birth on artifact_blob (tenant_id, birth_artifact_id);

-- The files of a committed version, out of its manifest; references to places outside have a ref and no bytes here.
create table artifact_file (
  tenant_id bigint not null,
  artifact_id bigint not null,
  path text not null,
  digest text not null,
  size bigint not null,
  ref text,
  birth_artifact_id bigint,
  primary key (tenant_id, artifact_id, path)
);
create index artifact_file_birth on artifact_file (tenant_id, birth_artifact_id, digest) where birth_artifact_id is not null;

-- The presence of a version in a collection: its number there. A link crosses tenants, so what lists need is copied.
create table membership (
  tenant_id bigint not null,
  collection_id bigint not null,
  version_index int not null,
  artifact_tenant_id bigint not null,
  artifact_id bigint not null,
  linked_by bigint,
  created_at timestamptz not null,
  primary key (tenant_id, collection_id, version_index)
);
create unique index membership_artifact on membership (tenant_id, collection_id, artifact_tenant_id, artifact_id);
create index membership_places on membership (artifact_tenant_id, artifact_id);

-- One holder of a name in a collection; a move is an update of its row.
create table alias (
  tenant_id bigint not null,
  collection_id bigint not null,
  alias text not null,
  version_index int not null,
  created_at timestamptz not null,
  primary key (tenant_id, collection_id, alias)
);
create index alias_version on alias (tenant_id, collection_id, version_index);

create table version_tag (
  tenant_id bigint not null,
  artifact_id bigint not null,
  tag text not null,
  created_at timestamptz not null,
  primary key (tenant_id, artifact_id, tag)
);

create table collection_tag (
  tenant_id bigint not null,
  collection_id bigint not null,
  tag text not null,
  created_at timestamptz not null,
  primary key (tenant_id, collection_id, tag)
);

-- Which runs made and which used a version. The tenant is the run's.
create table lineage (
  tenant_id bigint not null,
  run_id bigint not null,
  direction text not null check (direction in ('output', 'input')),
  artifact_tenant_id bigint not null,
  artifact_id bigint not null,
  used_as text,
  created_at timestamptz not null,
  primary key (tenant_id, run_id, direction, artifact_tenant_id, artifact_id)
);
create index lineage_artifact on lineage (artifact_tenant_id, artifact_id, direction);

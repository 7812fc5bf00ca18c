-- Runs and their history (data model, section 3). Large tables: the tenant first in every key, no foreign keys.

-- The one lock of a run: counters and clocks only, updated with every chunk, no index on what changes then.
create table run_head (
  tenant_id bigint not null,
  run_id bigint not null,
  project_id bigint not null,
  state text not null,
  -- grows when the run is rewound
  epoch int not null default 0,
  -- grows when name, tags, config … change: cached filter verdicts hold until then
  meta_version int not null default 0,
  latch_version int not null default 0,
  transition_no int not null default 0,
  history_lines bigint not null default 0,
  events_lines bigint not null default 0,
  -- offsets of the default writer: what the client counts, which differs from our lines after a gap
  history_offset bigint not null default 0,
  events_offset bigint not null default 0,
  console_lines bigint not null default 0,
  last_step bigint,
  heartbeat_at timestamptz,
  exit_code int,
  stop_requested boolean not null default false,
  resume_asked_at timestamptz,
  failed_at timestamptz,
  primary key (tenant_id, run_id)
) with (fillfactor = 50);
create index run_head_project on run_head (tenant_id, project_id, state);

create table run (
  tenant_id bigint not null,
  run_id bigint not null,
  project_id bigint not null,
  name text not null,
  display_name text not null,
  user_id bigint not null,
  group_name text,
  job_type text,
  sweep text,
  notes text,
  description text,
  tags text[] not null default '{}',
  commit_hash text,
  repo text,
  program text,
  host text,
  config_raw text not null default '{}',
  config jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  primary key (tenant_id, run_id)
);
create unique index run_name on run (tenant_id, project_id, name) where deleted_at is null;
create index run_created on run (tenant_id, project_id, created_at, run_id) where deleted_at is null;

-- Apart from run and run_head, else each chunk would rewrite the config.
create table run_summary (
  tenant_id bigint not null,
  run_id bigint not null,
  raw text not null,
  summary jsonb not null,
  primary key (tenant_id, run_id)
);

-- In shared mode several clients each count their lines from 0.
create table run_writer (
  tenant_id bigint not null,
  run_id bigint not null,
  stream text not null,
  writer text not null,
  next_offset bigint not null,
  primary key (tenant_id, run_id, stream, writer)
);

-- Raw lines, deflated, in our own dense numbering. Partitioned by run id: a run lies in one partition.
create table history_chunk (
  tenant_id bigint not null,
  run_id bigint not null,
  stream text not null check (stream in ('history', 'events')),
  first_line bigint not null,
  lines int not null,
  min_step bigint,
  max_step bigint,
  format smallint not null,
  body bytea not null,
  received_at timestamptz not null,
  primary key (tenant_id, run_id, stream, first_line)
) partition by range (run_id);

-- Sparse overwrite: of the blocks that hold a line, the one with the highest seq wins.
create table console_block (
  tenant_id bigint not null,
  run_id bigint not null,
  seq bigint not null,
  first_line bigint not null,
  lines int not null,
  body bytea not null,
  primary key (tenant_id, run_id, seq)
);

create table latch (
  tenant_id bigint not null,
  run_id bigint not null,
  automation_id bigint not null,
  condition_revision int not null,
  last_fired_at timestamptz not null,
  last_line bigint not null,
  primary key (tenant_id, run_id, automation_id)
);

create table run_file (
  tenant_id bigint not null,
  run_id bigint not null,
  name text not null,
  file_id bigint not null,
  size bigint not null default 0,
  md5 text,
  blob text,
  uploaded_at timestamptz,
  updated_at timestamptz not null,
  primary key (tenant_id, run_id, name)
);
create index run_file_id on run_file (tenant_id, file_id);

create table run_alert (
  tenant_id bigint not null,
  alert_id bigint not null,
  run_id bigint not null,
  title text not null,
  text text not null,
  severity text not null check (severity in ('INFO', 'WARN', 'ERROR')),
  wait_ms bigint not null,
  -- dropped because the same title came within the wait
  suppressed int not null default 0,
  created_at timestamptz not null,
  primary key (tenant_id, alert_id)
);
create index run_alert_run on run_alert (tenant_id, run_id, title, created_at desc);

-- Lazy: a heartbeat never moves a row. When a row is due, the deed looks at the subject (data model, section 4).
create table deadline (
  tenant_id bigint not null,
  kind text not null,
  subject_id bigint not null,
  automation_id bigint not null default 0,
  due_at timestamptz not null,
  lease_until timestamptz,
  primary key (tenant_id, kind, subject_id, automation_id)
);
create index deadline_due on deadline (due_at);

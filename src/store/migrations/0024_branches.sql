-- Runs that go on from an earlier point of their own history, or of another run's (wandb protocol, 2.5).

-- The first lines of a forked run's history are its parent's: read like its own, and no observations of it.
alter table run_head add column forked_lines bigint not null default 0;

-- What a rewound run had received last. Its client starts to count anew, so the offset alone cannot tell a late copy of
-- a request from new lines (data model, section 3).
create table rewound_lines (
  tenant_id bigint not null,
  run_id bigint not null,
  stream text not null check (stream in ('history', 'events')),
  lines int not null,
  digest bytea not null,
  primary key (tenant_id, run_id, stream, digest)
);

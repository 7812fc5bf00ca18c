-- Answers to "why?": what is asked of a whole history is answered from the bounds of its columns.

-- The columns are derived and are made again, with their bounds.
truncate history_reach, run_metric, history_column;
alter table history_column
  -- numbers in it but NaN, and the lowest and highest of them; infinity and -infinity where there are none
  add column observed int not null,
  add column low float8 not null,
  add column high float8 not null;

-- What happened to a run, a version or a collection.
create index event_subject on event (tenant_id, subject_id, event_id desc);

-- Backtests, while they run and for a day; one node runs each in a thread of its own.
create table backtest (
  tenant_id bigint not null,
  backtest_id bigint not null,
  -- whoever started it
  user_id bigint not null,
  -- of a saved automation
  automation_id bigint,
  status text not null check (status in ('running', 'finished', 'failed', 'cancelled')),
  -- scope, event and range, as asked
  asked jsonb not null,
  -- how far it is, and in the end what it found
  report jsonb not null,
  error text,
  created_at timestamptz not null,
  -- the thread tells at least each few seconds that it lives
  beat_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, backtest_id)
);

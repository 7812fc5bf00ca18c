-- Slack channels (automations, section 4.7).

alter table integration
  -- the address of a channel's incoming webhook: a credential, under the data key of its tenant
  add column sealed bytea,
  -- since when, and why, Slack takes nothing for a channel until a person acts
  add column broken_at timestamptz,
  add column broken_reason text;

-- States of Slack's authorisation that were used, so that none is accepted twice, whichever node is asked.
create table used_state (
  nonce text primary key,
  expires_at timestamptz not null
);
create index used_state_expires on used_state (expires_at);

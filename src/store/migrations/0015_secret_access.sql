-- Which features may read a secret (automations, section 5).

alter table secret
  add column for_webhooks boolean not null default true,
  add column for_header_templates boolean not null default true;

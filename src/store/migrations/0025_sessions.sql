-- Browsers of people who signed in, and attempts to.

create table session (
  id bigint generated always as identity primary key,
  user_id bigint not null references app_user,
  -- SHA-256 of the token in the browser's cookie
  hash bytea not null unique,
  -- with which it began: when that key is deleted, the session ends; null for a password
  api_key_id bigint references api_key on delete cascade,
  -- of the browser that began it
  address text,
  user_agent text,
  created_at timestamptz not null,
  used_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_of_user on session (user_id);
create index session_of_api_key on session (api_key_id);

-- Failed sign-ins, counted in the database because any node may be asked next.
create table sign_in_attempt (
  -- SHA-256 of what is limited: an account, an address, or both
  key bytea primary key,
  attempts int not null,
  since timestamptz not null
);
create index sign_in_attempt_since on sign_in_attempt (since);

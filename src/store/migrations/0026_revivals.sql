-- Which life of its execution a delivery belongs to, 0 for the first: a person may cancel what is on the wire and have it
-- sent again before the answer is there, and that answer must not be taken for the new one's, under the same owner.

create sequence delivery_revival;
alter table delivery add column revival bigint not null default 0;

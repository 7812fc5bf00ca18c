-- Lists of runs look into the configs and summaries of a whole project. Kept as they are beside the row, instead of
-- compressed, they are looked into in a third of the time; what makes the row too long goes elsewhere, their raw text
-- first. Holds for what is written from now on.
alter table run alter column config set storage main;
alter table run_summary alter column summary set storage main;

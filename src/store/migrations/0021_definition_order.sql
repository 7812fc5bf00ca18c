-- Definitions as they were written: jsonb sorts the members of a payload, which goes out in the order that its author chose.

alter table automation alter column definition type json using definition::json;
alter table automation_revision alter column definition type json using definition::json;

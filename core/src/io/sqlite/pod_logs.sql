-- Version 3: which logs on a pod are ours. Frozen: a later change is a new step in migrations.rs.

ALTER TABLE pod ADD COLUMN logs TEXT;

-- The change log as things that can be read: an id each, and who did it as filters compare it. Ids that answer as aliases of others.

ALTER TABLE change RENAME TO change_before;
DROP INDEX change_node;
CREATE TABLE change(
  pk INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,     -- within a revision in the order of its changes
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  by_fold TEXT NOT NULL,
  action TEXT NOT NULL CHECK(action IN ('CREATED','UPDATED','DELETED','IMPORTED')),
  kind TEXT NOT NULL,
  node_id TEXT NOT NULL,
  before TEXT,
  after TEXT
) STRICT;
INSERT INTO change(revision,id,at,by,by_fold,action,kind,node_id,before,after)
  SELECT revision,format('change:%d:%07d',revision,number),at,by,lower(by),action,kind,node_id,before,after FROM change_before ORDER BY revision,number;
DROP TABLE change_before;
CREATE INDEX change_order ON change(revision, id);
CREATE INDEX change_node ON change(node_id, revision, id);

CREATE TABLE alias(
  id TEXT PRIMARY KEY,
  kept TEXT NOT NULL           -- the id of the thing that answers
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_kept ON alias(kept);

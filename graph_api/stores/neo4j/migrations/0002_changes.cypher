// The change log as things that can be read: an id each, and who did it as filters compare it. Ids that answer as aliases of others.

DROP INDEX change_revision IF EXISTS;
DROP INDEX change_node IF EXISTS;
MATCH (n:Change) WHERE n.id IS NULL CALL (n) { SET n.id = 'change:' + toString(n.revision) + ':' + right('000000' + toString(n.number), 7), n.by_fold = toLower(n.by) REMOVE n.number } IN TRANSACTIONS OF 5000 ROWS;
CREATE CONSTRAINT change_id IF NOT EXISTS FOR (n:Change) REQUIRE n.id IS UNIQUE;
CREATE INDEX change_order IF NOT EXISTS FOR (n:Change) ON (n.revision, n.id);
CREATE INDEX change_of IF NOT EXISTS FOR (n:Change) ON (n.node_id, n.revision, n.id);
CREATE CONSTRAINT alias_id IF NOT EXISTS FOR (n:Alias) REQUIRE n.id IS UNIQUE;
CREATE INDEX alias_kept IF NOT EXISTS FOR (n:Alias) ON (n.kept);

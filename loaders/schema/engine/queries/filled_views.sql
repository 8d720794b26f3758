-- Materialized views of these schemas that hold rows, in the order that they were made in.
SELECT format('%I.%I', n.nspname, c.relname)
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname IN (${schemas}) AND c.relkind = 'm' AND c.relispopulated
   AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass
                                             AND e.objid = c.oid AND e.deptype = 'e')
 ORDER BY c.oid

SELECT i.relname,
       t.relname,
       m.amname,
       pg_get_expr(x.indpred, x.indrelid, true),
       x.indisunique,
       x.indisprimary,
       x.indisvalid AND x.indisready,
       x.indisunique AND coalesce((to_jsonb(x) ->> 'indnullsnotdistinct')::boolean, false),  -- not before version 15
       r.conname,
       pg_get_indexdef(x.indexrelid),
       pg_relation_size(x.indexrelid),
       coalesce(pg_stat_get_numscans(x.indexrelid), 0)
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_class t ON t.oid = x.indrelid
  JOIN pg_am m ON m.oid = i.relam
  LEFT JOIN pg_constraint r ON r.conindid = x.indexrelid AND r.contype IN ('p', 'u', 'x')
 WHERE i.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ${schema})
   AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass
                                             AND e.objid = t.oid AND e.deptype = 'e')

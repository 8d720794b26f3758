-- For a table, `definition` is what its columns, keys and checks do not say.
SELECT c.relname,
       c.relkind,
       CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid)
            WHEN c.relkind = 'S' THEN
                format('AS %s START %s INCREMENT %s MINVALUE %s MAXVALUE %s CACHE %s%s',
                       format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
                       s.seqcache, CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END)
            ELSE concat_ws(' ',
                CASE WHEN c.relpersistence = 'u' THEN 'UNLOGGED' END,
                CASE WHEN c.relkind = 'p' THEN 'PARTITION BY ' || pg_get_partkeydef(c.oid) END,
                CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END,
                (SELECT 'INHERITS (' || string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno) || ')'
                   FROM pg_inherits WHERE inhrelid = c.oid),
                CASE WHEN c.relrowsecurity THEN 'ROW LEVEL SECURITY' END,
                'WITH (' || array_to_string(c.reloptions, ', ') || ')') END,
       c.relispopulated,
       c.reltuples::bigint,
       CASE WHEN c.relkind IN ('r', 'm') THEN pg_total_relation_size(c.oid) ELSE 0 END,
       pg_get_userbyid(c.relowner),
       pg_has_role(c.relowner, 'USAGE'),
       (SELECT o.relname || '.' || a.attname
          FROM pg_depend d
          JOIN pg_class o ON o.oid = d.refobjid
          JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
         WHERE c.relkind = 'S' AND d.classid = 'pg_class'::regclass AND d.objid = c.oid
           AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')),
       has_table_privilege(c.oid, 'SELECT') AND c.relispopulated AND c.relkind IN ('r', 'p', 'm')
  FROM pg_class c
  LEFT JOIN pg_sequence s ON s.seqrelid = c.oid
 WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ${schema})
   AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
   AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass
                                             AND e.objid = c.oid AND e.deptype = 'e')
 ORDER BY 1

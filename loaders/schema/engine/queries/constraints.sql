SELECT r.conname,
       t.relname,
       r.contype,
       (SELECT string_agg(a.attname, chr(31) ORDER BY n.at)
          FROM unnest(r.conkey) WITH ORDINALITY AS n (attnum, at)
          JOIN pg_attribute a ON a.attrelid = r.conrelid AND a.attnum = n.attnum),
       regexp_replace(pg_get_constraintdef(r.oid), ' NOT VALID$', ''),
       r.convalidated,
       CASE WHEN o.relnamespace = t.relnamespace THEN o.relname::text
            ELSE o.relnamespace::regnamespace || '.' || o.relname END,
       (SELECT string_agg(a.attname, chr(31) ORDER BY n.at)
          FROM unnest(r.confkey) WITH ORDINALITY AS n (attnum, at)
          JOIN pg_attribute a ON a.attrelid = r.confrelid AND a.attnum = n.attnum),
       CASE WHEN r.contype IN ('p', 'u', 'x') THEN i.relname END,
       r.confdeltype,
       r.confupdtype
  FROM pg_constraint r
  JOIN pg_class t ON t.oid = r.conrelid
  LEFT JOIN pg_class o ON o.oid = r.confrelid
  LEFT JOIN pg_class i ON i.oid = r.conindid
 WHERE t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ${schema})
   AND r.contype IN ('p', 'u', 'c', 'f', 'x')
   AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass
                                             AND e.objid = t.oid AND e.deptype = 'e')

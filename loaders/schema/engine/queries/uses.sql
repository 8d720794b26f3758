-- What views read: relations and, where they name them, their columns.
SELECT DISTINCT v.relname,
       CASE WHEN u.relnamespace = v.relnamespace THEN u.relname::text
            ELSE u.relnamespace::regnamespace || '.' || u.relname END,
       a.attname
  FROM pg_class v
  JOIN pg_rewrite r ON r.ev_class = v.oid
  JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
                  AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> v.oid
  JOIN pg_class u ON u.oid = d.refobjid
  LEFT JOIN pg_attribute a ON a.attrelid = u.oid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
 WHERE v.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ${schema})
   AND v.relkind IN ('v', 'm')

-- Foreign keys of tables with rows of their own: what a row of c refers to is a row of p.
SELECT k.conrelid,
       k.confrelid::regclass,
       (SELECT string_agg(format('p.%I = c.%I', b.attname, a.attname), ' AND ' ORDER BY u.place)
          FROM unnest(k.conkey, k.confkey) WITH ORDINALITY AS u(child, parent, place)
          JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.child
          JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = u.parent)
  FROM pg_constraint k
  JOIN pg_class c ON c.oid = k.conrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE k.contype = 'f' AND c.relkind = 'r' AND n.nspname IN (${schemas})
 ORDER BY k.conrelid, k.conname

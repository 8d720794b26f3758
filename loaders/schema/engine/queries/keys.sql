-- The columns of indexes in their order: keys, then those that are only included.
SELECT i.relname,
       coalesce(a.attname::text, pg_get_indexdef(x.indexrelid, n, true)),
       x.indkey[n - 1] <> 0,
       n > x.indnkeyatts,
       n <= x.indnkeyatts AND x.indoption[n - 1] & 1 <> 0,
       n <= x.indnkeyatts AND x.indoption[n - 1] & 2 <> 0,
       CASE WHEN NOT o.opcdefault THEN o.opcname END,
       CASE WHEN x.indcollation[n - 1] <> coalesce(a.attcollation, y.typcollation) THEN k.collname END
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid
 CROSS JOIN generate_series(1, x.indnatts) AS n
  JOIN pg_attribute s ON s.attrelid = i.oid AND s.attnum = n
  JOIN pg_type y ON y.oid = s.atttypid
  LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[n - 1]
                          AND x.indkey[n - 1] <> 0
  LEFT JOIN pg_opclass o ON n <= x.indnkeyatts AND o.oid = x.indclass[n - 1]
  LEFT JOIN pg_collation k ON n <= x.indnkeyatts AND k.oid = x.indcollation[n - 1]
 WHERE i.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ${schema})
 ORDER BY i.relname, n

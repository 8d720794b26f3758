-- Enums with their labels, and what else has the name of a type without being a relation.
SELECT t.typname,
       t.typtype = 'e',
       CASE t.typtype
            WHEN 'e' THEN (SELECT string_agg(enumlabel, chr(31) ORDER BY enumsortorder)
                             FROM pg_enum WHERE enumtypid = t.oid)
            WHEN 'd' THEN concat_ws(' ', 'domain', format_type(t.typbasetype, t.typtypmod),
                                    'DEFAULT ' || t.typdefault,
                                    CASE WHEN t.typnotnull THEN 'NOT NULL' END,
                                    (SELECT string_agg(pg_get_constraintdef(oid), ' ' ORDER BY conname)
                                       FROM pg_constraint WHERE contypid = t.oid))
            WHEN 'c' THEN (SELECT 'composite ' || string_agg(attname || ' ' ||
                                      format_type(atttypid, atttypmod), ', ' ORDER BY attnum)
                             FROM pg_attribute WHERE attrelid = t.typrelid AND NOT attisdropped)
            ELSE (SELECT 'range ' || format_type(rngsubtype, NULL) FROM pg_range WHERE rngtypid = t.oid) END
  FROM pg_type t
  LEFT JOIN pg_class c ON c.oid = t.typrelid
 WHERE t.typnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ${schema})
   AND (t.typtype IN ('e', 'd', 'r') OR (t.typtype = 'c' AND c.relkind = 'c'))
   AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_type'::regclass
                                             AND e.objid = t.oid AND e.deptype = 'e')

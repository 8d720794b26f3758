-- Tables of these schemas with rows of their own, with the columns that can be written.
SELECT c.oid,
       n.nspname,
       c.relname,
       (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum)
          FROM pg_attribute
         WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '')
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname IN (${schemas}) AND c.relkind = 'r'
   AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass
                                             AND e.objid = c.oid AND e.deptype = 'e')
 ORDER BY n.nspname, c.relname

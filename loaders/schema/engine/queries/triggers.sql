SELECT g.tgname,
       c.relname,
       pg_get_triggerdef(g.oid) || CASE g.tgenabled WHEN 'O' THEN '' ELSE format(' (%s)', g.tgenabled) END
  FROM pg_trigger g
  JOIN pg_class c ON c.oid = g.tgrelid
 WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ${schema})
   AND NOT g.tgisinternal
 ORDER BY 2, 1

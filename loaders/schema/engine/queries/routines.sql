-- The body is the text that is parsed when the routine runs: none for BEGIN ATOMIC and compiled code.
SELECT p.proname,
       p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
       l.lanname,
       CASE WHEN l.lanname NOT IN ('c', 'internal') THEN p.prosrc END,
       CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END
  FROM pg_proc p
  JOIN pg_language l ON l.oid = p.prolang
 WHERE p.pronamespace = (SELECT oid FROM pg_namespace WHERE nspname = ${schema})
   AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass
                                             AND e.objid = p.oid AND e.deptype = 'e')
 ORDER BY 2

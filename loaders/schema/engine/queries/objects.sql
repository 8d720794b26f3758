-- What found holds, in words. `definition` tells whether something was changed; of a foreign key it is
-- what it joins. A publication's table has the words that add it again: no dump of a schema has them.
SELECT f.classid, f.objid, f.objsubid, i.type, coalesce(c.relname, t.typname, p.proname, u.pubname),
       i.identity, pg_get_userbyid(coalesce(
           c.relowner, t.typowner, p.proowner)),
       coalesce(x.indrelid, k.conrelid, a.adrelid, g.tgrelid, w.ev_class, l.polrelid, 0),
       CASE WHEN t.typtype = 'e' THEN (SELECT string_agg(quote_literal(enumlabel), ', '
                                                         ORDER BY enumsortorder)
                                         FROM pg_enum WHERE enumtypid = t.oid)
            WHEN t.typtype = 'd' THEN concat_ws(' ', format_type(t.typbasetype, t.typtypmod),
                t.typnotnull, t.typdefault, (SELECT string_agg(pg_get_constraintdef(oid), ' ' ORDER BY
                                                               conname)
                                               FROM pg_constraint WHERE contypid = t.oid))
            WHEN p.prokind IN ('f', 'p') THEN pg_get_functiondef(p.oid)
            WHEN k.contype = 'f' THEN concat_ws(' ', k.conrelid, k.conkey, k.confrelid)
            WHEN f.classid = 'pg_attrdef'::regclass THEN pg_get_expr(a.adbin, a.adrelid)
            WHEN r.oid IS NOT NULL THEN concat_ws(' ', quote_ident(u.pubname), 'ADD TABLE',
                r.prrelid::regclass,
                (SELECT '(' || string_agg(quote_ident(attname), ', ' ORDER BY attnum) || ')'
                   FROM pg_attribute WHERE attrelid = r.prrelid AND attnum = ANY (r.prattrs)),
                'WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')')
            ELSE '' END,
       CASE WHEN c.oid IS NOT NULL THEN c.relkind::text
            WHEN k.oid IS NOT NULL THEN k.contype::text
            WHEN t.oid IS NOT NULL AND t.typelem = 0 AND coalesce(y.relkind, 'c') = 'c' THEN 'type'
            ELSE '' END
  FROM found f
  LEFT JOIN pg_class c ON f.classid = 'pg_class'::regclass AND c.oid = f.objid
  LEFT JOIN pg_index x ON x.indexrelid = c.oid
  LEFT JOIN pg_type t ON f.classid = 'pg_type'::regclass AND t.oid = f.objid
  LEFT JOIN pg_class y ON y.oid = t.typrelid
  LEFT JOIN pg_proc p ON f.classid = 'pg_proc'::regclass AND p.oid = f.objid
  LEFT JOIN pg_constraint k ON f.classid = 'pg_constraint'::regclass AND k.oid = f.objid
  LEFT JOIN pg_attrdef a ON f.classid = 'pg_attrdef'::regclass AND a.oid = f.objid
  LEFT JOIN pg_trigger g ON f.classid = 'pg_trigger'::regclass AND g.oid = f.objid
  LEFT JOIN pg_rewrite w ON f.classid = 'pg_rewrite'::regclass AND w.oid = f.objid
  LEFT JOIN pg_policy l ON f.classid = 'pg_policy'::regclass AND l.oid = f.objid
  LEFT JOIN pg_publication_rel r ON f.classid = 'pg_publication_rel'::regclass AND r.oid = f.objid
  LEFT JOIN pg_publication u ON u.oid = r.prpubid
 CROSS JOIN LATERAL pg_identify_object(f.classid, f.objid, f.objsubid) AS i
 ORDER BY 1, 2, 3

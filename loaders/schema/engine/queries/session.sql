SELECT current_user,
       current_setting('server_version_num'),
       coalesce((SELECT has_schema_privilege(oid, 'CREATE') FROM pg_namespace WHERE nspname = ${schema}),
                has_database_privilege(current_database(), 'CREATE'))

#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Times `ingot schema` on a private PostgreSQL with the databases of fixtures/schemas:
#   schema.sh INGOT [MOST_ROWS]
# MOST_ROWS leaves out the renaming of larger databases (1000000). Ends with 1 when something is over
# its target, or when `down --all` does not give back what was there.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$here/../..
ingot=$1 most_rows=${2:-1000000} failed=0

place=$(mktemp -d "${TMPDIR:-/tmp}/ingot-bench.XXXXXX")
chmod 755 "$place" # the server runs as another user when this is root
trap '"$root/tests/private_postgres.sh" stop "$place/postgres" >/dev/null 2>&1 || true; rm -rf "$place"' EXIT
server=$("$root/tests/private_postgres.sh" start "$place/postgres")

url() { echo "${server/\/postgres\?/\/$1?}"; }
sql() { psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname="$(url "$1")" "${@:2}"; }

# load DATABASE FIXTURE OPTION=VALUE…
load() {
    local database=$1 fixture=$2 option options=()
    shift 2
    for option; do options+=(--set="$option"); done
    sql postgres --command="CREATE DATABASE $database"
    sql "$database" ${options[@]+"${options[@]}"} --file="$root/fixtures/schemas/$fixture.sql" >/dev/null
    sql "$database" --command=CHECKPOINT
}

# schema COMMAND PACK DATABASE ARG…
schema() {
    "$ingot" schema "$1" --pack "$2" --postgres "$(url "$3")" "${@:4}"
}

# Called through `seconds`, which the linter does not see.
# shellcheck disable=SC2317
change() { schema "$@" --yes --quiet --log-dir "$place"; }

# seconds COMMAND…: runs it and sets `took`.
seconds() {
    local start=$EPOCHREALTIME
    "$@"
    took=$(awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.2f", b - a }')
}

# judge VALUE LIMIT: prints ok or OVER.
judge() {
    if awk -v value="$1" -v limit="$2" 'BEGIN { exit !(value < limit) }'; then
        echo ok
    else
        echo OVER
    fi
}

# rows DATABASE: of all tables of the schema public.
rows() {
    sql "$1" --command="
        SELECT sum((xpath('//c/text()', query_to_xml(format('SELECT count(*) AS c FROM %s', oid::regclass), false, true, '')))[1]::text::bigint)
          FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
}

# Looks once a millisecond who holds AccessExclusive locks on tables and indexes that were there before,
# from another database, where nothing waits for its snapshot. The time between two looks counts as soon
# as either of them sees a lock, so the sum is rather too long than too short. Prints the sum, the
# longest hold by one transaction, and the longest time between two looks, in milliseconds.
watch_locks() {
    local database=$1 objects
    objects=$(sql "$database" --command="
        SELECT string_agg(oid::text, ',') FROM pg_class WHERE relnamespace = 'public'::regnamespace")
    sql postgres --command="CREATE TEMP TABLE seen (held float8, longest float8, gap float8)" --command="
        DO \$\$
        DECLARE
            wanted CONSTANT oid[] := '{$objects}';
            here CONSTANT oid := (SELECT oid FROM pg_database WHERE datname = '$database');
            held float8 := 0; streak float8 := 0; longest float8 := 0; gap float8 := 0;
            step float8; before text; holder_now text; last timestamptz := clock_timestamp();
        BEGIN
            WHILE NOT EXISTS (SELECT FROM pg_class WHERE relname = 'stop_watching') LOOP
                PERFORM pg_sleep(0.001);
                holder_now := (SELECT min(holder)
                                 FROM pg_lock_status() AS l(locktype, of, relation, page, tuple, vxid,
                                          xid, classid, objid, objsubid, holder, pid, mode, granted)
                                WHERE of = here AND mode = 'AccessExclusiveLock' AND granted
                                  AND relation = ANY (wanted));
                step := extract(epoch FROM clock_timestamp() - last) * 1000;
                last := clock_timestamp();
                gap := greatest(gap, step);
                streak := CASE WHEN holder_now = before THEN streak + step ELSE step END;
                IF coalesce(holder_now, before) IS NOT NULL THEN
                    held := held + step;
                    longest := greatest(longest, streak);
                END IF;
                before := holder_now;
            END LOOP;
            INSERT INTO seen VALUES (held, longest, gap);
        END \$\$" --command="SELECT round(held), round(longest), round(gap) FROM seen"
}

stop_watching() { sql postgres --command="CREATE TABLE stop_watching ()"; }

per_migration() {
    sql "$1" --command="
        SELECT string_agg(format('%s: %s', lpad(version::text, 3, '0'), duration_ms), '  ' ORDER BY version)
          FROM ingot.schema_migrations WHERE direction = 'up'"
}

rename_tables() {
    local limit=$1 database=rename_$2 count watcher held longest gap
    shift
    load "$database" personal_ai "sessions=$2" "messages=$3"
    count=$(rows "$database")
    watch_locks "$database" >"$place/locks" &
    watcher=$!
    sleep 0.3
    seconds change up assistant-table-rename "$database" --no-backup
    stop_watching
    wait "$watcher"
    sql postgres --command="DROP TABLE stop_watching"
    IFS='|' read -r held longest gap <"$place/locks"
    printf '%9s %8s %7s %-5s %9s %-5s %8s %5s   %s\n' "$count" "$took" "$limit" "$(judge "$took" "$limit")" \
        "$held" "$(judge "$held" 1000)" "$longest" "$gap" "$(per_migration "$database")"
    sql postgres --command="DROP DATABASE $database"
}

rename_benchmark() {
    echo "$(nproc) processors, load $(cut -d' ' -f1-3 /proc/loadavg)"
    echo
    echo "assistant-table-rename, up without a backup; locks: AccessExclusive on what was there, in ms"
    printf '%9s %8s %7s %-5s %9s %-5s %8s %5s   %s\n' rows 'up s' limit '' 'locked ms' '' longest gap 'ms of each migration'
    rename_tables 1 10k 500 2500
    [ "$most_rows" -lt 100000 ] || rename_tables 10 100k 10020 48040
    [ "$most_rows" -lt 1000000 ] || rename_tables 60 1m 100020 509290
}

# Schema and rows as they are: a dump of the schema and a hash of each table's rows.
state_of() {
    pg_dump --schema-only --schema=public --dbname="$(url "$1")" | grep -v '^\\\(un\)\?restrict '
    sql "$1" <<'END'
SELECT format('SELECT %L, count(*), sum((''x'' || substr(h, 1, 16))::bit(64)::bigint) FROM (SELECT md5(t::text) AS h FROM %s AS t) AS hashes',
              relname, oid::regclass)
  FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname \gexec
END
}

# medians_of DOCUMENT: the timed queries of a report as NAME<tab>MILLISECONDS.
medians_of() {
    python3 - "$1" <<'END'
import json
import sys

with open(sys.argv[1]) as file:
    for answer in json.load(file)["verification"]["answers"]:
        if answer["median_ms"]:
            print("%s\t%.2f" % (answer["name"], answer["median_ms"]))
END
}

hive_benchmark() {
    local pack=agent-hive-2 same=identical
    load hive agent_hive projects=1000 agents=500 sessions=1000 tasks=100000
    echo
    echo "$pack, 1,000 projects, 500 agents, 1,000 sessions, 100,000 tasks: $(rows hive) rows"
    state_of hive >"$place/before"
    schema baseline "$pack" hive --json >"$place/baseline.json"
    seconds change up "$pack" hive --no-backup
    echo "up          $took s; ms: $(per_migration hive)"
    echo "fills of more than 100 rows:"
    sql hive --field-separator='  ' --command="
        SELECT lpad(sum(records_processed)::text, 9), lpad(count(*)::text, 4) || ' batches',
               lpad(round(sum(records_processed) / nullif(sum(extract(epoch FROM end_time - start_time)), 0))::text, 8) || ' rows/s', left(step, 90)
          FROM ingot.migration_log WHERE step LIKE '%(batch)' GROUP BY step HAVING sum(records_processed) > 100 ORDER BY min(id)"
    echo "journal     $(sql hive --command="SELECT count(*) || ' rows, ' || pg_size_pretty(pg_total_relation_size('ingot.migration_journal')) FROM ingot.migration_journal")"
    seconds schema verify "$pack" hive --json >"$place/verify.json"
    echo "verify      $took s"
    seconds change down "$pack" hive --all
    echo "down --all  $took s"
    state_of hive >"$place/after"
    if ! cmp "$place/before" "$place/after"; then
        same=DIFFERENT
        failed=1
    fi
    echo "schema dump and row hashes after it: $same"
    echo "medians in ms, before and after up:"
    join -t $'\t' -a 2 -e - -o 0,1.2,2.2 <(medians_of "$place/baseline.json" | sort -t $'\t' -k 1,1) \
        <(medians_of "$place/verify.json" | sort -t $'\t' -k 1,1) |
        awk -F '\t' '{ printf "  %-32s %9s %9s\n", $1, $2, $3 }'
}

rename_benchmark | tee "$place/table"
! grep -q OVER "$place/table" || failed=1
hive_benchmark
exit "$failed"

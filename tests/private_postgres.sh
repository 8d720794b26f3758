#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# A PostgreSQL server of one's own, for tests and demonstrations: it listens on a socket in DIR only,
# runs without fsync, and goes away without a trace. No other server of the machine is touched.
set -euo pipefail

usage() {
    cat >&2 <<'END'
private_postgres.sh start DIR [PID]   makes DIR and starts the server; prints its URL. With PID, the
                                      server stops and DIR is removed when that process ends
private_postgres.sh url DIR           prints the URL
private_postgres.sh stop DIR          stops the server and removes DIR
END
    exit 2
}

bin_directory() {
    local found
    found=$(find /usr/lib/postgresql /usr/local/pgsql /opt -maxdepth 3 -path '*/bin/initdb' 2>/dev/null |
        sort -V | tail -n 1)
    [ -n "$found" ] || found=$(command -v initdb) || {
        echo "private_postgres.sh: no PostgreSQL server is installed (Debian: apt install postgresql)" >&2
        exit 1
    }
    dirname "$found"
}

# The server refuses to run as root.
as_owner() {
    if [ "$(id -u)" -eq 0 ]; then
        (cd / && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

url() {
    echo "postgresql://postgres@/postgres?host=$1&port=$port"
}

start() {
    local dir=$1 bin
    bin=$(bin_directory)
    if [ -e "$dir" ] && [ -n "$(ls -A "$dir")" ]; then
        echo "private_postgres.sh: $dir is not empty" >&2
        exit 1
    fi
    if [ "${#dir}" -gt 80 ]; then
        echo "private_postgres.sh: $dir is too long for the name of a socket" >&2
        exit 1
    fi
    mkdir -p "$dir"
    [ "$(id -u)" -ne 0 ] || chown postgres "$dir"
    as_owner "$bin/initdb" --pgdata="$dir/data" --username=postgres --auth=trust --encoding=UTF8 \
        --locale=C --no-sync >"$dir/initdb.log"
    cat >>"$dir/data/postgresql.conf" <<END
listen_addresses = ''
unix_socket_directories = '$dir'
unix_socket_permissions = 0700
port = $port
fsync = off
full_page_writes = off
synchronous_commit = off
autovacuum = off
max_connections = 60
END
    as_owner "$bin/pg_ctl" --pgdata="$dir/data" --log="$dir/server.log" --wait start >"$dir/start.log" || {
        cat "$dir/server.log" >&2
        exit 1
    }
    url "$dir"
}

stop() {
    local dir=$1
    [ -f "$dir/data/PG_VERSION" ] || return 0 # never remove what is not ours
    [ ! -f "$dir/data/postmaster.pid" ] ||
        as_owner "$(bin_directory)/pg_ctl" --pgdata="$dir/data" --mode=immediate stop >/dev/null || true
    rm -rf "$dir"
}

# Outlives a process that is killed, so that its server does not.
stop_after() {
    local dir=$1 pid=$2
    while kill -0 "$pid" 2>/dev/null && [ -d "$dir/data" ]; do sleep 1; done
    stop "$dir"
}

[ $# -ge 2 ] || usage
port=54329
dir=$(realpath -m "$2")
case "$1" in
    start)
        start "$dir"
        if [ $# -ge 3 ]; then
            stop_after "$dir" "$3" </dev/null >/dev/null 2>&1 &
        fi
        ;;
    url) url "$dir" ;;
    stop) stop "$dir" ;;
    *) usage ;;
esac

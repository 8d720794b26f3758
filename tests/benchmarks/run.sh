#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Times ingot's import against a plain Python script on generated transcripts:
#   run.sh INGOT [MB] [ROUNDS]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ingot=$1 megabytes=${2:-200} rounds=${3:-5}

place=$(mktemp -d "${TMPDIR:-/tmp}/ingot-bench.XXXXXX")
trap 'rm -rf "$place"' EXIT
"$here/make_workspace.py" "$place" "$megabytes"
workspace=$place/.claude

# The second import of a set has nothing to do; its ratio is against `find`, not against the first.
"$ingot" import "$workspace" --workspace bench --sqlite "$place/done.db" --quiet >/dev/null
echo
echo "Import of $megabytes MB, $rounds rounds; ratio: times the first line"
"$here/compare.py" "$rounds" \
    "ingot import=$ingot import $workspace --workspace bench --sqlite {fresh}/i.db --quiet" \
    "python json + sqlite3=$here/baseline.py $workspace {fresh}/b.db" \
    "read all lines=find $workspace -type f -exec wc -l {} +"
echo
echo "Nothing changed; ratio: times the walk over the files"
"$here/compare.py" "$rounds" \
    "find=find $workspace -printf '%s %T@ %p\n'" \
    "ingot import, again=$ingot import $workspace --workspace bench --sqlite $place/done.db --quiet"
echo
echo "Schema changes: ./dev bench schema"

#!/bin/sh
# with-secrets.sh CONFIGURATION DIRECTORY: writes the configuration to the standard output with every ${name} replaced by the first line of
# DIRECTORY/name. For what Alertmanager cannot read from a file itself (the secret of WeCom before 0.31).
set -eu
[ $# = 2 ] || { echo "usage: with-secrets.sh CONFIGURATION DIRECTORY" >&2; exit 2; }
exec awk -v directory="$2" '
function secret(name,    path, value) {
	path = directory "/" name
	if ((getline value < path) <= 0 || value == "") { print path ": missing or empty, but " FILENAME ":" FNR " needs it" > "/dev/stderr"; exit 1 }
	close(path)
	if (value ~ /["\\]/) { print path ": a quotation mark or backslash cannot stand in a secret here" > "/dev/stderr"; exit 1 }
	return value
}
/^[ \t]*#/ { print; next }
{
	line = ""; rest = $0
	while (match(rest, /\$\{[a-z0-9_]+\}/)) {
		line = line substr(rest, 1, RSTART - 1) secret(substr(rest, RSTART + 2, RLENGTH - 3))
		rest = substr(rest, RSTART + RLENGTH)
	}
	print line rest
}' "$1"

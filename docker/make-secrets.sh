#!/bin/sh
# Make the secrets that are missing: docker/make-secrets.sh FOLDER. What is there already stays as it is.
# Run as root: each file is readable for one account only, and those accounts live in the containers.
set -eu
umask 077

TOWN_ACCOUNT=10001:10001
DATABASE_ACCOUNT=999:999

folder=${1:?say which folder: docker/make-secrets.sh docker/secrets}
town=$folder/town database=$folder/database
mkdir -p "$town" "$database"

keep() { # FILE: write standard input to it, unless it has something in it
    if [ -s "$1" ]; then cat >/dev/null; else cat >"$1.new" && mv "$1.new" "$1" && echo "made $1"; fi
}

random() {
    od -An -N32 -tx1 /dev/urandom | tr -d ' \n'
}

login() { # ROLE FILE: a line of a password file
    echo "database:5432:*:$1:$(cat "$database/$2")"
}

random | keep "$town/master_key"
random | keep "$town/mqtt_password"
for role in postgres owner web leader; do
    random | keep "$database/${role}_password"
done
{ login wangge_web web_password; login wangge_leader leader_password; } | keep "$town/pgpass"
{ cat "$town/pgpass"; login wangge_owner owner_password; } | keep "$town/pgpass_owner"

for file in tls_certificate.pem tls_key.pem; do
    [ -s "$town/$file" ] || echo "Still missing: $town/$file, from whoever issues your certificates (see docs/deployment.md)"
done
echo "Keep a copy of $town/master_key apart from the backups: without it no reporter's name can ever be read again."

if ! chown -R "$TOWN_ACCOUNT" "$town" || ! chown -R "$DATABASE_ACCOUNT" "$database"; then
    echo "The containers' accounts cannot read these files yet. Run this again as root: sudo $0 $folder" >&2
    exit 1
fi

#!/bin/bash
# Runs a command where the vendor's host names are this machine: in a network and with a hosts file of its own.
set -eu
ip link set lo up
echo "127.0.0.1 localhost api.rees46.com api.rees46.ru api.personaclick.com" > "$DESK46_VAR/hosts"
mount --bind "$DESK46_VAR/hosts" /etc/hosts
openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=box -keyout "$DESK46_VAR/key" -out "$DESK46_VAR/cert" 2> /dev/null
serve() { .venv/bin/granian --interface wsgi --host 127.0.0.1 "$@" wsgi:engine > "$DESK46_VAR/log" 2>&1 & }
serve --port 80
serve --port 443 --ssl-certificate "$DESK46_VAR/cert" --ssl-keyfile "$DESK46_VAR/key"
for _ in $(seq 100); do
    curl -sf http://localhost/health > /dev/null && curl -skf https://localhost/health > /dev/null && break
    sleep 0.2
done
"$@"

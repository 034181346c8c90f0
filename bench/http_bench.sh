#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# A cached page against nginx with the same gzip bytes as a static file: bench/http_bench.sh BUILD FOLDER
#
# In turn, seven times, with wrk and 64 connections; what counts is the median of the rounds' ratios,
# since a shared machine is never twice the same. nginx is measured bare, as the goal says, and once more as it would stand in
# our place: with the headers that our answers carry and with an access log.
# CPU per request is what the kernel counted for all threads (schedstat), divided by the requests.
# Prints rows of docs/performance.md.
set -eu
build=$(cd "$1" && pwd)
folder=$(cd "$2" && pwd)/http
rounds=7
seconds=2
page=/cities/riyadh

program=$build/guildhall
[ -x "$program" ] || program=$build/src/cli/guildhall
nginx=$(PATH=$PATH:/usr/sbin command -v nginx)
mkdir -p "$folder/www" "$folder/headed"

cleanup() {
    [ -z "${server_pid:-}" ] || kill "$server_pid" 2>/dev/null || true
    [ ! -s "$folder/nginx.pid" ] || kill "$(cat "$folder/nginx.pid")" 2>/dev/null || true
}
trap cleanup EXIT
trap 'exit 1' HUP INT PIPE TERM

"$program" init --db "$folder/sample.db" --sample >/dev/null 2>&1
: >"$folder/server.log"
"$program" serve --db "$folder/sample.db" --listen 127.0.0.1:0 \
    >"$folder/access.log" 2>"$folder/server.log" &
server_pid=$!
for _ in $(seq 50); do
    port=$(sed -n 's/.*"port":"\([0-9]*\)".*/\1/p' "$folder/server.log")
    [ -z "$port" ] || break
    sleep 0.1
done
ours=http://127.0.0.1:$port$page

# The very bytes that we send, and our headers but those that nginx makes itself.
curl -sS -H 'Accept-Encoding: gzip' -D "$folder/headers" -o "$folder/www/page.html.gz" "$ours"
cp "$folder/www/page.html.gz" "$folder/headed/page.html.gz"
sed -n 's/\r$//; /^\(Content-Security\|X-Content\|Referrer\|Permissions\|Cross-Origin\|Cache-Control\|Vary\|Content-Language\)/s/^\([^:]*\): \(.*\)$/add_header \1 "\2";/p' \
    "$folder/headers" >"$folder/add_headers"
bytes=$(wc -c <"$folder/www/page.html.gz")

# A free port: taken from one of our own that is closed again.
nginx_port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat >"$folder/nginx.conf" <<CONF
worker_processes $(nproc);
pid $folder/nginx.pid;
error_log $folder/nginx-error.log;
events { worker_connections 1024; }
http {
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
    default_type text/html; gzip_static always; open_file_cache max=100;
    client_body_temp_path $folder/t1; proxy_temp_path $folder/t2; fastcgi_temp_path $folder/t3;
    uwsgi_temp_path $folder/t4; scgi_temp_path $folder/t5;
    server {
        listen 127.0.0.1:$nginx_port;
        location /bare/ { alias $folder/www/; }
        location /headed/ {
            alias $folder/headed/;
            include $folder/add_headers;
            access_log $folder/nginx-access.log combined buffer=64k flush=1s;
        }
    }
}
CONF
# Started as root, nginx' workers are another user: they only need to come through and read.
chmod a+rx "$2" "$folder" "$folder/www" "$folder/headed"
chmod a+r "$folder/www/page.html.gz" "$folder/headed/page.html.gz"
"$nginx" -c "$folder/nginx.conf" -p "$folder" 2>/dev/null
for _ in $(seq 50); do
    [ ! -s "$folder/nginx.pid" ] || break
    sleep 0.1
done
nginx_pids=$(pgrep -P "$(cat "$folder/nginx.pid")")
curl -sS -H 'Accept-Encoding: gzip' "http://127.0.0.1:$nginx_port/bare/page.html" |
    cmp - "$folder/www/page.html.gz"

# Nanoseconds on a CPU of all threads of these processes.
cpu_ns() {
    for pid in "$@"; do
        cat /proc/"$pid"/task/*/schedstat
    done | awk '{ sum += $1 } END { printf "%.0f\n", sum }'
}

# measure NAME URL PID...: one line "requests_per_second cpu_us p99" in NAME.txt
measure() {
    name=$1 url=$2
    shift 2
    before=$(cpu_ns "$@")
    wrk -t1 -c64 -d${seconds}s --latency -H 'Accept-Encoding: gzip' "$url" >"$folder/wrk"
    after=$(cpu_ns "$@")
    ! grep -q 'Non-2xx' "$folder/wrk" || {
        echo "http_bench: $url did not answer 200" >&2
        exit 1
    }
    awk -v ns=$((after - before)) '/requests in/ { n = $1 } / 99%/ { p99 = $2 }
        /Requests\/sec/ { printf "%d %.2f %s\n", $2, ns / n / 1000, p99 }' "$folder/wrk" >>"$folder/$name.txt"
}

for _ in $(seq $rounds); do
    measure ours "$ours" "$server_pid"
    # shellcheck disable=SC2086 # several process numbers
    measure bare "http://127.0.0.1:$nginx_port/bare/page.html" $nginx_pids
    # shellcheck disable=SC2086
    measure headed "http://127.0.0.1:$nginx_port/headed/page.html" $nginx_pids
done

median() { cut -d' ' -f"$2" "$folder/$1.txt" | sort -n | sed -n "$(((rounds + 1) / 2))p"; }
spread() { cut -d' ' -f1 "$folder/$1.txt" | sort -n | sed -n '1p;$p' | paste -sd- -; }
ratio() {
    paste -d' ' "$folder/ours.txt" "$folder/$1.txt" |
        awk -v column="$2" '{ printf "%.4f\n", $column / $(column + 3) }' |
        sort -n | sed -n "$(((rounds + 1) / 2))p" | awk '{ printf "%.2f", $1 }'
}

row() { echo "| $1 | $2 | $3 |"; }
row "cached page $page, $bytes bytes gzip, wrk 64 connections" \
    "$(median ours 1) requests/s ($(spread ours)), $(median ours 2) us CPU" ""
row "nginx, the same bytes as a static file" \
    "$(median bare 1) requests/s ($(spread bare)), $(median bare 2) us CPU" ""
row "nginx, also with our headers and an access log" \
    "$(median headed 1) requests/s ($(spread headed)), $(median headed 2) us CPU" ""
row "ours / nginx, requests/s" "$(ratio bare 1) x (headers and log alike: $(ratio headed 1) x)" "0.9 x"
row "ours / nginx, CPU per request" "$(ratio bare 2) x (alike: $(ratio headed 2) x)" "(ratio)"

# The same page rendered anew: the version of the data is raised past the program, then awaited.
pages=20
total=0
for _ in $(seq $pages); do
    sqlite3 "$folder/sample.db" 'PRAGMA busy_timeout = 5000; UPDATE data_version SET version = version + 1' >/dev/null
    sleep 0.25
    before=$(cpu_ns "$server_pid")
    curl -sS -H 'Accept-Encoding: gzip' -o /dev/null "$ours"
    total=$((total + $(cpu_ns "$server_pid") - before))
done
row "the same page, not cached: read, rendered, compressed" \
    "$(awk -v ns=$total -v n=$pages 'BEGIN { printf "%.2f", ns / n / 1e6 }') ms CPU" "3 ms"
row "server with the sample, resident at most" \
    "$(awk '/VmHWM/ { printf "%.0f", $2 / 1024 }' /proc/"$server_pid"/status) MB" "80 MB"

#!/bin/sh
# Install what comes from Debian's packages, where this user may. Never fails: the tests that
# need a missing one are skipped and counted.
set -u

missing=""
command -v chromium >/dev/null 2>&1 || [ -x /usr/bin/chromium ] || missing="$missing chromium"
command -v java >/dev/null 2>&1 || missing="$missing default-jre-headless"
ls /usr/share/fonts/opentype/noto/NotoSansCJK* >/dev/null 2>&1 || missing="$missing fonts-noto-cjk"
[ -z "$missing" ] && exit 0

as_root=none
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
fi

if [ "$as_root" != none ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Debian packages:$missing"
    export DEBIAN_FRONTEND=noninteractive
    log=$(mktemp)
    # shellcheck disable=SC2086  # a list of words on purpose
    if { $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends $missing; } \
        >"$log" 2>&1; then
        rm -f "$log"
        exit 0
    fi
    tail -n 5 "$log" >&2
    rm -f "$log"
fi

cat >&2 <<MESSAGE
Not installed:$missing
  (browser tests need chromium and fonts-noto-cjk, Spark needs default-jre-headless)
  Everything else works; tests that need them are skipped. An administrator installs them with
      apt-get install$missing
MESSAGE
exit 0

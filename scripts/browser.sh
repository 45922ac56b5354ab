#!/bin/sh
# Finds or installs the Chromium that the browser tests drive. Without one the other tests still run.
# The headless shell comes first: it draws no windows around the pages, which halves the processor time of these tests.
set -eu
has() {
    for name in "$@"; do
        if command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}
has_another() { has chromium chromium-browser google-chrome google-chrome-stable; }
install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null; }

if [ -n "${CHROMIUM_PATH:-}" ] || has chromium-headless-shell; then exit 0; fi
if [ "$(id -u)" = 0 ] && [ -f /etc/debian_version ] && has apt-get; then
    echo "Installing Chromium for the browser tests"
    apt-get update -qq || true
    if install chromium-headless-shell || has_another || install chromium; then exit 0; fi
fi
if has_another; then exit 0; fi
echo "No Chromium found: the browser tests are skipped. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH."

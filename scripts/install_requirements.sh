#!/bin/sh
# Install the locked requirements, each checked by its hash: install_requirements.sh VENV LOCKFILE
set -eu
venv=$1
lock=$2

echo "Installing the packages of $lock (the first time takes a few minutes)"
if "$venv/bin/python" -m pip install -qq --disable-pip-version-check \
    --require-hashes --requirement "$lock"; then
    exit 0
fi
cat >&2 <<MESSAGE

The packages of $lock could not all be installed; pip says why above.
  - No network, or PyPI cannot be reached? Name a mirror that you may use:
        .venv/bin/pip config set --site global.index-url ADDRESS
    or install from a folder of wheels, without any network:
        PIP_NO_INDEX=1 PIP_FIND_LINKS=FOLDER make setup
  - A hash differs? The file was changed on its way, or by the mirror: do not use it.
What is installed already is kept; 'make setup' goes on from there.
MESSAGE
exit 1

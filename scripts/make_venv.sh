#!/bin/sh
# Create the virtual environment: make_venv.sh PYTHON VENV
set -eu
python=$1
venv=$2

if ! command -v "$python" >/dev/null 2>&1; then
    echo "No '$python' on this machine. Install it (Debian, Ubuntu: apt-get install python3 python3-venv)," >&2
    echo "or name another one: make setup PYTHON=/path/to/python3.12" >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "xietong needs Python 3.11 or later; '$python' is $("$python" -V 2>&1)." >&2
    echo "Name another one: make setup PYTHON=/path/to/python3.12" >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    echo "'$python' cannot make virtual environments (Debian, Ubuntu: apt-get install python3-venv)." >&2
    exit 1
fi
echo "Creating $venv with $("$python" -V)"
"$python" -m venv "$venv"

# Source this file in bash or zsh, from any folder:    . tools/env.sh
# It sets up `pulumi`, the virtual environment and a local state for the quickstart, in this shell alone.
# Nothing here relies on, or changes, the shell's options, so it works under `set -eu` too.
# shellcheck shell=bash

if [ -n "${BASH_VERSION:-}" ]; then
    _fastly_repo=${BASH_SOURCE[0]}
elif [ -n "${ZSH_VERSION:-}" ]; then
    eval '_fastly_repo=${(%):-%x}' # bash could not parse this outside of eval
else
    echo "tools/env.sh: source it in bash or zsh; other shells do not tell a file where it lies." >&2
    return 1
fi
_fastly_repo=$(CDPATH='' cd -- "$(dirname -- "$_fastly_repo")/.." && pwd -P)

# The engine built here goes first, so that an old `pulumi` elsewhere does not hide it. Where none was built, the one
# on the PATH is found. Sourcing twice changes nothing.
case $PATH: in
    "$_fastly_repo/.venv/bin:$_fastly_repo/.engine/bin:"*) ;;
    *) export PATH="$_fastly_repo/.venv/bin:$_fastly_repo/.engine/bin:$PATH" ;;
esac
# Not as Pulumi.yaml's `virtualenv` option: see there.
export VIRTUAL_ENV="$_fastly_repo/.venv"

# State, plugins and credentials of the quickstart stay in the repository, away from your own.
mkdir -p "$_fastly_repo/.state/backend" "$_fastly_repo/.state/pulumi-home"
export PULUMI_HOME="$_fastly_repo/.state/pulumi-home"
export PULUMI_BACKEND_URL="file://$_fastly_repo/.state/backend"
if [ -z "${PULUMI_CONFIG_PASSPHRASE+set}" ] && [ -z "${PULUMI_CONFIG_PASSPHRASE_FILE:-}" ]; then
    export PULUMI_CONFIG_PASSPHRASE=emulator # guards nothing: the emulator has no secrets worth keeping
fi
# No look outside at each command: neither for a newer CLI nor for plugins (dynamic resources need none).
export PULUMI_SKIP_UPDATE_CHECK=true
export PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true

# Without a key of yours: the emulator. With FASTLY_API_KEY alone: the real service.
if [ -z "${FASTLY_API_KEY:-}" ]; then
    export FASTLY_API_URL="${FASTLY_API_URL:-http://127.0.0.1:7070}"
    case $FASTLY_API_URL in
        http://127.0.0.1 | http://127.0.0.1[:/]* | http://localhost | http://localhost[:/]*)
            export FASTLY_API_KEY=emulator
            ;;
    esac
fi

unset _fastly_repo

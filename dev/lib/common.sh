# Sourced by the scripts of this project: messages, folders, Debian packages, and the line protocol of the things that
# run for a while.
# shellcheck shell=bash disable=SC2034 # used by those who source it

set -euo pipefail

# Debian keeps dockerd, ip and debootstrap where the PATH of an ordinary account does not look.
export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# What outlives "mvn clean": Debian folders that took minutes to make.
cache=${CONTAINERBUILD_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/container-build}
# The exit code that says "this machine cannot have it", apart from 1, "it failed".
readonly cannot_have=3

say() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
}

die() {
  say "$@"
  exit 1
}

cannot() {
  say "$@"
  exit "$cannot_have"
}

is_root() {
  [ "$(id -u)" = 0 ]
}

# Debian, Ubuntu and what descends from them.
is_debian() {
  command -v apt-get >/dev/null && grep -Eqs '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release
}

# BusyBox serves as the base image only when it needs no library: Debian's package "busybox" does, "busybox-static" does not.
has_static_busybox() {
  local busybox
  busybox=$(command -v busybox) && ! ldd "$busybox" >/dev/null 2>&1
}

has_jdk() {
  local version
  version=$(javac -version 2>/dev/null | sed -n 's/^javac \([0-9]*\).*/\1/p')
  [ -n "$version" ] && [ "$version" -ge 17 ]
}

has() {
  case $1 in
  busybox-static) has_static_busybox ;;
  jdk) has_jdk ;;
  lib*.so.*) [[ $(ldconfig -p) == *"$1"* ]] ;;
  *) command -v "$1" >/dev/null ;;
  esac
}

# Makes sure of commands, each given as command:package. Installs the packages as root on Debian and Ubuntu; elsewhere
# says what is missing and returns 3.
need() {
  local pair missing=() packages=()
  for pair in "$@"; do
    has "${pair%%:*}" && continue
    missing+=("${pair%%:*}")
    packages+=("${pair#*:}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if ! is_root || ! is_debian; then
    say "missing on this machine: ${missing[*]}. Install what holds them (on Debian and Ubuntu, as root: apt-get install ${packages[*]}), or run this as root on Debian or Ubuntu, where it installs them itself"
    return "$cannot_have"
  fi
  say "installing ${packages[*]}"
  install_packages "${packages[@]}" || {
    say "could not install ${packages[*]}. See apt-get's messages above; check the network and apt's sources"
    return "$cannot_have"
  }
}

# In a shell of its own, so that the policy file goes whatever happens. The policy keeps the packages from starting a
# Docker daemon or a registry on this machine's default addresses.
install_packages() (
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 1' INT TERM
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get -q -o DPkg::Lock::Timeout=300 update >&2 || say "apt-get update failed; trying with the lists that are there"
  apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "$@" >&2
)

# Waits, at most $1 seconds, until the command that follows succeeds.
await() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.1
  done
}

alive() {
  kill -0 "$1" 2>/dev/null
}

gone() {
  ! alive "$1"
}

# Ends a child of this shell: politely, and after 20 seconds for good.
end_process() {
  alive "$1" || return 0
  kill -TERM "$1" 2>/dev/null || true
  await 20 gone "$1" || kill -KILL "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

# choose_port FIRST LAST ADDRESS: prints a port that nobody listens at. Chosen by chance, so that the port of something that
# is stopped for a while is seldom taken.
choose_port() {
  local candidate
  while read -r candidate; do
    (exec 3<>"/dev/tcp/$3/$candidate") 2>/dev/null || {
      printf '%s\n' "$candidate"
      return
    }
  done < <(shuf -i "$1-$2")
  die "no free port between $1 and $2 on $3"
}

# The line protocol: obeys "stop" and "start", one a line, and returns when standard input ends. So the end of whoever
# holds the other end of the pipe, however violent, is the end of what was started for it.
obey() {
  local start=$1 stop=$2 command
  while read -r command; do
    case $command in
    start) "$start" ;;
    stop)
      "$stop"
      printf 'stopped\n'
      ;;
    *) say "not understood: $command" ;;
    esac
  done
}

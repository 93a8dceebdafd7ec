#!/usr/bin/env bash
# The first process inside the namespaces that "dev/engine serve" makes: sets the stage, runs the engine and obeys
# standard input. Not for calling by hand.
# ENGINE_DISK (such as 64m) gives the engine a disk of that size; ENGINE_OPTIONS are further options for dockerd, one a line.
#   $1 kind  $2 folder  $3 address of the engine as seen from outside  $4 bridge  $5 root with Debian 13, or empty
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$top/dev/lib/base-image.sh"

kind=$1
folder=$2
address=$3
bridge=$4
root=$5
engine_pid=

# Where the engine sees the folder: short enough for sockets, and the same for every kind.
inside=/mnt
socket=$inside/engine.sock

set_stage() {
  mkdir -p "$root/etc/docker"
  if [ -n "$root" ]; then
    mount --bind "$root" "$root"
    mount -t proc proc "$root/proc"
    mount --rbind /sys "$root/sys"
    mount --rbind /dev "$root/dev"
    mount -t tmpfs tmpfs "$root/tmp"
    # Podman leaves whole images there.
    mkdir -p "$folder/tmp"
    mount --bind "$folder/tmp" "$root/var/tmp"
  fi
  mount -t tmpfs tmpfs "$root/run"
  mount --bind "$folder/etc" "$root/etc/docker"
  mount --bind "$folder" "$root$inside"
  [ -z "${ENGINE_DISK:-}" ] || mount -t tmpfs -o "size=$ENGINE_DISK" tmpfs "$root$inside/data"
  [ -z "$root" ] || enter_root
  give_users_numbers
  pretend_forwarding
}

# For "--userns-remap nobody:nogroup"; which numbers this machine has set aside is nothing to the tests.
give_users_numbers() {
  local file
  [[ ${ENGINE_OPTIONS:-} == *--userns-remap* ]] || return 0
  chmod o+x "$folder"
  for file in subuid subgid; do
    [ -e "/etc/$file" ] || continue
    printf 'nobody:200000:65536\nnogroup:200000:65536\n' >"/run/$file"
    mount --bind "/run/$file" "/etc/$file"
  done
}

# The kernel's forwarding setting is the whole machine's and stays as it is; the engine is told that it is on, or each RUN
# of a Dockerfile would warn.
pretend_forwarding() {
  printf '1\n' >/run/ip_forward
  mount --bind /run/ip_forward /proc/sys/net/ipv4/ip_forward
}

# Not by chroot, which would keep runc from its own pivot_root.
enter_root() {
  cd "$root"
  pivot_root . .
  umount -l .
  cd /
}

dockerd_command() {
  # No packet filter rules and no forwarding: those are the whole machine's, and a daemon that starts flushes the rules of
  # another one. Registries on loopback addresses are "insecure" to dockerd by default.
  engine_command=(dockerd --data-root "$inside/data" --exec-root /run/docker --pidfile /run/dockerd.pid
    --host "unix://$socket" --bridge "$bridge"
    --iptables=false --ip6tables=false --ip-masq=false --ip-forward=false)
  local option
  while IFS= read -r option; do
    [ -z "$option" ] || engine_command+=("$option")
  done <<<"${ENGINE_OPTIONS:-}"
}

# Images in containerd's store instead of dockerd's own; dockerd runs a containerd for it, as there is none in this /run.
containerd_store() {
  printf '{"features": {"containerd-snapshotter": true}}\n' >/etc/docker/daemon.json
  can_overlay || engine_command+=(--storage-driver native)
}

podman_command() {
  local driver=overlay port settings=$inside/podman
  can_overlay || driver=vfs
  # Podman's crun refuses machines that mount both versions of cgroups; in here it sees version 1 alone.
  umount /sys/fs/cgroup/unified 2>/dev/null || true
  mkdir -p "$settings"
  # Podman knows no insecure networks, only insecure addresses: the ports that dev/registry and the test kit choose from.
  for port in $(seq 25000 25199); do
    printf '[[registry]]\nlocation = "127.0.0.1:%s"\ninsecure = true\n' "$port"
  done >"$settings/registries.conf"
  podman_settings >"$settings/containers.conf"
  export CONTAINERS_CONF=$settings/containers.conf CONTAINERS_REGISTRIES_CONF=$settings/registries.conf
  export PODMAN_IGNORE_CGROUPSV1_WARNING=1
  engine_command=(podman --root "$inside/data" --runroot /run/podman --storage-driver "$driver"
    system service --time=0 "unix://$socket")
}

# The host's network, because a bridge and rules of Podman's own would be the whole machine's; and this process's own
# limits, because Podman asks for more by itself and fails where that is not allowed.
podman_settings() {
  local files processes
  files=$(ulimit -Hn)
  processes=$(ulimit -Hu)
  cat <<TOML
[containers]
netns = "host"
default_ulimits = ["nofile=${files/unlimited/-1}:${files/unlimited/-1}", "nproc=${processes/unlimited/-1}:${processes/unlimited/-1}"]
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
TOML
}

# There is no overlay on top of an overlay, which is what a container's files are on.
can_overlay() {
  local trial=$inside/trial
  mkdir -p "$trial"/{lower,upper,work,merged}
  mount -t overlay overlay -o "lowerdir=$trial/lower,upperdir=$trial/upper,workdir=$trial/work" "$trial/merged" 2>/dev/null &&
    umount "$trial/merged"
}

answers() {
  gone "$engine_pid" || curl -sf -o /dev/null --unix-socket "$socket" http://engine/_ping
}

start_engine() {
  [ -z "$engine_pid" ] || return 0
  rm -f "$socket"
  "${engine_command[@]}" </dev/null >>"$inside/engine.log" 2>&1 &
  engine_pid=$!
  if ! await 60 answers || gone "$engine_pid"; then
    say "$kind did not start. The end of its log, $folder/engine.log:"
    tail -n 25 "$inside/engine.log" >&2
    exit 1
  fi
  has_base_image "$socket" || make_base_image "$socket"
  printf 'ready %s\n' "$address"
}

stop_engine() {
  [ -n "$engine_pid" ] || return 0
  end_process "$engine_pid"
  engine_pid=
}

trap 'stop_engine; exit 143' TERM INT HUP
set_stage
case $kind in
podman5) podman_command ;;
enginenewest)
  # Before the Debian's own; dockerd runs the containerd and the runc that it finds there.
  export PATH=/opt/newest-docker/usr/sbin:/opt/newest-docker/usr/bin:$PATH
  dockerd_command
  ;;
engine26containerd)
  dockerd_command
  containerd_store
  ;;
*) dockerd_command ;;
esac
start_engine
obey start_engine stop_engine
stop_engine

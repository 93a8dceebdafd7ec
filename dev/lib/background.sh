# Sourced by ./run, after common.sh: starts "dev/engine serve" and "dev/registry serve" and holds them by their standard
# input. They end with this shell, whatever ends it.
# shellcheck shell=bash disable=SC2154 # from common.sh

declare -A background_pids=() background_pipes=()

# hold NAME FOLDER COMMAND...: starts the command, waits for its "ready ADDRESS" line and puts the address into
# $ready_address. Its messages go to FOLDER/NAME.log.
hold() {
  local name=$1 folder=$2 pipe code=0
  shift 2
  mkdir -p "$folder"
  rm -f "$folder/$name.control" "$folder/$name.ready"
  mkfifo "$folder/$name.control"
  : >"$folder/$name.ready"
  # Without the pipes of the others, which would not end for them while this one runs.
  (
    for pipe in "${background_pipes[@]}"; do exec {pipe}>&-; done
    exec "$@"
  ) <"$folder/$name.control" >"$folder/$name.ready" 2>"$folder/$name.log" &
  background_pids[$name]=$!
  exec {pipe}>"$folder/$name.control"
  background_pipes[$name]=$pipe
  await 90 settled "$folder/$name.ready" "${background_pids[$name]}" || true
  ready_address=$(sed -n 's/^ready //p' "$folder/$name.ready" | tail -n 1)
  [ -z "$ready_address" ] || return 0
  release "$name" || code=$?
  cat "$folder/$name.log" >&2
  [ "$code" = "$cannot_have" ] || code=1
  return "$code"
}

settled() {
  grep -q '^ready ' "$1" || gone "$2"
}

# Lets one go, waits until it has cleaned up, and returns its exit code.
release() {
  local name=$1 pipe
  [ -n "${background_pids[$name]:-}" ] || return 0
  pipe=${background_pipes[$name]}
  exec {pipe}>&-
  local pid=${background_pids[$name]}
  unset "background_pids[$name]" "background_pipes[$name]"
  wait "$pid"
}

release_all() {
  local name
  for name in "${!background_pids[@]}"; do
    release "$name" || true
  done
}

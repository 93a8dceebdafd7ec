# Sourced by dev/engine and lib/engine-inside.sh: the image base:1, BusyBox alone, imported as a tar. Nothing is pulled,
# and the bytes are the same in every run.
# shellcheck shell=bash

base_image_files() {
  mkdir -p "$1/bin" "$1/tmp" "$1/etc"
  chmod 1777 "$1/tmp"
  printf 'root:x:0:0:root:/:/bin/sh\n' >"$1/etc/passwd"
  cp "$(command -v busybox)" "$1/bin/busybox"
  # All links in one process: an engine starts with this, and one "ln" each took longer than the engine. They name the
  # whole path of this folder, of which the tar keeps the last part alone.
  "$1/bin/busybox" --install -s "$1/bin"
}

# make_base_image SOCKET
make_base_image() {
  local socket=$1 folder
  local query='fromSrc=-&repo=base&tag=1&changes=ENV%20PATH%3D/bin&changes=CMD%20%5B%22/bin/sh%22%5D'
  folder=$(mktemp -d)
  base_image_files "$folder"
  tar -C "$folder" --transform='s,.*/,,RHs' --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -c . |
    curl -sS --fail-with-body -o "$folder/answer" --unix-socket "$socket" -X POST -H 'Content-Type: application/x-tar' \
      --data-binary @- "http://engine/images/create?$query" || die "could not import the base image: $(cat "$folder/answer")"
  has_base_image "$socket" || die "the engine took the base image but does not list base:1: $(cat "$folder/answer")"
  rm -rf "$folder"
}

has_base_image() {
  curl -sf -o /dev/null --unix-socket "$1" http://engine/images/base:1/json
}

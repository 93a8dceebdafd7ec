# Sourced by the scripts that fetch packages of another release of Debian than the machine's own.
# shellcheck shell=bash

# The Debian mirror that apt uses here, or nothing, which is debootstrap's own.
mirror_of_apt() {
  # shellcheck disable=SC2016 # fields of apt-get, not of the shell
  apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(LABEL)' 2>/dev/null |
    sed -n 's/^\(https\?:[^ ]*\) Debian Debian$/\1/p' | sort -u | head -n 1
}

# download FOLDER KEYRING MIRROR RELEASE PACKAGE...: into the folder
download() (
  cd "$1"
  shift
  isolate_apt deb "$@"
  shift 3
  apt-get "${options[@]}" update && apt-get "${options[@]}" download "$@"
)

# download_source FOLDER KEYRING MIRROR RELEASE PACKAGE: the archives of its sources. The description beside them, which not
# every mirror has, is not needed: apt-get knows the archives' sums from its signed list.
download_source() (
  cd "$1"
  shift
  isolate_apt deb-src "$@"
  apt-get "${options[@]}" update
  apt-get "${options[@]}" source --download-only "$4" || true
  compgen -G "$4_*.debian.tar.*" >/dev/null
)

# isolate_apt TYPE KEYRING MIRROR RELEASE ...: in the current folder. apt-get gets lists and settings of its own: nothing of
# this machine's is read or changed.
isolate_apt() {
  mkdir -p lists/partial archives/partial
  : >status
  printf '%s [signed-by=%s] %s %s main\n' "$1" "$2" "$3" "$4" >sources.list
  options=(-q -o APT::Sandbox::User=root -o "Dir::Etc::SourceList=$PWD/sources.list" -o Dir::Etc::SourceParts=/nonexistent
    -o "Dir::State::Lists=$PWD/lists" -o "Dir::State::status=$PWD/status" -o "Dir::Cache=$PWD")
}

# Sourced by ./run and ./verify, after common.sh: can the plugin itself be built here?
# shellcheck shell=bash disable=SC2154 # from common.sh

# Returns 0 when Maven has, or gets, the parents and lists of versions that the plugin's pom.xml names. Otherwise puts the
# reason into $no_jenkins. Gives up after 100 seconds: a machine without a way there must not wait for long.
jenkins_reachable() {
  local said code=0
  no_jenkins=
  [ -f "$top/pom.xml" ] || {
    no_jenkins="there is no pom.xml for it"
    return 1
  }
  # -U: Maven remembers for a day that something was not there, and the network may be back.
  said=$(timeout 100 "$top/mvnw" -B -ntp -q -U -N -f "$top/pom.xml" -Daether.connector.connectTimeout=10000 \
    -Daether.connector.requestTimeout=30000 org.apache.maven.plugins:maven-help-plugin:3.5.1:evaluate \
    -Dexpression=jenkins.version -DforceStdout </dev/null 2>&1) || code=$?
  [ "$code" != 0 ] || return 0
  no_jenkins=$(printf '%s\n' "$said" | grep -oE '(org|io)\.jenkins[^ ,]*:(pom|jar|hpi):[^ ,]*' | head -n 1)
  no_jenkins=${no_jenkins:+Maven finds no $no_jenkins}
  [ "$code" != 124 ] || no_jenkins="Maven's repositories did not answer in 100 seconds"
  no_jenkins="Jenkins artifacts cannot be had here (${no_jenkins:-$(printf '%s\n' "$said" | grep -m 1 ERROR | cut -c 1-200)})"
  return 1
}

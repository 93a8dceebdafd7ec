# Sourced by ./run, after background.sh and table.sh: a Jenkins with the plugin, a configured registry and demo jobs.
# shellcheck shell=bash disable=SC2154,SC2034 # from common.sh and ./run

jenkins_home=$top/target/engine/jenkins
jenkins_port=${JENKINS_PORT:-8080}
jenkins_url=http://127.0.0.1:$jenkins_port/jenkins/
jenkins_pid=

# Makes the home anew: the jobs, and the settings as code.
furnish_jenkins() {
  local job script
  rm -rf "$jenkins_home"
  (umask 077 && mkdir -p "$jenkins_home")
  script=$(sed 's/&/\&amp;/g; s/</\&lt;/g' "$top/dev/demo/Jenkinsfile")
  for job in pipeline freestyle; do
    mkdir -p "$jenkins_home/jobs/$job"
    SCRIPT=$script awk '{
      at = index($0, "@SCRIPT@")
      if (at) print substr($0, 1, at - 1) ENVIRON["SCRIPT"] substr($0, at + 8); else print
    }' "$top/dev/demo/jobs/$job.xml" >"$jenkins_home/jobs/$job/config.xml"
  done
}

start_jenkins() {
  [ -z "$(port_user)" ] || die "port $jenkins_port is taken; end what uses it, or set JENKINS_PORT to another one"
  furnish_jenkins
  DEMO_PASSWORD=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
  export DEMO_PASSWORD DEMO_FOLDER=$top/dev/demo DEMO_URL=$jenkins_url DEMO_REGISTRY=$registry
  export CASC_JENKINS_CONFIG=$top/dev/demo/casc.yaml
  say "starting Jenkins with the plugin; its log is $jenkins_home/jenkins.log"
  # The wizard and usage statistics have no place in a Jenkins of a few minutes.
  # In a session of its own: Maven runs Jenkins as a process of its own, and both have to end.
  MAVEN_OPTS="${MAVEN_OPTS:-} -Djenkins.install.runSetupWizard=false -Dhudson.model.UsageStatistics.disabled=true" \
    setsid "$top/mvnw" -B -ntp -f "$top/pom.xml" -DskipTests -Dspotless.check.skip=true -Dspotbugs.skip=true \
    -Dhost=127.0.0.1 "-Dport=$jenkins_port" "-DjenkinsHome=$jenkins_home" hpi:run \
    </dev/null >"$jenkins_home/jenkins.log" 2>&1 &
  jenkins_pid=$!
  if ! await 300 jenkins_settled || ! jenkins_answers; then
    say "Jenkins did not start. The end of its log:"
    tail -n 30 "$jenkins_home/jenkins.log" >&2
    return 1
  fi
}

port_user() {
  (exec 3<>"/dev/tcp/127.0.0.1/$jenkins_port") 2>/dev/null && printf 'taken'
}

jenkins_answers() {
  [ "$(curl -s -o /dev/null -w '%{http_code}' "${jenkins_url}login")" = 200 ]
}

# A Jenkins that fails to start leaves its web server up.
jenkins_settled() {
  jenkins_answers || gone "$jenkins_pid" || grep -q 'onStatusUpdate: Jenkins stopped' "$jenkins_home/jenkins.log"
}

end_jenkins() {
  [ -n "$jenkins_pid" ] || return 0
  kill -TERM -- "-$jenkins_pid" 2>/dev/null || true
  await 30 no_jenkins_left || kill -KILL -- "-$jenkins_pid" 2>/dev/null || true
  wait "$jenkins_pid" 2>/dev/null || true
  jenkins_pid=
}

no_jenkins_left() {
  ! kill -0 -- "-$jenkins_pid" 2>/dev/null
}

# The password goes through standard input: arguments can be read by everybody on this machine.
jenkins_api() {
  printf 'user = "admin:%s"\n' "$DEMO_PASSWORD" |
    curl -sS -f -g -K - -b "$jenkins_home/cookies" -c "$jenkins_home/cookies" "$@"
}

# build_result JOB: SUCCESS, FAILURE, ... once the first build has ended.
build_result() {
  jenkins_api "${jenkins_url}job/$1/1/api/json?tree=result" 2>/dev/null | sed -n 's/.*"result":"\([A-Z]*\)".*/\1/p'
}

build_ended() {
  [ -n "$(build_result "$1")" ]
}

# Runs a job and prints the digest that its log tells.
run_job() {
  local job=$1 crumb
  crumb=$(jenkins_api "${jenkins_url}crumbIssuer/api/json" | sed -n 's/.*"crumb":"\([^"]*\)".*/\1/p')
  jenkins_api -o /dev/null -X POST -H "Jenkins-Crumb: $crumb" "${jenkins_url}job/$job/build"
  await 180 build_ended "$job" || say "the job '$job' did not end within 180 seconds"
  jenkins_api "${jenkins_url}job/$job/1/consoleText" >"$jenkins_home/$job.log"
  if [ "$(build_result "$job")" != SUCCESS ]; then
    say "the job '$job' failed:"
    cat "$jenkins_home/$job.log" >&2
    return 1
  fi
  sed -n "s/^Digest of demo\/$job:latest is //p" "$jenkins_home/$job.log" | tail -n 1
}

docker run --detach --restart always \
    --volume /var/run/docker.sock:/var/run/docker.sock \
    --group-add "$(stat -c %g /var/run/docker.sock)" \
    jenkins/inbound-agent -url "$JENKINS_URL" "$AGENT_SECRET" "$AGENT_NAME"

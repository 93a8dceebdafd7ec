package io.jenkins.plugins.containerbuild.monitor;

import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.slaves.SlaveComputer;

/** The log of an agent, which its page shows. */
final class AgentLog {

    private AgentLog() {}

    static TaskListener of(Computer computer) {
        return computer instanceof SlaveComputer agent ? agent.getListener() : TaskListener.NULL;
    }
}

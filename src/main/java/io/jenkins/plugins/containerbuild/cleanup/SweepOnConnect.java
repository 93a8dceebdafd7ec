package io.jenkins.plugins.containerbuild.cleanup;

import hudson.Extension;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.slaves.ComputerListener;

/** Ends what a lost agent has left, once it has connected again. */
@Extension
public final class SweepOnConnect extends ComputerListener {

    /** In the background: an agent is not to wait for Docker. */
    @Override
    public void onOnline(Computer computer, TaskListener listener) {
        Reaping.sweep(computer);
        WrittenLogins.sweep(computer);
    }
}

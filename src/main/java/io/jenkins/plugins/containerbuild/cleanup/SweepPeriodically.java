package io.jenkins.plugins.containerbuild.cleanup;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Computer;
import hudson.model.TaskListener;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;

/** Ends every hour what could not be ended in its time, and holds daemons within their space. */
@Extension
public final class SweepPeriodically extends AsyncPeriodicWork {

    /** Jenkins makes the one instance. */
    public SweepPeriodically() {
        super("Container clean-up");
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.HOURS.toMillis(1);
    }

    /** Soon after a restart, which may have ended builds. */
    @Override
    public long getInitialDelay() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    @Override
    protected void execute(TaskListener listener) {
        for (Computer computer : Jenkins.get().getComputers()) {
            Reaping.sweep(computer);
            WrittenLogins.sweep(computer);
        }
    }
}

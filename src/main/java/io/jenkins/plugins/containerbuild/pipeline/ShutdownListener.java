package io.jenkins.plugins.containerbuild.pipeline;

import hudson.Extension;
import hudson.model.listeners.ItemListener;

/**
 * Knows that the controller goes down from the beginning of that on. Jenkins itself says so only when it has saved all
 * Pipelines that run, which may take longer than an agent that was cut off can be waited for.
 */
@Extension
public final class ShutdownListener extends ItemListener {

    private volatile boolean begun;

    @Override
    public void onBeforeShutdown() {
        begun = true;
    }

    boolean hasBegun() {
        return begun;
    }
}

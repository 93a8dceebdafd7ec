package io.jenkins.plugins.containerbuild.operation;

import hudson.util.ListBoxModel;
import io.jenkins.plugins.containerbuild.engine.registry.PushVia;

/** Who can push, for forms. */
final class PushWays {

    private PushWays() {}

    static ListBoxModel all() {
        return new ListBoxModel(
                new ListBoxModel.Option(Messages.PushOperation_ViaEngine(), PushVia.ENGINE.text()),
                new ListBoxModel.Option(Messages.PushOperation_ViaAgent(), PushVia.AGENT.text()));
    }
}

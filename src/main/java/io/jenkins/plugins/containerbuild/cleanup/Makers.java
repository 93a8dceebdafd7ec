package io.jenkins.plugins.containerbuild.cleanup;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Run;
import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import jenkins.model.Jenkins;

/** Who this Jenkins and its builds are, in the labels of what they make in a daemon. */
public final class Makers {

    private Makers() {}

    /**
     * What tells this Jenkins from every other one: its legacy instance id, a digest of its secret key. It stays the same
     * when the address changes and when the home directory moves, and tells nothing of the key.
     */
    public static String controller() {
        return Jenkins.get().getLegacyInstanceId();
    }

    /**
     * A step of a build.
     *
     * @param workspace only says which node
     * @param step the step's name
     */
    public static Maker of(Run<?, ?> run, FilePath workspace, String step) {
        Computer computer = workspace.toComputer();
        return new Maker(
                controller(),
                run.getParent().getFullName(),
                build(run),
                computer == null ? null : computer.getName(),
                step);
    }

    /** What tells a build from every other one of this Jenkins: {@code team/app#17}. */
    static String build(Run<?, ?> run) {
        return run.getExternalizableId();
    }
}

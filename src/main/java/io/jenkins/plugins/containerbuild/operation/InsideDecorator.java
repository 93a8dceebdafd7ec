package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Launcher;
import hudson.LauncherDecorator;
import hudson.model.Node;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/** Lets the commands of a block run in a container. Kept in the saved program of a running Pipeline. */
final class InsideDecorator extends LauncherDecorator implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String container;
    private final String server;
    private final String run;
    private final HashMap<String, String> variables;

    /**
     * @param container its id
     * @param server the name of the Docker server, or null
     * @param run the build's id
     * @param variables those by which a daemon is found
     */
    InsideDecorator(String container, @CheckForNull String server, String run, Map<String, String> variables) {
        this.container = container;
        this.server = server;
        this.run = run;
        this.variables = new HashMap<>(variables);
    }

    String container() {
        return container;
    }

    @CheckForNull
    String server() {
        return server;
    }

    String run() {
        return run;
    }

    Map<String, String> variables() {
        return variables;
    }

    @NonNull
    @Override
    public Launcher decorate(@NonNull Launcher launcher, @NonNull Node node) {
        return new InsideLauncher(launcher, node, this);
    }
}

package io.jenkins.plugins.containerbuild.cleanup;

import java.util.Objects;
import jenkins.model.Jenkins;

/** Where a build has a folder with logins. Is saved. */
final class LoginPlace {

    private final String build;
    private final String node;
    private final String folder;

    LoginPlace(String build, String node, String folder) {
        this.build = build;
        this.node = node;
        this.folder = folder;
    }

    String build() {
        return build;
    }

    String node() {
        return node;
    }

    String folder() {
        return folder;
    }

    /** Whether the node may come back. */
    boolean hasNode() {
        return node.isEmpty() || Jenkins.get().getNode(node) != null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LoginPlace place
                && build.equals(place.build)
                && node.equals(place.node)
                && folder.equals(place.folder);
    }

    @Override
    public int hashCode() {
        return Objects.hash(build, node, folder);
    }
}

package io.jenkins.plugins.containerbuild.cleanup;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Objects;
import jenkins.model.Jenkins;

/** Where a build has a folder with logins. Is saved. */
final class LoginPlace {

    private final String build;
    private final String node;
    private final String folder;
    private final String around;

    /** @param around the folder that programs have around the block; null for their usual one */
    LoginPlace(String build, String node, String folder, @CheckForNull String around) {
        this.build = build;
        this.node = node;
        this.folder = folder;
        this.around = around;
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

    @CheckForNull
    String around() {
        return around;
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
                && folder.equals(place.folder)
                && Objects.equals(around, place.around);
    }

    @Override
    public int hashCode() {
        return Objects.hash(build, node, folder, around);
    }
}

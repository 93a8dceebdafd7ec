package io.jenkins.plugins.containerbuild.engine.socket;

import java.util.Locale;

/** Ways to let the agent's user use a socket, least privilege first. */
public enum RepairMeans {
    /** An entry for just the agent's user in the socket's access control list ({@code setfacl}). */
    ACL,
    /** The user joins the group with the socket's number; works once the agent has started anew. */
    GROUP,
    /** The agent's user becomes the socket's owner; its group stays, so that nobody else loses access. */
    OWNER,
    /** Everybody on the machine may use the socket ({@code chmod 666}), which makes all of them root. */
    WORLD;

    /** As in options and JSON: {@code acl}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.jenkins.plugins.containerbuild.engine.socket;

import java.util.Locale;

/** What a look at an endpoint ends in. The list is closed: every endpoint gets exactly one of them. */
public enum SocketVerdict {

    /** A unix socket or named pipe of this machine, and an Engine answers. */
    USABLE,
    /** An Engine answers over TCP. */
    USABLE_REMOTE,
    /** Nothing is at the path, or a link leads nowhere. */
    ABSENT,
    /** A directory is at the path: Docker makes an empty one for a mount whose source does not exist. */
    DIRECTORY,
    /** A file of another kind is at the path. */
    NOT_A_SOCKET,
    /** A directory above the socket may not be entered by this process. */
    PATH_CLOSED,
    /** The socket's group may use it, and the process is not in that group. */
    DENIED_BY_GROUP,
    /** As above, but the user has been put into the group since the process started: a restart of the agent is enough. */
    DENIED_UNTIL_RECONNECT,
    /** Refused for another reason: mode, an ACL's mask, SELinux or AppArmor. */
    DENIED,
    /** The socket of a rootless daemon that another user runs. */
    ROOTLESS_OF_OTHER_USER,
    /** The socket is there, but no daemon listens on it. */
    NOT_LISTENING,
    /** A daemon listens, but says nothing within the limit. */
    NOT_ANSWERING,
    /** What answers is no Docker Engine. */
    NOT_AN_ENGINE,
    /** Nothing can be reached at a TCP address or named pipe. */
    UNREACHABLE,
    /** Reached over TCP, but the two sides do not agree on TLS. */
    TLS_TROUBLE,
    /** The address, the context or the certificates that were named cannot be used. */
    ADDRESS_UNUSABLE;

    /** Whether builds can use the endpoint now. */
    public boolean usable() {
        return this == USABLE || this == USABLE_REMOTE;
    }

    /** Whether it is permissions that keep the process out, which {@link SocketRepair} may be able to change. */
    public boolean denied() {
        return this == DENIED_BY_GROUP || this == DENIED_UNTIL_RECONNECT || this == DENIED;
    }

    /** As in JSON and for pipelines: {@code denied-by-group}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package io.jenkins.plugins.containerbuild.engine.container;

import java.io.Serializable;

/**
 * Somebody who is to be known in a container: who the agent is outside.
 *
 * @param name the user's name
 * @param uid number
 * @param gid number of the first group
 * @param home a directory inside of the container, which is made
 */
public record Account(String name, long uid, long gid, String home) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** As {@code docker run --user} wants it. */
    String user() {
        return uid + ":" + gid;
    }
}

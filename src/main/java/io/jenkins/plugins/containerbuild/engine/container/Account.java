package io.jenkins.plugins.containerbuild.engine.container;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.socket.ProcessFacts;
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

    /**
     * Whoever this process runs as.
     *
     * @throws InvalidRequestException on a system without numbers for users
     */
    public static Account ofThisProcess() throws InvalidRequestException {
        ProcessFacts process = ProcessFacts.ofThisProcess();
        Long uid = process.uid();
        Long gid = process.gid();
        if (uid == null || gid == null) {
            throw new InvalidRequestException(
                    "could not run steps inside a container",
                    "the agent's system has no numbers for users",
                    "Use an agent on Linux");
        }
        boolean named = process.user().matches("[a-z_][a-z0-9_.-]*");
        String name = named ? process.user() : "jenkins";
        return new Account(name, uid, gid, uid == 0 ? "/root" : "/home/" + name);
    }

    /** As {@code docker run --user} wants it. */
    String user() {
        return uid + ":" + gid;
    }
}

package io.jenkins.plugins.containerbuild.engine.container;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;

/** What to do about a container that a daemon does not make or start. */
final class StartAdvice {

    private StartAdvice() {}

    static EngineException of(String shown, String daemon, DaemonRefusal e) {
        String said = String.valueOf(e.getMessage());
        return new EngineException(
                "could not start the container " + shown, "the " + daemon + " answered: " + said, advice(said), e);
    }

    private static String advice(String said) {
        if (said.contains("port is already allocated") || said.contains("address already in use")) {
            return "Publish the container's port alone, as in ports: ['5432']: the daemon then chooses a free one";
        }
        if (said.contains("executable file") || said.contains("no such file or directory")) {
            return "Check the command: its first word has to be a program in the image; a shell's line needs"
                    + " ['sh', '-c', '...']";
        }
        if (said.contains("exec format error")) {
            return "The image is for another processor; choose its platform, or set up emulation on the daemon's host";
        }
        if (said.contains("already in use by container")) {
            return "Leave the name out, or let one build at a time use it";
        }
        if (said.contains("network") && said.contains("not found")) {
            return "Create the network first, for example with withContainerNetwork, and check its name";
        }
        if (said.contains("no space left")) {
            return "Free space on the disk of the daemon's host";
        }
        return "Look into the daemon's log for more";
    }
}

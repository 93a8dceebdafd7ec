package io.jenkins.plugins.containerbuild.engine.socket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A way to run commands as root where the agent is: in its own file system, on its own accounts. */
interface Rights {

    /** How long one command may take. */
    Duration LIMIT = Duration.ofSeconds(20);

    /** As in reports: "root", "sudo". */
    String name();

    /** Runs a command as root. Whatever keeps it from being run is an outcome, too. */
    LocalCommand.Outcome run(List<String> command) throws InterruptedException;

    /** The process is root itself. */
    record Root() implements Rights {

        @Override
        public String name() {
            return "root";
        }

        @Override
        public LocalCommand.Outcome run(List<String> command) throws InterruptedException {
            return LocalCommand.run(command, LIMIT);
        }
    }

    /**
     * By {@code sudo -n}, which never asks for a password. Each command is asked for by itself, since sudo may allow some
     * and not others.
     *
     * @param program the path of sudo
     */
    record Sudo(String program) implements Rights {

        @Override
        public String name() {
            return "sudo";
        }

        @Override
        public LocalCommand.Outcome run(List<String> command) throws InterruptedException {
            List<String> all = new ArrayList<>(List.of(program, "-n", "--"));
            all.addAll(command);
            return LocalCommand.run(all, LIMIT);
        }
    }
}

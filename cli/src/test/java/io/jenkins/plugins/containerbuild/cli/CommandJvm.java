package io.jenkins.plugins.containerbuild.cli;

/** The JVM that tests run the jar in. */
final class CommandJvm {
    /** The quick compiler alone, as the script {@code container-build} has it: the other one is no use in so short a life. */
    static final String QUICK = "-XX:TieredStopAtLevel=1";

    private CommandJvm() {}
}

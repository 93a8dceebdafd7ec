package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.ByteSize;
import io.jenkins.plugins.containerbuild.engine.container.ContainerLimits;
import io.jenkins.plugins.containerbuild.engine.container.ContainerRights;
import picocli.CommandLine.Option;

/** How much a container may use, and what it may do. */
final class LimitOptions {

    @Option(
            names = {"-m", "--memory"},
            paramLabel = "SIZE",
            description = "The most memory, such as 512m. Default: no limit.")
    private String memory;

    @Option(
            names = "--cpus",
            paramLabel = "NUMBER",
            description = "How many processors, such as 1.5. Default: no limit.")
    private String cpus;

    @Option(names = "--shm-size", paramLabel = "SIZE", description = "The size of /dev/shm. Default: the daemon's.")
    private String shmSize;

    @Option(names = "--privileged", description = "All rights: root on the daemon's host.")
    private boolean privileged;

    @Option(
            names = "--docker-socket",
            description = "Binds the daemon's socket and adds its group: who can use it is root on the daemon's host.")
    private boolean dockerSocket;

    @Option(names = "--group-zero", description = "Lets it into group 0 (root) where that is the socket's group.")
    private boolean groupZero;

    ContainerLimits limits() throws EngineException {
        return new ContainerLimits(
                memory == null ? null : Long.valueOf(ByteSize.parse(memory)),
                cpus == null ? null : Long.valueOf(ContainerLimits.nanoCpus(cpus)),
                shmSize == null ? null : Long.valueOf(ByteSize.parse(shmSize)));
    }

    ContainerRights rights() {
        return new ContainerRights(privileged, dockerSocket, groupZero);
    }
}

package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecret;
import io.jenkins.plugins.containerbuild.engine.build.ByteSize;
import io.jenkins.plugins.containerbuild.engine.build.Entitlement;
import io.jenkins.plugins.containerbuild.engine.build.SshForward;
import io.jenkins.plugins.containerbuild.engine.build.Ulimit;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What RUN instructions find around them. */
final class RunOptions implements BuildTopic {

    @Option(names = "--network", paramLabel = "MODE", description = "The network of RUN instructions.")
    private String network;

    @Option(names = "--add-host", paramLabel = "HOST:IP", description = "A line for /etc/hosts during the build.")
    private List<String> addHosts = new ArrayList<>();

    @Option(names = "--shm-size", paramLabel = "SIZE", description = "The size of /dev/shm, such as 64m.")
    private String shmSize;

    @Option(names = "--ulimit", paramLabel = "NAME=SOFT:HARD", description = "A limit for RUN instructions.")
    private List<String> ulimits = new ArrayList<>();

    @Option(names = "--cgroup-parent", paramLabel = "GROUP", description = "The parent cgroup of RUN instructions.")
    private String cgroupParent;

    @Option(
            names = "--allow",
            paramLabel = "ENTITLEMENT",
            description = "What the build may use beyond the usual, such as network.host.")
    private List<String> allow = new ArrayList<>();

    @Option(
            names = "--secret",
            paramLabel = "id=ID,src=FILE|env=NAME",
            description = "A secret for RUN --mount=type=secret: a file's content or a variable's value.")
    private List<String> secrets = new ArrayList<>();

    @Option(
            names = "--ssh",
            paramLabel = "default|ID=SOCKET|KEY",
            description =
                    "Keys for RUN --mount=type=ssh: those of the SSH agent that SSH_AUTH_SOCK names, of another one"
                            + " by its socket, or files that hold private keys without a passphrase.")
    private List<String> ssh = new ArrayList<>();

    @Override
    public void addTo(BuildRequest.Builder request, Registries registries) throws EngineException {
        List<Ulimit> limits = new ArrayList<>();
        for (String ulimit : ulimits) {
            limits.add(Ulimit.parse(ulimit));
        }
        List<BuildSecret> secret = new ArrayList<>();
        for (String text : secrets) {
            secret.add(BuildSecret.parse(text, System.getenv()));
        }
        List<SshForward> agents = new ArrayList<>();
        for (String text : ssh) {
            agents.add(SshForward.parse(text));
        }
        List<String> entitlements = new ArrayList<>();
        for (String text : allow) {
            entitlements.add(Entitlement.parse(text));
        }
        request.network(network)
                .addHosts(addHosts)
                .shmSize(shmSize == null ? null : Long.valueOf(ByteSize.parse(shmSize)))
                .ulimits(limits)
                .cgroupParent(cgroupParent)
                .allow(entitlements)
                .secrets(secret)
                .ssh(agents);
    }
}

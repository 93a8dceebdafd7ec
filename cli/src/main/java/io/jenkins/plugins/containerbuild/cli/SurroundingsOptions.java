package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.ExtraHost;
import io.jenkins.plugins.containerbuild.engine.container.ContainerFiles;
import io.jenkins.plugins.containerbuild.engine.container.ContainerNetworking;
import io.jenkins.plugins.containerbuild.engine.container.PublishedPort;
import io.jenkins.plugins.containerbuild.engine.volume.spec.HostPathPolicy;
import io.jenkins.plugins.containerbuild.engine.volume.spec.VolumeSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What a container has around it, as docker run has it. */
final class SurroundingsOptions {

    @Option(
            names = {"-v", "--volume"},
            paramLabel = "[SOURCE:]TARGET[:OPTIONS]",
            description = "A path of this machine, a named or an anonymous volume.")
    private List<String> volumes = new ArrayList<>();

    @Option(
            names = "--mount",
            paramLabel = "FIELDS",
            description = "The same in full, such as type=volume,source=m2,target=/root/.m2.")
    private List<String> mounts = new ArrayList<>();

    @Option(
            names = "--network",
            paramLabel = "NETWORK",
            description = "A network to be in; may be given several times. Default: the daemon's own.")
    private List<String> networks = new ArrayList<>();

    @Option(
            names = "--network-alias",
            paramLabel = "NAME",
            description = "A name by which other containers of these networks find it.")
    private List<String> aliases = new ArrayList<>();

    @Option(
            names = {"-p", "--publish"},
            paramLabel = "[[ADDRESS:]PORT:]PORT",
            description = "A port to publish; without an address on the loopback address alone.")
    private List<String> ports = new ArrayList<>();

    @Option(names = "--add-host", paramLabel = "HOST:IP", description = "A line for /etc/hosts.")
    private List<String> addHosts = new ArrayList<>();

    /** The command line runs as its caller, who may use every path. */
    ContainerFiles files() throws EngineException {
        List<VolumeSpec> specs = new ArrayList<>();
        for (List<String> texts : List.of(volumes, mounts)) {
            for (String text : texts) {
                specs.add(VolumeSpec.parse(text));
            }
        }
        return new ContainerFiles(specs, Path.of("").toAbsolutePath().toString(), HostPathPolicy.ANYWHERE);
    }

    ContainerNetworking networking() throws EngineException {
        List<PublishedPort> published = new ArrayList<>();
        for (String port : ports) {
            published.add(PublishedPort.parse(port));
        }
        List<ExtraHost> hosts = new ArrayList<>();
        for (String host : addHosts) {
            hosts.add(ExtraHost.parse(host));
        }
        return new ContainerNetworking(networks, aliases, published, hosts);
    }
}

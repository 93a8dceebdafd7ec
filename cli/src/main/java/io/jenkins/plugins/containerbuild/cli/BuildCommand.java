package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.ByteSize;
import io.jenkins.plugins.containerbuild.engine.build.CacheOption;
import io.jenkins.plugins.containerbuild.engine.build.Ulimit;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "build", description = "Builds an image from a Dockerfile.")
final class BuildCommand extends EngineCommand {

    @Parameters(paramLabel = "CONTEXT", description = "The directory that is sent to the daemon.")
    private Path context;

    @Option(
            names = {"-t", "--tag"},
            paramLabel = "REF",
            description = "A name for the image; may be given several times.")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The Dockerfile; default: Dockerfile in the context.")
    private Path file;

    @Option(
            names = "--build-arg",
            paramLabel = "K=V",
            description = "A build argument; K alone takes the value from the environment.")
    private List<String> buildArgs = new ArrayList<>();

    @Option(names = "--target", paramLabel = "STAGE", description = "The stage to stop at.")
    private String target;

    @Option(names = "--platform", paramLabel = "OS/ARCH", description = "The platform to build for.")
    private String platform;

    @Option(names = "--label", paramLabel = "K=V", description = "A label for the image.")
    private List<String> labels = new ArrayList<>();

    @Option(names = "--pull", description = "Look base images up again in their registry.")
    private boolean pull;

    @Option(names = "--no-cache", description = "Do not use the build cache.")
    private boolean noCache;

    @Option(names = "--network", paramLabel = "MODE", description = "The network of RUN instructions.")
    private String network;

    @Option(names = "--add-host", paramLabel = "HOST:IP", description = "A line for /etc/hosts during the build.")
    private List<String> addHosts = new ArrayList<>();

    @Option(names = "--shm-size", paramLabel = "SIZE", description = "The size of /dev/shm, such as 64m.")
    private String shmSize;

    @Option(names = "--ulimit", paramLabel = "NAME=SOFT:HARD", description = "A limit for RUN instructions.")
    private List<String> ulimits = new ArrayList<>();

    @Option(names = "--cache-from", paramLabel = "REF", description = "An image to take cached layers from.")
    private List<String> cacheFrom = new ArrayList<>();

    @Option(names = "--push", description = "Push the tags once the image is built.")
    private boolean push;

    private BuildRequest request;

    @Override
    void prepare(Registries registries) throws EngineException {
        List<Ulimit> limits = new ArrayList<>();
        for (String ulimit : ulimits) {
            limits.add(Ulimit.parse(ulimit));
        }
        request = BuildRequest.of(context.toAbsolutePath().toString())
                // As with docker: the file is looked for from the current directory, not from the context.
                .file(file == null ? null : file.toAbsolutePath().toString())
                .tags(references(registries, tags))
                .target(target)
                .buildArgs(pairs("--build-arg", buildArgs))
                .labels(pairs("--label", labels))
                .platforms(platform == null ? List.of() : List.of(platform(platform)))
                .pull(pull)
                .noCache(noCache)
                .network(network)
                .addHosts(addHosts)
                .shmSize(shmSize == null ? null : ByteSize.parse(shmSize))
                .ulimits(limits)
                .cacheFrom(cacheFrom.stream().map(CacheOption::registry).toList())
                .push(push)
                .build();
    }

    private static Map<String, String> pairs(String option, List<String> texts) throws UsageException {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            String key = equals < 0 ? text : text.substring(0, equals);
            if (key.isBlank()) {
                throw new UsageException(
                        "could not read " + option + " '" + text + "'", "it has no name", "Write NAME=VALUE");
            }
            String value = equals < 0 ? System.getenv(key) : text.substring(equals + 1);
            if (value != null) {
                pairs.put(key, value);
            }
        }
        return pairs;
    }

    @Override
    List<ImageReference> remoteNames() {
        return request.tags();
    }

    @Override
    Report run(ContainerEngine engine) throws EngineException, InterruptedException {
        BuildResult result = engine.build(request);
        ObjectNode document = Report.object();
        document.put(
                "imageId", result.imageId() == null ? null : result.imageId().toString());
        document.put("digest", result.digest() == null ? null : result.digest().toString());
        document.set("tags", Report.names(result.tags()));
        document.put("sizeBytes", result.sizeBytes());
        document.put("layerCount", result.layerCount());
        document.put("durationMillis", result.duration().toMillis());
        ArrayNode steps = document.putArray("steps");
        result.steps()
                .forEach(step -> steps.addObject()
                        .put("name", step.name())
                        .put("cached", step.cached())
                        .put("durationMillis", step.duration().toMillis()));
        document.set("pushed", Report.pushed(result.pushed()));
        return new Report(document, String.valueOf(result.imageId() == null ? result.digest() : result.imageId()));
    }
}

package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.Annotation;
import io.jenkins.plugins.containerbuild.engine.build.Attestations;
import io.jenkins.plugins.containerbuild.engine.build.BuildOutput;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import io.jenkins.plugins.containerbuild.engine.registry.PushVia;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What comes out: names, labels, platforms, attestations, and where it goes. */
final class OutputOptions implements BuildTopic {

    private static final String STANDARD_OUTPUT = "-";

    @Option(
            names = {"-t", "--tag"},
            paramLabel = "REF",
            description = "A name for the image; may be given several times.")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--label", paramLabel = "K=V", description = "A label for the image.")
    private List<String> labels = new ArrayList<>();

    @Option(
            names = "--annotation",
            paramLabel = "[LEVEL:]K=V",
            description = "An annotation of the manifest, or of what the level says, such as index.")
    private List<String> annotations = new ArrayList<>();

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH",
            split = ",",
            description = "A platform to build for; may be given several times.")
    private List<String> platforms = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR|type=TYPE,...",
            description = "Where the result goes: a directory, type=oci,dest=image.tar and the like.")
    private List<String> outputs = new ArrayList<>();

    @Option(
            names = "--load",
            negatable = true,
            description = "Put the image among those of the daemon; without a word, unless it goes elsewhere.")
    private Boolean load;

    @Option(names = "--push", description = "Push the tags once the image is built.")
    private boolean push;

    @Option(
            names = "--via",
            paramLabel = "engine|agent",
            description =
                    "Who pushes: the daemon, or this machine past the daemon, which then need not trust the registry.")
    private String via;

    @Option(
            names = "--provenance",
            paramLabel = "true|false|mode=MODE",
            description = "Whether the image tells how it was built.")
    private String provenance;

    @Option(
            names = "--sbom",
            paramLabel = "true|false|generator=REF",
            description = "Whether the image tells what is inside of it.")
    private String sbom;

    @Option(
            names = "--attest",
            paramLabel = "type=TYPE,...",
            description = "An attestation, such as type=provenance,mode=max.")
    private List<String> attests = new ArrayList<>();

    @Override
    public void addTo(BuildRequest.Builder request, Registries registries) throws EngineException {
        request.tags(EngineCommand.references(registries, tags))
                .labels(labels())
                .annotations(readAnnotations())
                .platforms(readPlatforms())
                .outputs(readOutputs())
                .load(load)
                .push(push)
                .via(PushVia.parse(via))
                .attests(Attestations.read(attests, provenance, sbom));
    }

    /** The names, as they were given. */
    List<String> tags() {
        return tags;
    }

    /** The labels by name. */
    Map<String, String> labels() throws UsageException {
        return Pairs.read("--label", labels);
    }

    private List<Annotation> readAnnotations() throws EngineException {
        List<Annotation> read = new ArrayList<>();
        for (String annotation : annotations) {
            read.add(Annotation.parse(annotation));
        }
        return read;
    }

    private List<Platform> readPlatforms() throws EngineException {
        List<Platform> read = new ArrayList<>();
        for (String platform : platforms) {
            read.add(EngineCommand.platform(platform.trim()));
        }
        return read;
    }

    private List<BuildOutput> readOutputs() throws EngineException {
        List<BuildOutput> read = new ArrayList<>();
        for (String text : outputs) {
            BuildOutput output = BuildOutput.parse(text);
            if (STANDARD_OUTPUT.equals(output.dest())) {
                throw new UsageException(
                        "could not use --output '" + text + "'",
                        "standard output is for the result",
                        "Name a file or a directory");
            }
            read.add(
                    output.dest() == null
                            ? output
                            : output.withDest(
                                    Path.of(output.dest()).toAbsolutePath().toString()));
        }
        return read;
    }
}

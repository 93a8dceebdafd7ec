package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.Annotation;
import io.jenkins.plugins.containerbuild.engine.build.Attestations;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecret;
import io.jenkins.plugins.containerbuild.engine.build.ByteSize;
import io.jenkins.plugins.containerbuild.engine.build.Call;
import io.jenkins.plugins.containerbuild.engine.build.Entitlement;
import io.jenkins.plugins.containerbuild.engine.build.ProgressMode;
import io.jenkins.plugins.containerbuild.engine.build.SshForward;
import io.jenkins.plugins.containerbuild.engine.build.Ulimit;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.tagging.BuildFacts;
import io.jenkins.plugins.containerbuild.engine.image.tagging.ComputedTags;
import io.jenkins.plugins.containerbuild.engine.image.tagging.TagRules;
import io.jenkins.plugins.containerbuild.engine.registry.PushVia;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Makes the engine's request out of a build's options. */
final class BuildRequests {

    private final BuildOptions build;
    private final OptionReader options;
    private final Facts facts;

    private BuildRequests(BuildOptions build, OptionReader options, Facts facts) {
        this.build = build;
        this.options = options;
        this.facts = facts;
    }

    /** What tag rules go by; asked only where there are rules. */
    interface Facts {
        BuildFacts of(OptionReader options, @CheckForNull String defaultBranch);
    }

    /**
     * The request.
     *
     * @throws EngineException when an option cannot be read; the message names it
     */
    static BuildRequest of(BuildOptions build, OptionReader options) throws EngineException {
        return of(build, options, RunFacts::of);
    }

    static BuildRequest of(BuildOptions build, OptionReader options, Facts facts) throws EngineException {
        return new BuildRequests(build, options, facts).request();
    }

    private BuildRequest request() throws EngineException {
        List<ImageReference> tags = options.names(build.getTags());
        BuildRequest.Builder request = BuildRequest.of(options.context(build.getContext()))
                .root(options.root())
                .file(options.dockerfile(build.getContext(), build.getFile()))
                // Not expanded: what looks like a variable there is one of the Dockerfile's own.
                .dockerfileInline(build.getDockerfileInline())
                .tags(tags)
                .target(options.text(build.getTarget()))
                .buildArgs(options.map(build.getBuildArgs()))
                .buildContexts(options.contexts(build.getBuildContexts()))
                .labels(options.map(build.getLabels()))
                .annotations(options.each(build.getAnnotations(), Annotation::parse))
                .platforms(options.platforms(build.getPlatforms()))
                .pull(build.isPull())
                .noCache(build.isNoCache())
                .noCacheFilters(options.texts(build.getNoCacheFilters()))
                .cacheFrom(options.caches("cacheFrom", build.getCacheFrom()))
                .cacheTo(options.caches("cacheTo", build.getCacheTo()))
                .attests(Attestations.read(
                        options.texts(build.getAttests()),
                        options.text(build.getProvenance()),
                        options.text(build.getSbom())))
                .outputs(options.outputs(build.getOutputs()))
                .load(build.getLoad())
                .push(build.isPush())
                .via(PushVia.parse(options.text(build.getVia())))
                .secrets(secrets())
                .ssh(ssh());
        addSurroundings(request);
        addKind(request);
        addRuledTags(request, tags);
        return request.build();
    }

    /** What RUN instructions find around them. */
    private void addSurroundings(BuildRequest.Builder request) throws EngineException {
        String size = options.text(build.getShmSize());
        request.network(options.text(build.getNetwork()))
                .addHosts(options.texts(build.getAddHosts()))
                .shmSize(size == null ? null : Long.valueOf(ByteSize.parse(size)))
                .ulimits(options.each(build.getUlimits(), Ulimit::parse))
                .cgroupParent(options.text(build.getCgroupParent()))
                .allow(options.each(build.getAllow(), Entitlement::parse));
    }

    private void addKind(BuildRequest.Builder request) throws EngineException {
        String call = options.text(build.getCall());
        String progress = options.text(build.getProgress());
        if (call != null) {
            request.call(Call.parse(call));
        }
        if (progress != null) {
            request.progress(ProgressMode.parse(progress));
        }
    }

    private void addRuledTags(BuildRequest.Builder request, List<ImageReference> tags) throws EngineException {
        List<String> rules = options.texts(build.getTagRules());
        if (rules.isEmpty()) {
            return;
        }
        ComputedTags computed = TagRules.parse(rules, options.texts(build.getTagFlavor()))
                .compute(facts.of(options, options.text(build.getDefaultBranch())));
        computed.notes().forEach(options::tell);
        options.tell(
                computed.tags().isEmpty()
                        ? "The tag rules make no tag for this build"
                        : "Tags by rules: " + String.join(", ", computed.tags()));
        computed.addTo(
                request, options.untagged(options.texts(build.getTagImages())), tags, options.map(build.getLabels()));
    }

    private List<BuildSecret> secrets() throws EngineException {
        List<BuildSecret> secrets = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (String id : options.filled("secrets", build.getSecrets()).keySet()) {
            secrets.add(BuildSecret.ofCaller(unused(id, ids)));
        }
        for (Map.Entry<String, String> file :
                options.filled("secretFiles", build.getSecretFiles()).entrySet()) {
            secrets.add(BuildSecret.ofFile(
                    unused(file.getKey(), ids), Objects.requireNonNull(options.path(file.getValue()), "it is filled")));
        }
        for (Map.Entry<String, String> variable :
                options.filled("secretEnvs", build.getSecretEnvs()).entrySet()) {
            secrets.add(BuildSecret.ofEnvironment(unused(variable.getKey(), ids), variable.getValue()));
        }
        return secrets;
    }

    private static String unused(String id, Set<String> ids) throws InvalidRequestException {
        if (!ids.add(id)) {
            throw new InvalidRequestException(
                    "could not start the build",
                    "the secret '" + id + "' is given twice",
                    "Give each id once in secrets, secretFiles and secretEnvs together");
        }
        return id;
    }

    private List<SshForward> ssh() {
        List<SshForward> agents = new ArrayList<>();
        options.map(build.getSsh())
                .forEach((id, credentialsId) ->
                        agents.add(credentialsId.isBlank() ? SshForward.ofEnvironment(id) : SshForward.ofCaller(id)));
        return agents;
    }
}

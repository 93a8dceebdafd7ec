package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import io.jenkins.plugins.containerbuild.engine.registry.PushVia;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Everything a build is told, named as in {@code docker build} and docker/build-push-action. Immutable; paths are text
 * because the request is made on one machine and used on another. No value is a secret: those are asked for by their ids
 * when the daemon wants them.
 */
public final class BuildRequest implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String context;
    private final String file;
    private final String dockerfileInline;
    private final String root;
    private final List<ImageReference> tags;
    private final String target;
    private final Map<String, String> buildArgs;
    private final Map<String, String> buildContexts;
    private final Map<String, String> labels;
    private final List<Annotation> annotations;
    private final List<Annotation> impliedAnnotations;
    private final List<Platform> platforms;
    private final boolean pull;
    private final boolean noCache;
    private final List<String> noCacheFilters;
    private final String network;
    private final List<String> addHosts;
    private final Long shmSize;
    private final List<Ulimit> ulimits;
    private final String cgroupParent;
    private final List<String> allow;
    private final List<CacheOption> cacheFrom;
    private final List<CacheOption> cacheTo;
    private final List<BuildSecret> secrets;
    private final List<SshForward> ssh;
    private final Map<String, String> attests;
    private final List<BuildOutput> outputs;
    private final Boolean load;
    private final boolean push;
    private final PushVia via;
    private final Call call;
    private final ProgressMode progress;

    private BuildRequest(Builder builder) {
        context = builder.context;
        file = builder.file;
        dockerfileInline = builder.dockerfileInline;
        root = builder.root;
        tags = List.copyOf(builder.tags);
        target = builder.target;
        buildArgs = Collections.unmodifiableMap(new LinkedHashMap<>(builder.buildArgs));
        buildContexts = Collections.unmodifiableMap(new LinkedHashMap<>(builder.buildContexts));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(builder.labels));
        annotations = List.copyOf(builder.annotations);
        impliedAnnotations = List.copyOf(builder.impliedAnnotations);
        platforms = List.copyOf(builder.platforms);
        pull = builder.pull;
        noCache = builder.noCache;
        noCacheFilters = List.copyOf(builder.noCacheFilters);
        network = builder.network;
        addHosts = List.copyOf(builder.addHosts);
        shmSize = builder.shmSize;
        ulimits = List.copyOf(builder.ulimits);
        cgroupParent = builder.cgroupParent;
        allow = List.copyOf(builder.allow);
        cacheFrom = List.copyOf(builder.cacheFrom);
        cacheTo = List.copyOf(builder.cacheTo);
        secrets = List.copyOf(builder.secrets);
        ssh = List.copyOf(builder.ssh);
        attests = Collections.unmodifiableMap(new LinkedHashMap<>(builder.attests));
        outputs = List.copyOf(builder.outputs);
        load = builder.load;
        push = builder.push;
        via = builder.via;
        call = builder.call;
        progress = builder.progress;
    }

    /**
     * Starts a request.
     *
     * @param context see {@link #context()}
     */
    public static Builder of(String context) {
        return new Builder(context);
    }

    /**
     * The context: a directory on the machine where the engine runs, or the address of a Git repository or a tarball.
     */
    public String context() {
        return context;
    }

    /** The Dockerfile, relative to the context or absolute; null for {@code Dockerfile} in the context. */
    public String file() {
        return file;
    }

    /** The text of the Dockerfile, instead of a file; null when it is a file. */
    public String dockerfileInline() {
        return dockerfileInline;
    }

    /** A directory that context, Dockerfile, other files and outputs must not leave, or null for no limit. */
    public String root() {
        return root;
    }

    /** The names that the image gets. */
    public List<ImageReference> tags() {
        return tags;
    }

    /** The stage to stop at, or null for the last one. */
    public String target() {
        return target;
    }

    /** Build arguments in the order given. Their values never appear in a log. */
    public Map<String, String> buildArgs() {
        return buildArgs;
    }

    /**
     * More contexts by name, for {@code FROM} and {@code COPY --from}: a directory, {@code docker-image://NAME}, the address of a
     * Git repository or a tarball.
     */
    public Map<String, String> buildContexts() {
        return buildContexts;
    }

    /** Labels in the order given. */
    public Map<String, String> labels() {
        return labels;
    }

    /** Annotations of manifest or index. */
    public List<Annotation> annotations() {
        return annotations;
    }

    /**
     * Annotations that nobody asked for one by one: they are left out where the image cannot hold any, and {@link
     * #annotations()} of the same level and key win.
     */
    public List<Annotation> impliedAnnotations() {
        return impliedAnnotations;
    }

    /** The platforms to build for; empty for the daemon's own. */
    public List<Platform> platforms() {
        return platforms;
    }

    /** Whether base images are looked up again in their registry. */
    public boolean pull() {
        return pull;
    }

    /** Whether the daemon must not use its build cache. */
    public boolean noCache() {
        return noCache;
    }

    /** Stages for which the daemon must not use its build cache. */
    public List<String> noCacheFilters() {
        return noCacheFilters;
    }

    /**
     * The network of RUN instructions: {@code default}, {@code host}, {@code none} or a name; null for the default.
     */
    public String network() {
        return network;
    }

    /** Additional {@code host:ip} lines for /etc/hosts during the build. */
    public List<String> addHosts() {
        return addHosts;
    }

    /** Bytes of /dev/shm for RUN instructions, or null for the daemon's default. */
    public Long shmSize() {
        return shmSize;
    }

    /** Limits for RUN instructions. */
    public List<Ulimit> ulimits() {
        return ulimits;
    }

    /** The parent cgroup of RUN instructions, or null for the daemon's default. */
    public String cgroupParent() {
        return cgroupParent;
    }

    /** Entitlements that the build may use, such as {@code network.host}. */
    public List<String> allow() {
        return allow;
    }

    /** Where cached layers may be taken from, besides the daemon's own cache. */
    public List<CacheOption> cacheFrom() {
        return cacheFrom;
    }

    /** Where the cache is written to after the build. */
    public List<CacheOption> cacheTo() {
        return cacheTo;
    }

    /** Secrets that {@code RUN --mount=type=secret} may read. */
    public List<BuildSecret> secrets() {
        return secrets;
    }

    /** SSH agents that {@code RUN --mount=type=ssh} may use. */
    public List<SshForward> ssh() {
        return ssh;
    }

    /**
     * Attestations by their type, each with its attributes as {@code key=value,...}: {@code provenance}, {@code sbom}.
     */
    public Map<String, String> attests() {
        return attests;
    }

    /** Where the result goes besides or instead of the daemon's images. */
    public List<BuildOutput> outputs() {
        return outputs;
    }

    /** Whether the image is wanted in the daemon's images; null to have it there unless it goes elsewhere. */
    public Boolean load() {
        return load;
    }

    /** Whether the tags are pushed once the image is built. */
    public boolean push() {
        return push;
    }

    /** Who pushes what is pushed: the daemon's builder counts as the daemon. */
    public PushVia via() {
        return via;
    }

    /**
     * The names under which the image is to stand in registries: the tags where they are pushed, and those of outputs that
     * push. Each has a tag; what is pushed by its digest alone is not among them.
     *
     * @throws InvalidRequestException when there is nothing to push it under, or an output's name is none
     */
    public List<ImageReference> pushedNames() throws InvalidRequestException {
        Set<ImageReference> names = new LinkedHashSet<>();
        if (call != Call.BUILD) {
            return List.of();
        }
        if (push) {
            names.addAll(pushable(tags));
        }
        for (BuildOutput output : outputs) {
            if (output.pushesByDigest()) {
                pushable(output.names());
            } else if (output.pushes()) {
                names.addAll(pushable(output.names().isEmpty() ? tags : output.names()));
            }
        }
        return List.copyOf(names);
    }

    private static List<ImageReference> pushable(List<ImageReference> names) throws InvalidRequestException {
        if (names.isEmpty()) {
            throw new InvalidRequestException(
                    "could not start the build",
                    "it is to be pushed, but has no tags",
                    "Give at least one tag, for example registry.example:5000/team/app:1.0");
        }
        return names.stream().map(ImageReference::withDefaultTag).toList();
    }

    /** What is asked of the Dockerfile. */
    public Call call() {
        return call;
    }

    /** How the build tells of its progress. */
    public ProgressMode progress() {
        return progress;
    }

    /** Collects a request's options; every one but the context is optional. Not for use by several threads. */
    public static final class Builder {

        private final String context;
        private String file;
        private String dockerfileInline;
        private String root;
        private final List<ImageReference> tags = new ArrayList<>();
        private String target;
        private final Map<String, String> buildArgs = new LinkedHashMap<>();
        private final Map<String, String> buildContexts = new LinkedHashMap<>();
        private final Map<String, String> labels = new LinkedHashMap<>();
        private final List<Annotation> annotations = new ArrayList<>();
        private final List<Annotation> impliedAnnotations = new ArrayList<>();
        private final List<Platform> platforms = new ArrayList<>();
        private boolean pull;
        private boolean noCache;
        private final List<String> noCacheFilters = new ArrayList<>();
        private String network;
        private final List<String> addHosts = new ArrayList<>();
        private Long shmSize;
        private final List<Ulimit> ulimits = new ArrayList<>();
        private String cgroupParent;
        private final List<String> allow = new ArrayList<>();
        private final List<CacheOption> cacheFrom = new ArrayList<>();
        private final List<CacheOption> cacheTo = new ArrayList<>();
        private final List<BuildSecret> secrets = new ArrayList<>();
        private final List<SshForward> ssh = new ArrayList<>();
        private final Map<String, String> attests = new LinkedHashMap<>();
        private final List<BuildOutput> outputs = new ArrayList<>();
        private Boolean load;
        private boolean push;
        private PushVia via = PushVia.ENGINE;
        private Call call = Call.BUILD;
        private ProgressMode progress = ProgressMode.PLAIN;

        private Builder(String context) {
            this.context = Objects.requireNonNull(context, "context");
        }

        /** See {@link BuildRequest#file()}; null for the default. */
        public Builder file(String value) {
            file = value;
            return this;
        }

        /** See {@link BuildRequest#dockerfileInline()}; null for a file. */
        public Builder dockerfileInline(String value) {
            dockerfileInline = value;
            return this;
        }

        /** See {@link BuildRequest#root()}; null for no limit. */
        public Builder root(String value) {
            root = value;
            return this;
        }

        /** Adds names. */
        public Builder tags(List<ImageReference> values) {
            tags.addAll(values);
            return this;
        }

        /** See {@link BuildRequest#target()}; null for the last stage. */
        public Builder target(String value) {
            target = value;
            return this;
        }

        /** Adds build arguments. */
        public Builder buildArgs(Map<String, String> values) {
            buildArgs.putAll(values);
            return this;
        }

        /** Adds named contexts. */
        public Builder buildContexts(Map<String, String> values) {
            buildContexts.putAll(values);
            return this;
        }

        /** Adds labels. */
        public Builder labels(Map<String, String> values) {
            labels.putAll(values);
            return this;
        }

        /** Adds annotations. */
        public Builder annotations(List<Annotation> values) {
            annotations.addAll(values);
            return this;
        }

        /** Adds annotations that are left out where the image cannot hold them. */
        public Builder impliedAnnotations(List<Annotation> values) {
            impliedAnnotations.addAll(values);
            return this;
        }

        /** Adds platforms. */
        public Builder platforms(List<Platform> values) {
            platforms.addAll(values);
            return this;
        }

        /** See {@link BuildRequest#pull()}. */
        public Builder pull(boolean value) {
            pull = value;
            return this;
        }

        /** See {@link BuildRequest#noCache()}. */
        public Builder noCache(boolean value) {
            noCache = value;
            return this;
        }

        /** Adds stages. */
        public Builder noCacheFilters(List<String> values) {
            noCacheFilters.addAll(values);
            return this;
        }

        /** See {@link BuildRequest#network()}; null for the default. */
        public Builder network(String value) {
            network = value;
            return this;
        }

        /** Adds {@code host:ip} lines. */
        public Builder addHosts(List<String> values) {
            addHosts.addAll(values);
            return this;
        }

        /** See {@link BuildRequest#shmSize()}; null for the daemon's default. */
        public Builder shmSize(Long value) {
            shmSize = value;
            return this;
        }

        /** Adds limits. */
        public Builder ulimits(List<Ulimit> values) {
            ulimits.addAll(values);
            return this;
        }

        /** See {@link BuildRequest#cgroupParent()}; null for the daemon's default. */
        public Builder cgroupParent(String value) {
            cgroupParent = value;
            return this;
        }

        /** Adds entitlements. */
        public Builder allow(List<String> values) {
            allow.addAll(values);
            return this;
        }

        /** Adds sources of cached layers. */
        public Builder cacheFrom(List<CacheOption> values) {
            cacheFrom.addAll(values);
            return this;
        }

        /** Adds places for the cache. */
        public Builder cacheTo(List<CacheOption> values) {
            cacheTo.addAll(values);
            return this;
        }

        /** Adds secrets. */
        public Builder secrets(List<BuildSecret> values) {
            secrets.addAll(values);
            return this;
        }

        /** Adds SSH agents. */
        public Builder ssh(List<SshForward> values) {
            ssh.addAll(values);
            return this;
        }

        /** Adds attestations. */
        public Builder attests(Map<String, String> values) {
            attests.putAll(values);
            return this;
        }

        /** Adds outputs. */
        public Builder outputs(List<BuildOutput> values) {
            outputs.addAll(values);
            return this;
        }

        /** See {@link BuildRequest#load()}; null to decide by where the image goes. */
        public Builder load(Boolean value) {
            load = value;
            return this;
        }

        /** See {@link BuildRequest#push()}. */
        public Builder push(boolean value) {
            push = value;
            return this;
        }

        /** See {@link BuildRequest#via()}. */
        public Builder via(PushVia value) {
            via = Objects.requireNonNull(value, "via");
            return this;
        }

        /** See {@link BuildRequest#call()}. */
        public Builder call(Call value) {
            call = Objects.requireNonNull(value, "call");
            return this;
        }

        /** See {@link BuildRequest#progress()}. */
        public Builder progress(ProgressMode value) {
            progress = Objects.requireNonNull(value, "progress");
            return this;
        }

        /** The request; the builder can go on to be used. */
        public BuildRequest build() {
            return new BuildRequest(this);
        }
    }
}

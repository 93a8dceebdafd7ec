package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything a build is told, named as in {@code docker build} and docker/build-push-action. Immutable; paths are text
 * because the request is made on one machine and used on another.
 */
public final class BuildRequest implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String context;
    private final String file;
    private final String root;
    private final List<ImageReference> tags;
    private final String target;
    private final Map<String, String> buildArgs;
    private final Map<String, String> labels;
    private final Platform platform;
    private final boolean pull;
    private final boolean noCache;
    private final String network;
    private final List<String> addHosts;
    private final Long shmSize;
    private final List<Ulimit> ulimits;
    private final List<String> cacheFrom;
    private final boolean push;

    private BuildRequest(Builder builder) {
        context = builder.context;
        file = builder.file;
        root = builder.root;
        tags = List.copyOf(builder.tags);
        target = builder.target;
        buildArgs = Collections.unmodifiableMap(new LinkedHashMap<>(builder.buildArgs));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(builder.labels));
        platform = builder.platform;
        pull = builder.pull;
        noCache = builder.noCache;
        network = builder.network;
        addHosts = List.copyOf(builder.addHosts);
        shmSize = builder.shmSize;
        ulimits = List.copyOf(builder.ulimits);
        cacheFrom = List.copyOf(builder.cacheFrom);
        push = builder.push;
    }

    /**
     * Starts a request.
     *
     * @param context the context directory on the machine where the engine runs
     */
    public static Builder of(String context) {
        return new Builder(context);
    }

    /** The context directory. */
    public String context() {
        return context;
    }

    /** The Dockerfile, relative to the context or absolute; null for {@code Dockerfile} in the context. */
    public String file() {
        return file;
    }

    /** A directory that context and Dockerfile must not leave, or null for no limit. */
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

    /** Labels in the order given. */
    public Map<String, String> labels() {
        return labels;
    }

    /** The platform to build for, or null for the daemon's own. */
    public Platform platform() {
        return platform;
    }

    /** Whether base images are looked up again in their registry. */
    public boolean pull() {
        return pull;
    }

    /** Whether the daemon must not use its build cache. */
    public boolean noCache() {
        return noCache;
    }

    /** The network of RUN instructions: {@code default}, {@code host}, {@code none} or a name; null for the default. */
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

    /** Images to take cached layers from. */
    public List<String> cacheFrom() {
        return cacheFrom;
    }

    /** Whether the tags are pushed once the image is built. */
    public boolean push() {
        return push;
    }

    /** Collects a request's options; every one but the context is optional. Not for use by several threads. */
    public static final class Builder {

        private final String context;
        private String file;
        private String root;
        private final List<ImageReference> tags = new ArrayList<>();
        private String target;
        private final Map<String, String> buildArgs = new LinkedHashMap<>();
        private final Map<String, String> labels = new LinkedHashMap<>();
        private Platform platform;
        private boolean pull;
        private boolean noCache;
        private String network;
        private final List<String> addHosts = new ArrayList<>();
        private Long shmSize;
        private final List<Ulimit> ulimits = new ArrayList<>();
        private final List<String> cacheFrom = new ArrayList<>();
        private boolean push;

        private Builder(String context) {
            this.context = Objects.requireNonNull(context, "context");
        }

        /** See {@link BuildRequest#file()}; null for the default. */
        public Builder file(String value) {
            file = value;
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

        /** Adds labels. */
        public Builder labels(Map<String, String> values) {
            labels.putAll(values);
            return this;
        }

        /** See {@link BuildRequest#platform()}; null for the daemon's own. */
        public Builder platform(Platform value) {
            platform = value;
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
        public Builder shmSize(Long bytes) {
            shmSize = bytes;
            return this;
        }

        /** Adds limits. */
        public Builder ulimits(List<Ulimit> values) {
            ulimits.addAll(values);
            return this;
        }

        /** Adds images to take cached layers from. */
        public Builder cacheFrom(List<String> values) {
            cacheFrom.addAll(values);
            return this;
        }

        /** See {@link BuildRequest#push()}. */
        public Builder push(boolean value) {
            push = value;
            return this;
        }

        /** The request; the builder can go on to be used. */
        public BuildRequest build() {
            return new BuildRequest(this);
        }
    }
}

package io.jenkins.plugins.containerbuild.operation;

import io.jenkins.plugins.containerbuild.engine.registry.direct.RemoteConfig;
import io.jenkins.plugins.containerbuild.engine.registry.direct.RemoteImage;
import io.jenkins.plugins.containerbuild.engine.registry.direct.RemotePlatform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What a registry has under a name; what {@code containerInspect} returns. */
public final class InspectedImage implements OperationResult {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final String reference;
    private final String mediaType;
    private final String digest;
    private final LinkedHashMap<String, String> annotations;
    private final LinkedHashMap<String, String> platforms = new LinkedHashMap<>();
    private final LinkedHashMap<String, Long> platformSizes = new LinkedHashMap<>();
    private final String platform;
    private final long sizeBytes;
    private final String created;
    private final LinkedHashMap<String, String> labels;
    private final ArrayList<String> env;
    private final ArrayList<String> entrypoint;
    private final ArrayList<String> command;
    private final String user;
    private final String workdir;
    private final ArrayList<InspectedLayer> layers;

    private InspectedImage(RemoteImage answer) {
        name = answer.reference().toString();
        reference = answer.reference().withDigest(answer.digest()).toString();
        mediaType = answer.mediaType();
        digest = answer.digest().toString();
        annotations = new LinkedHashMap<>(answer.annotations());
        for (RemotePlatform image : answer.platforms()) {
            platforms.put(image.platform(), image.digest().toString());
            platformSizes.put(image.platform(), image.sizeBytes());
        }
        platform = answer.described().platform();
        sizeBytes = answer.described().sizeBytes();
        RemoteConfig config = answer.config();
        created = config.created();
        labels = new LinkedHashMap<>(config.labels());
        env = new ArrayList<>(config.env());
        entrypoint = new ArrayList<>(config.entrypoint());
        command = new ArrayList<>(config.command());
        user = config.user();
        workdir = config.workdir();
        layers = answer.layers().stream()
                .map(InspectedLayer::new)
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    }

    static InspectedImage of(RemoteImage answer) {
        return new InspectedImage(answer);
    }

    /** The name pinned to the digest, as a deployment should use it. */
    @Whitelisted
    public String getReference() {
        return reference;
    }

    /** The media type of the image or the index. */
    @Whitelisted
    public String getMediaType() {
        return mediaType;
    }

    /** The digest of the image or the index. */
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    /** The annotations of the image or the index. */
    @Whitelisted
    public Map<String, String> getAnnotations() {
        return Collections.unmodifiableMap(annotations);
    }

    /** The digest of each platform's manifest, such as by {@code linux/arm64}. */
    @Whitelisted
    public Map<String, String> getPlatforms() {
        return Collections.unmodifiableMap(platforms);
    }

    /** The size of each platform's image in the registry, by the same names. */
    @Whitelisted
    public Map<String, Long> getPlatformSizes() {
        return Collections.unmodifiableMap(platformSizes);
    }

    /** The platform of the image that the following properties are about. */
    @Whitelisted
    public String getPlatform() {
        return platform;
    }

    /** The size of its layers and its configuration in the registry. */
    @Whitelisted
    public long getSizeBytes() {
        return sizeBytes;
    }

    /** When it was made, as its builder wrote it; may be empty. */
    @Whitelisted
    public String getCreated() {
        return created;
    }

    /** Its labels. */
    @Whitelisted
    public Map<String, String> getLabels() {
        return Collections.unmodifiableMap(labels);
    }

    /** The environment of its processes, {@code NAME=VALUE}. */
    @Whitelisted
    public List<String> getEnv() {
        return Collections.unmodifiableList(env);
    }

    /** The program that its containers run. */
    @Whitelisted
    public List<String> getEntrypoint() {
        return Collections.unmodifiableList(entrypoint);
    }

    /** The arguments of the entrypoint, or the program where there is none. */
    @Whitelisted
    public List<String> getCommand() {
        return Collections.unmodifiableList(command);
    }

    /** Who runs it; may be empty. */
    @Whitelisted
    public String getUser() {
        return user;
    }

    /** The directory that it runs in; may be empty. */
    @Whitelisted
    public String getWorkdir() {
        return workdir;
    }

    /** Its layers, from the bottom up. */
    @Whitelisted
    public List<InspectedLayer> getLayers() {
        return Collections.unmodifiableList(layers);
    }

    @Override
    public Map<String, String> variables() {
        return Variables.of(null, digest, List.of(name));
    }

    /** The pinned name, for use in a string. */
    @Override
    @Whitelisted
    public String toString() {
        return reference;
    }
}

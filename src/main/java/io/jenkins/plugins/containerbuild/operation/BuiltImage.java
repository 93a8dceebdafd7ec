package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** An image that was built; what {@code containerBuild} returns. */
public final class BuiltImage implements OperationResult {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final ArrayList<String> tags;
    private final String digest;
    private final ArrayList<String> references;
    private final long sizeBytes;
    private final int layers;
    private final long durationMillis;
    private final ArrayList<Step> steps;

    private BuiltImage(BuildResult answer) {
        Digest pushed = answer.digest();
        id = String.valueOf(answer.imageId() == null ? answer.digest() : answer.imageId());
        tags = answer.tags().stream()
                .map(ImageReference::toString)
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
        digest = pushed == null ? null : pushed.toString();
        references = PushedImage.pinned(answer.pushed());
        sizeBytes = answer.sizeBytes() == null ? 0 : answer.sizeBytes();
        layers = answer.layerCount() == null ? 0 : answer.layerCount();
        durationMillis = answer.duration().toMillis();
        steps = answer.steps().stream()
                .map(step ->
                        new Step(step.name(), step.cached(), step.duration().toMillis()))
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    }

    static BuiltImage of(BuildResult answer) {
        return new BuiltImage(answer);
    }

    /** The image's id in the daemon: {@code sha256:} and 64 hex digits. */
    @Whitelisted
    public String getId() {
        return id;
    }

    /** The names that it got. */
    @Whitelisted
    public List<String> getTags() {
        return Collections.unmodifiableList(tags);
    }

    /** The digest of its manifest in the registry; null when it was not pushed. */
    @CheckForNull
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    /** The pushed names, each pinned to its digest; empty when it was not pushed. */
    @Whitelisted
    public List<String> getReferences() {
        return Collections.unmodifiableList(references);
    }

    /** Its size in the daemon, in bytes. */
    @Whitelisted
    public long getSizeBytes() {
        return sizeBytes;
    }

    /** How many layers it has. */
    @Whitelisted
    public int getLayers() {
        return layers;
    }

    /** How long the whole call took, in milliseconds. */
    @Whitelisted
    public long getDurationMillis() {
        return durationMillis;
    }

    /** The build's steps. */
    @Whitelisted
    public List<Step> getSteps() {
        return Collections.unmodifiableList(steps);
    }

    /** The closing line in the log. */
    String summary() {
        String names = tags.isEmpty() ? "" : " as " + String.join(", ", tags);
        return String.format(
                Locale.ROOT,
                "Built %s%s (%.1f MB, %d layers, %.1f s)",
                id,
                names,
                sizeBytes / 1e6,
                layers,
                durationMillis / 1e3);
    }

    @Override
    public Map<String, String> variables() {
        return Variables.of(id, digest, tags);
    }

    /** The id, for use in a string. */
    @Override
    @Whitelisted
    public String toString() {
        return id;
    }

    /** One step of the build. */
    public static final class Step implements Serializable {

        private static final long serialVersionUID = 1L;

        private final String name;
        private final boolean cached;
        private final long durationMillis;

        Step(String name, boolean cached, long durationMillis) {
            this.name = name;
            this.cached = cached;
            this.durationMillis = durationMillis;
        }

        /** The instruction. */
        @Whitelisted
        public String getName() {
            return name;
        }

        /** Whether it was taken from the cache. */
        @Whitelisted
        public boolean isCached() {
            return cached;
        }

        /** How long it took, in milliseconds. */
        @Whitelisted
        public long getDurationMillis() {
            return durationMillis;
        }

        @Override
        @Whitelisted
        public String toString() {
            return name + (cached ? " (cached)" : " (" + durationMillis + " ms)");
        }
    }
}

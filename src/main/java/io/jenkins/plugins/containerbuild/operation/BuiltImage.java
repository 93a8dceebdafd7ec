package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.containerbuild.engine.build.Attestation;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.BuildStep;
import io.jenkins.plugins.containerbuild.engine.build.BuildWarning;
import io.jenkins.plugins.containerbuild.engine.build.DockerfileAnswer;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** An image that was built; what {@code containerBuild} returns. */
public final class BuiltImage implements OperationResult {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final ArrayList<String> tags;
    private final String digest;
    private final LinkedHashMap<String, String> platforms;
    private final ArrayList<Statement> attestations;
    private final ArrayList<String> references;
    private final Long sizeBytes;
    private final Integer layers;
    private final long durationMillis;
    private final ArrayList<Step> steps;
    private final ArrayList<String> outputs;
    private final ArrayList<Warning> warnings;
    private final String call;
    private final String answer;

    private BuiltImage(BuildResult answer) {
        id = text(answer.imageId());
        tags = listed(answer.tags(), ImageReference::toString);
        digest = text(answer.digest());
        platforms = new LinkedHashMap<>();
        answer.platforms().forEach((platform, manifest) -> platforms.put(platform, manifest.toString()));
        attestations = listed(answer.attestations(), Statement::new);
        references = PushedImage.pinned(answer.pushed());
        sizeBytes = answer.sizeBytes();
        layers = answer.layerCount();
        durationMillis = answer.duration().toMillis();
        steps = listed(answer.steps(), Step::new);
        outputs = new ArrayList<>(answer.outputs());
        warnings = listed(answer.warnings(), Warning::new);
        DockerfileAnswer asked = answer.answer();
        call = asked == null ? null : asked.call().toString();
        this.answer = asked == null ? null : asked.json();
    }

    private static String text(@CheckForNull Digest value) {
        return value == null ? null : value.toString();
    }

    private static <T, R> ArrayList<R> listed(List<T> values, Function<T, R> form) {
        return values.stream().map(form).collect(Collectors.toCollection(ArrayList::new));
    }

    static BuiltImage of(BuildResult answer) {
        return new BuiltImage(answer);
    }

    /** The image's id in the daemon: {@code sha256:} and 64 hex digits; null when it is not among the daemon's images. */
    @CheckForNull
    @Whitelisted
    public String getId() {
        return id;
    }

    /** The names that it got. */
    @Whitelisted
    public List<String> getTags() {
        return Collections.unmodifiableList(tags);
    }

    /** The digest of its manifest, or of the index over several; null when the builder does not tell and it was not pushed. */
    @CheckForNull
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    /** The digest of each platform's manifest, such as by {@code linux/arm64}; empty unless the digest is an index's. */
    @Whitelisted
    public Map<String, String> getPlatforms() {
        return Collections.unmodifiableMap(platforms);
    }

    /** What the builder states about it; empty unless the build asked for that. */
    @Whitelisted
    public List<Statement> getAttestations() {
        return Collections.unmodifiableList(attestations);
    }

    /** The pushed names, each pinned to its digest; empty when it was not pushed. */
    @Whitelisted
    public List<String> getReferences() {
        return Collections.unmodifiableList(references);
    }

    /** Its size in the daemon, in bytes; null when it is not there. */
    @CheckForNull
    @Whitelisted
    public Long getSizeBytes() {
        return sizeBytes;
    }

    /** How many layers it has; null when it is not in the daemon. */
    @CheckForNull
    @Whitelisted
    public Integer getLayers() {
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

    /** The files and directories that were written, as absolute paths on the agent. */
    @Whitelisted
    public List<String> getOutputs() {
        return Collections.unmodifiableList(outputs);
    }

    /** What the builder found in the Dockerfile. */
    @Whitelisted
    public List<Warning> getWarnings() {
        return Collections.unmodifiableList(warnings);
    }

    /** What the Dockerfile answered to the option {@code call}, as JSON of BuildKit's; null after a build. */
    @CheckForNull
    @Whitelisted
    public String getAnswer() {
        return answer;
    }

    /** The closing line in the log. */
    String summary() {
        if (call != null) {
            return "Called '" + call + "' for the Dockerfile"
                    + String.format(Locale.ROOT, " (%.1f s)", durationMillis / 1e3);
        }
        String what = id != null ? id : digest != null ? digest : String.join(", ", outputs);
        String names = tags.isEmpty() ? "" : " as " + String.join(", ", tags);
        String size = sizeBytes == null ? "" : String.format(Locale.ROOT, "%.1f MB, ", sizeBytes / 1e6);
        String count = layers == null ? "" : layers + " layers, ";
        return "Built " + what + names + String.format(Locale.ROOT, " (%s%s%.1f s)", size, count, durationMillis / 1e3);
    }

    @Override
    public Map<String, String> variables() {
        return Variables.of(id, digest, tags, outputs);
    }

    /** The id, or the digest of an image that the daemon does not have; empty when there is no image. For use in a string. */
    @Override
    @Whitelisted
    public String toString() {
        return id != null ? id : digest != null ? digest : "";
    }

    /** One step of the build. */
    public static final class Step implements Serializable {

        private static final long serialVersionUID = 1L;

        private final String name;
        private final boolean cached;
        private final long startMillis;
        private final long endMillis;
        private final long durationMillis;
        private final long bytes;

        Step(BuildStep step) {
            name = step.name();
            cached = step.cached();
            startMillis = step.started().toEpochMilli();
            endMillis = step.ended().toEpochMilli();
            durationMillis = step.duration().toMillis();
            bytes = step.bytes();
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

        /** When it began, in milliseconds since 1970. */
        @Whitelisted
        public long getStartMillis() {
            return startMillis;
        }

        /** When it ended, in milliseconds since 1970. */
        @Whitelisted
        public long getEndMillis() {
            return endMillis;
        }

        /** How long the daemon worked on it, in milliseconds. */
        @Whitelisted
        public long getDurationMillis() {
            return durationMillis;
        }

        /** How many bytes it moved, such as those of a base image or of the context; 0 when that is not known. */
        @Whitelisted
        public long getBytes() {
            return bytes;
        }

        @Override
        @Whitelisted
        public String toString() {
            return name + (cached ? " (cached)" : " (" + durationMillis + " ms)");
        }
    }

    /** An attestation: how the image was built, or what is in it. */
    public static final class Statement implements Serializable {

        private static final long serialVersionUID = 1L;

        private final String platform;
        private final String predicateType;
        private final String digest;
        private final String text;

        Statement(Attestation attestation) {
            platform = attestation.platform();
            predicateType = attestation.predicateType();
            digest = attestation.digest().toString();
            text = attestation.statement();
        }

        /** The platform of the image that it is about; null when the index does not tell. */
        @CheckForNull
        @Whitelisted
        public String getPlatform() {
            return platform;
        }

        /** What it states, such as {@code https://slsa.dev/provenance/v1} or {@code https://spdx.dev/Document}. */
        @Whitelisted
        public String getPredicateType() {
            return predicateType;
        }

        /** The statement's own digest. */
        @Whitelisted
        public String getDigest() {
            return digest;
        }

        /** The in-toto statement as JSON; null when it has more than a megabyte. */
        @CheckForNull
        @Whitelisted
        public String getStatement() {
            return text;
        }

        @Override
        @Whitelisted
        public String toString() {
            return predicateType + (platform == null ? "" : " for " + platform);
        }
    }

    /** Something that the builder found in the Dockerfile. */
    public static final class Warning implements Serializable {

        private static final long serialVersionUID = 1L;

        private final String rule;
        private final String text;
        private final String file;
        private final int line;
        private final String url;

        Warning(BuildWarning warning) {
            rule = warning.rule();
            text = warning.text();
            file = warning.file();
            line = warning.line();
            url = warning.url();
        }

        /** The name of the builder's rule, such as {@code FromAsCasing}; null when it names none. */
        @CheckForNull
        @Whitelisted
        public String getRule() {
            return rule;
        }

        /** What it found, in one line. */
        @Whitelisted
        public String getText() {
            return text;
        }

        /** The Dockerfile's name; null when it is not known. */
        @CheckForNull
        @Whitelisted
        public String getFile() {
            return file;
        }

        /** The line, counted from 1; 0 when it is not known. */
        @Whitelisted
        public int getLine() {
            return line;
        }

        /** Where the rule is explained; null when there is no such page. */
        @CheckForNull
        @Whitelisted
        public String getUrl() {
            return url;
        }

        @Override
        @Whitelisted
        public String toString() {
            return file == null ? text : file + (line == 0 ? "" : ":" + line) + ": " + text;
        }
    }
}

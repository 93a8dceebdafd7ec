package io.jenkins.plugins.containerbuild.operation;

import io.jenkins.plugins.containerbuild.engine.registry.direct.MergeResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** Images that were merged; what {@code containerMerge} returns. It is in registries alone, and so has no id. */
public final class MergedImage implements OperationResult {

    private static final long serialVersionUID = 1L;

    private final String digest;
    private final LinkedHashMap<String, String> platforms;
    private final ArrayList<String> tags;
    private final ArrayList<String> references;
    private final long durationMillis;

    private MergedImage(MergeResult answer) {
        digest = answer.digest().toString();
        platforms = new LinkedHashMap<>();
        answer.platforms().forEach((platform, manifest) -> platforms.put(platform, manifest.toString()));
        tags = answer.pushed().stream()
                .map(pushed -> pushed.reference().toString())
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
        references = PushedImage.pinned(answer.pushed());
        durationMillis = answer.duration().toMillis();
    }

    static MergedImage of(MergeResult answer) {
        return new MergedImage(answer);
    }

    /** The digest of the index; the same in every registry. */
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    /** The digest of each platform's manifest, such as by {@code linux/arm64}. */
    @Whitelisted
    public Map<String, String> getPlatforms() {
        return Collections.unmodifiableMap(platforms);
    }

    /** The names that the index got. */
    @Whitelisted
    public List<String> getTags() {
        return Collections.unmodifiableList(tags);
    }

    /** The same names, each pinned to the digest, as a deployment should use them. */
    @Whitelisted
    public List<String> getReferences() {
        return Collections.unmodifiableList(references);
    }

    /** How long the whole call took, in milliseconds. */
    @Whitelisted
    public long getDurationMillis() {
        return durationMillis;
    }

    @Override
    public Map<String, String> variables() {
        return Variables.of(null, digest, tags);
    }

    /** The pinned names, for use in a string. */
    @Override
    @Whitelisted
    public String toString() {
        return String.join(" ", references);
    }
}

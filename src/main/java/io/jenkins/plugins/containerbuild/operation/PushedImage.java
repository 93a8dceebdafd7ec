package io.jenkins.plugins.containerbuild.operation;

import io.jenkins.plugins.containerbuild.engine.registry.PushResult;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** An image that was pushed; what {@code containerPush} returns. */
public final class PushedImage implements OperationResult {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final String digest;
    private final ArrayList<String> tags;
    private final ArrayList<String> references;
    private final long durationMillis;

    private PushedImage(PushResult answer) {
        id = answer.imageId().toString();
        digest = answer.pushed().get(0).digest().toString();
        tags = answer.pushed().stream()
                .map(pushed -> pushed.reference().toString())
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
        references = pinned(answer.pushed());
        durationMillis = answer.duration().toMillis();
    }

    static PushedImage of(PushResult answer) {
        return new PushedImage(answer);
    }

    /** Names with the digest under which each stands in its registry. */
    static ArrayList<String> pinned(List<PushedReference> pushed) {
        return pushed.stream()
                .map(reference -> reference.pinned().toString())
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    }

    /** The image's id in the daemon. */
    @Whitelisted
    public String getId() {
        return id;
    }

    /** The digest of its manifest in the registry; that of the first name when registries differ. */
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    /** The names that it was pushed under. */
    @Whitelisted
    public List<String> getTags() {
        return Collections.unmodifiableList(tags);
    }

    /** The same names, each pinned to its digest, as a deployment should use them. */
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
        return Variables.of(id, digest, tags);
    }

    /** The pinned names, for use in a string. */
    @Override
    @Whitelisted
    public String toString() {
        return String.join(" ", references);
    }
}

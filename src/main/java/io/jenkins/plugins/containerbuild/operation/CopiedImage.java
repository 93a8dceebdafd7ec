package io.jenkins.plugins.containerbuild.operation;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.CopyResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** An image that was copied; what {@code containerCopy} returns. It is in registries alone, and so has no id. */
public final class CopiedImage implements OperationResult {

    private static final long serialVersionUID = 1L;

    private final String digest;
    private final ArrayList<String> tags;
    private final ArrayList<String> references;
    private final ArrayList<String> referrers;
    private final long transferredBytes;
    private final long durationMillis;

    private CopiedImage(CopyResult answer) {
        digest = answer.digest().toString();
        tags = answer.pushed().stream()
                .map(pushed -> pushed.reference().toString())
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
        references = PushedImage.pinned(answer.pushed());
        referrers = answer.referrers().stream()
                .map(Digest::toString)
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
        transferredBytes = answer.transferredBytes();
        durationMillis = answer.duration().toMillis();
    }

    static CopiedImage of(CopyResult answer) {
        return new CopiedImage(answer);
    }

    /** The digest of the image or index; the same under every name. */
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    /** The names that the image got. */
    @Whitelisted
    public List<String> getTags() {
        return Collections.unmodifiableList(tags);
    }

    /** The same names, each pinned to the digest, as a deployment should use them. */
    @Whitelisted
    public List<String> getReferences() {
        return Collections.unmodifiableList(references);
    }

    /** The digests of signatures, SBOMs and attestations that were brought along. */
    @Whitelisted
    public List<String> getReferrers() {
        return Collections.unmodifiableList(referrers);
    }

    /** How much was read from one repository and written to another one; 0 when the registry did it by itself. */
    @Whitelisted
    public long getTransferredBytes() {
        return transferredBytes;
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

package io.jenkins.plugins.containerbuild.operation;

import io.jenkins.plugins.containerbuild.engine.registry.direct.DeleteResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** An image that is no longer in its registry; what {@code containerDelete} returns. */
public final class DeletedImage implements OperationResult {

    private static final long serialVersionUID = 1L;

    private final String image;
    private final String digest;
    private final ArrayList<String> tags;

    private DeletedImage(DeleteResult answer) {
        image = answer.image().toString();
        digest = answer.digest().toString();
        tags = new ArrayList<>(answer.tags());
    }

    static DeletedImage of(DeleteResult answer) {
        return new DeletedImage(answer);
    }

    /** The name by which it was asked for, completed. */
    @Whitelisted
    public String getImage() {
        return image;
    }

    /** The digest of what was removed. */
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    /** The tags that led to it and are gone as well, as far as they were looked at. */
    @Whitelisted
    public List<String> getTags() {
        return Collections.unmodifiableList(tags);
    }

    /** None: there is no image that later build steps could use. */
    @Override
    public Map<String, String> variables() {
        return Map.of();
    }

    /** The digest, for use in a string. */
    @Override
    @Whitelisted
    public String toString() {
        return digest;
    }
}

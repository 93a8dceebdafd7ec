package io.jenkins.plugins.containerbuild.engine.image.tagging;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.Serializable;
import java.util.Optional;

/** What a rule takes a tag from. */
interface RuleSource extends Serializable {

    /**
     * A tag without prefix and suffix.
     *
     * @param value not yet made valid
     * @param latest whether {@code latest} goes with it, where the flavor does not say
     */
    record Found(String value, boolean latest) {}

    /**
     * The tag; nothing where the rule is none for this build.
     *
     * @throws InvalidRequestException when the rule fails on this build's facts
     */
    Optional<Found> find(Evaluation evaluation) throws InvalidRequestException;
}

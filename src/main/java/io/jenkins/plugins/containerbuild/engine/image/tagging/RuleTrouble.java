package io.jenkins.plugins.containerbuild.engine.image.tagging;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.Printable;

/** Says which rule is wrong, where, and what would be right. */
final class RuleTrouble {

    /** For an attribute whose comma was taken for its end. */
    static final String QUOTING =
            "An attribute that holds a comma stands in double quotes as a whole: \"value={{date 'MMM D, YYYY'}}\"";

    private RuleTrouble() {}

    /** A text that is no rule. */
    static InvalidRequestException unreadable(String rule, String why, String advice) {
        return new InvalidRequestException(
                "could not read the tag rule '" + Printable.shortened(rule) + "'", why, advice);
    }

    /** A rule that makes no tag of this build's facts. */
    static InvalidRequestException unusable(String rule, String why, String advice) {
        return new InvalidRequestException(
                "could not apply the tag rule '" + Printable.shortened(rule) + "'", why, advice);
    }
}

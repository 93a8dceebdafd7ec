package io.jenkins.plugins.containerbuild.engine.image.tagging;

import java.io.Serializable;

/**
 * What stands around a tag.
 *
 * @param prefix null where nothing is said of it, which is not the same as nothing before the tag
 * @param suffix null where nothing is said of it
 */
record Affixes(Template prefix, Template suffix) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Those that are said here, else those that are said there. */
    Affixes orElse(Affixes other) {
        return new Affixes(prefix == null ? other.prefix : prefix, suffix == null ? other.suffix : suffix);
    }

    String around(String text, Evaluation evaluation) {
        return (prefix == null ? "" : evaluation.expand(prefix))
                + text
                + (suffix == null ? "" : evaluation.expand(suffix));
    }
}

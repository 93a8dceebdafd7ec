package io.jenkins.plugins.containerbuild.engine.build;

import java.io.Serializable;

/**
 * Something that the daemon found in the Dockerfile and built all the same.
 *
 * @param rule the name of BuildKit's rule, such as {@code FromAsCasing}; null when the daemon names none
 * @param text what it found, in one line; not null
 * @param file the Dockerfile's name, or null when it is not known
 * @param line the line in it, counted from 1; 0 when it is not known
 * @param url where the rule is explained, or null
 */
public record BuildWarning(String rule, String text, String file, int line, String url) implements Serializable {

    private static final long serialVersionUID = 1L;
}

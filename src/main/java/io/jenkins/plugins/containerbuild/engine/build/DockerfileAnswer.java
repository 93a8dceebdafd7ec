package io.jenkins.plugins.containerbuild.engine.build;

import java.io.Serializable;
import java.util.Objects;

/**
 * What a Dockerfile answers when it is asked instead of built.
 *
 * @param call what was asked; not {@link Call#BUILD}
 * @param text the answer for people, of several lines; not null
 * @param json the answer for programs, as BuildKit's frontend gives it, without the Dockerfile's text; not null
 */
public record DockerfileAnswer(Call call, String text, String json) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Nothing may be missing. */
    public DockerfileAnswer {
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(json, "json");
    }
}

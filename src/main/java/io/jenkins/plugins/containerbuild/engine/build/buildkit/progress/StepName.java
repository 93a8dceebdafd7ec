package io.jenkins.plugins.containerbuild.engine.build.buildkit.progress;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What BuildKit calls a piece of its work: {@code [2/3] RUN make} and {@code [test 1/4] FROM base} are instructions,
 * {@code [internal] load build context} and {@code exporting to image} are not.
 *
 * @param text the whole name on one line
 * @param prefix {@code [2/3]}, {@code [test 1/4]}, {@code [internal]}, or an empty text
 * @param instruction whether it is an instruction of the Dockerfile
 */
record StepName(String text, String prefix, boolean instruction) {

    private static final Pattern NUMBERED = Pattern.compile("\\[(?:\\S{1,200} )?\\d{1,6}/\\d{1,6}\\]");
    private static final Pattern BRACKETED = Pattern.compile("\\[[^\\]]{1,300}\\]");

    static StepName of(String name) {
        String text = name.replace('\n', ' ').strip();
        Matcher bracketed = BRACKETED.matcher(text);
        String prefix = bracketed.lookingAt() ? bracketed.group() : "";
        return new StepName(text, prefix, NUMBERED.matcher(prefix).matches());
    }

    boolean internal() {
        return prefix.equals("[internal]");
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A file that {@code COPY} or {@code ADD} did not find. When it lies in the context all the same, then it was not sent, and
 * only the ignore file can be the reason.
 *
 * @param context the build's context
 * @param path the file as the daemon names it, from the context's root; null when no file is missing
 * @param step the daemon's name of the instruction; may be null
 */
record MissingFile(String context, String path, String step) {

    boolean isOne() {
        return path != null;
    }

    private boolean isFromElsewhere() {
        return step != null && step.contains("--from=");
    }

    private String name() {
        return path.substring(1);
    }

    String why() {
        return isFromElsewhere()
                ? "there is no " + path + " to copy"
                : "the build context has no file " + name() + (isIgnored() ? " for the daemon" : "");
    }

    String advice() {
        if (isFromElsewhere()) {
            return "Check the path, and that the stage or image makes it";
        }
        if (isIgnored()) {
            return "The file is there, but the ignore file (.dockerignore) leaves it out: change the pattern that does,"
                    + " or add the line !" + name();
        }
        return "Paths in COPY and ADD start from the build context " + context
                + "; check the spelling, upper and lower case count";
    }

    private boolean isIgnored() {
        try {
            Path root = Path.of(context).toAbsolutePath().normalize();
            Path file = root.resolve(name()).normalize();
            return Files.isDirectory(root) && file.startsWith(root) && Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}

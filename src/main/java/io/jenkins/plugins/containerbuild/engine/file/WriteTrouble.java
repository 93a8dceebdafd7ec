package io.jenkins.plugins.containerbuild.engine.file;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Turns the trouble of writing something into messages that say what to do.
 *
 * @param noun what is written, as messages name it: {@code the output}
 * @param option the option that says where
 */
public record WriteTrouble(String noun, String option) {

    /** What could not be done. */
    public String what(Path dest) {
        return "could not write " + noun + " " + Printable.escaped(dest.toString());
    }

    /** Writing failed with this. */
    public EngineException of(Path dest, IOException cause) {
        return new EngineException(what(dest), reason(dest, cause), advice(cause), cause);
    }

    private static String reason(Path dest, IOException cause) {
        if (!(cause instanceof FileSystemException known)) {
            return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        }
        String why = known instanceof AccessDeniedException
                ? "the user '" + System.getProperty("user.name") + "' has no permission to write there"
                : known.getReason() == null ? known.getClass().getSimpleName() : known.getReason();
        boolean elsewhere = known.getFile() != null && !known.getFile().equals(dest.toString());
        return elsewhere ? Printable.escaped(known.getFile()) + ": " + why : why;
    }

    private String advice(IOException cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("quota exceeded") || text.contains("not enough space")) {
            return "The disk of the machine that runs the build is full: free space there, or give another " + option;
        }
        if (cause.getCause() instanceof InvalidPathException) {
            return "Start Java there with a UTF-8 locale, for example LC_ALL=C.UTF-8";
        }
        if (cause instanceof AccessDeniedException || text.contains("read-only file system")) {
            return "Give a " + option + " that this user may write to, or change its owner or mode";
        }
        return "Check the disk of the machine that runs the build, and look into the daemon's log";
    }
}

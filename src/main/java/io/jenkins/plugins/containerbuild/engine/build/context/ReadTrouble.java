package io.jenkins.plugins.containerbuild.engine.build.context;

import io.jenkins.plugins.containerbuild.engine.image.Printable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Turns the trouble of reading a context into messages that name the file and what to do. */
final class ReadTrouble {

    private static final String STAND_STILL =
            "Make sure that nothing else changes the context during the build, or list the file in .dockerignore";

    private ReadTrouble() {}

    /** Why a file could not be read, without its name. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "the user '" + System.getProperty("user.name") + "' has no permission to read it";
        }
        if (e instanceof NoSuchFileException) {
            return "it does not exist";
        }
        if (e instanceof FileSystemException known && known.getReason() != null) {
            return known.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** A file of the context could not be read although it was just there. */
    static IOException sending(Path context, String path, IOException cause) {
        if (cause instanceof ClosedByInterruptException || cause instanceof InterruptedIOException) {
            return interrupted(cause);
        }
        if (cause instanceof NoSuchFileException || cause instanceof NotDirectoryException) {
            return failure(context, path, "it vanished while the context was being sent", STAND_STILL, cause);
        }
        if (cause instanceof UnreadableNameException) {
            return failure(context, path, cause.getMessage(), UnreadableNameException.ADVICE, cause);
        }
        String advice = "Make it readable for the user that runs the build, or list it in .dockerignore";
        return failure(context, path, reason(cause), advice, cause);
    }

    static IOException shrunk(Path context, String path, long announced, long found) {
        String why = "it shrank from " + announced + " to " + found + " bytes while the context was being sent";
        return failure(context, path, why, STAND_STILL, null);
    }

    static IOException unsupported(Path context, String path, String kind) {
        return failure(
                context, path, "it is a " + kind + ", which no image can take", "List it in .dockerignore", null);
    }

    static IOException badPattern(Path context, String pattern, BadPatternException cause) {
        return new ContextReadException(
                "could not send the build context " + Printable.escaped(context.toString()),
                "the daemon asked for '" + Printable.shortened(pattern) + "', which is no pattern: "
                        + cause.getMessage(),
                "Correct the wildcards in the Dockerfile's COPY and ADD, or in .dockerignore",
                new IOException(cause));
    }

    static InterruptedIOException interrupted(Throwable cause) {
        InterruptedIOException e = new InterruptedIOException("sending the build context was cancelled");
        e.initCause(cause);
        return e;
    }

    private static IOException failure(Path context, String path, String why, String advice, IOException cause) {
        return new ContextReadException(
                "could not send '" + Printable.escaped(path) + "' of the build context "
                        + Printable.escaped(context.toString()),
                why,
                advice,
                cause);
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit.transport;

import java.io.IOException;
import java.util.Locale;

/** What broke a connection, in people's words: gRPC's own are for those who program with it. */
final class LostConnection {

    private static final String STATUS = "UNAVAILABLE: ";

    private LostConnection() {}

    /** The same with a message for people, and as its cause what the operating system said, if anything. */
    static IOException plain(IOException failure) {
        IOException innermost = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io) {
                innermost = io;
            }
        }
        IOException plain = new IOException(words(innermost));
        plain.addSuppressed(failure);
        return plain;
    }

    private static String words(IOException failure) {
        String said = failure.getMessage() == null ? "" : failure.getMessage();
        String text = said.startsWith(STATUS) ? said.substring(STATUS.length()) : said;
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("keepalive")) {
            return "it gives no sign of life any more";
        }
        boolean gone = lower.isEmpty()
                || lower.contains("end of stream")
                || lower.contains("io exception")
                || lower.contains("network closed")
                || lower.contains("transport is closing")
                || lower.contains("connection to the daemon was lost");
        return gone ? "it closed the connection" : text;
    }
}

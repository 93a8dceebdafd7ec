package io.jenkins.plugins.containerbuild.engine;

import java.util.Arrays;

/**
 * A value that must not be shown. It lives in memory only: it is not serializable, its text form hides it, and
 * {@link #close()} overwrites it.
 */
public final class Secret implements AutoCloseable {

    private final char[] value;

    private Secret(char[] value) {
        this.value = value;
    }

    /** Copies the characters; the caller may clear its own. */
    public static Secret of(char[] value) {
        return new Secret(value.clone());
    }

    /** For callers that have the value only as a string. */
    public static Secret of(String value) {
        return new Secret(value.toCharArray());
    }

    /** The value itself, for the moment of its use; zero characters after {@link #close()}. */
    public String reveal() {
        return new String(value);
    }

    /** Whether there is nothing to hide. */
    public boolean isEmpty() {
        return value.length == 0;
    }

    /** Overwrites the value. */
    @Override
    public void close() {
        Arrays.fill(value, '\0');
    }

    /** Always the same text. */
    @Override
    public String toString() {
        return "****";
    }
}

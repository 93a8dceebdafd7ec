package io.jenkins.plugins.containerbuild.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A secret that need not be text: a file, a key. It lives in memory only: it is not serializable, its text form hides it,
 * and {@link #close()} overwrites it.
 */
public final class SecretBytes implements AutoCloseable {

    private final byte[] value;

    private SecretBytes(byte[] value) {
        this.value = value;
    }

    /** Copies the bytes; the caller may clear its own. */
    public static SecretBytes of(byte[] value) {
        return new SecretBytes(value.clone());
    }

    /** For callers that have the value only as a string; it becomes UTF-8. */
    public static SecretBytes of(String value) {
        return new SecretBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of the value, for the moment of its use; zeros after {@link #close()}. */
    public byte[] reveal() {
        return value.clone();
    }

    /** How many bytes it has. */
    public int size() {
        return value.length;
    }

    /** Overwrites the value. */
    @Override
    public void close() {
        Arrays.fill(value, (byte) 0);
    }

    /** Always the same text. */
    @Override
    public String toString() {
        return "****";
    }
}

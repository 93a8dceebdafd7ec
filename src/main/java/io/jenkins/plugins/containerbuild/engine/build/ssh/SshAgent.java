package io.jenkins.plugins.containerbuild.engine.build.ssh;

import java.io.Closeable;
import java.io.IOException;

/**
 * One client's connection to keys, in the terms of the SSH agent protocol (draft-ietf-sshm-ssh-agent): messages without
 * their length. Only {@link #LIST} and {@link #SIGN} get here.
 */
interface SshAgent extends Closeable {

    /** The request for all public keys. */
    int LIST = 11;
    /** The request for a signature. */
    int SIGN = 13;

    /**
     * Answers one request.
     *
     * @param request its first byte is its kind; never empty
     * @throws IOException when it cannot be answered; the client is told that it failed
     */
    byte[] answer(byte[] request) throws IOException;

    @Override
    default void close() throws IOException {}
}

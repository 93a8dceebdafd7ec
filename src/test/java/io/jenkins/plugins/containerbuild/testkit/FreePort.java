package io.jenkins.plugins.containerbuild.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for what a test starts later. It is none of those that the kernel gives to whoever asks for any: seconds go by until
 * a daemon listens, and somebody else would have it by then.
 */
public final class FreePort {

    private static final int FIRST = 26_000;
    private static final int PORTS = 4000;

    private FreePort() {}

    /** Nobody listens there now. */
    public static int find() {
        for (int attempt = 0; attempt < PORTS; attempt++) {
            int port = FIRST + ThreadLocalRandom.current().nextInt(PORTS);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException e) {
                // taken
            }
        }
        throw new IllegalStateException("no free port from " + FIRST + " on");
    }
}

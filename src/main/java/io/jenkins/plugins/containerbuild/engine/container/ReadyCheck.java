package io.jenkins.plugins.containerbuild.engine.container;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Looks whether a container is ready. */
final class ReadyCheck {

    private static final int CONNECT_MILLIS = 1000;

    /** How long a daemon's proxy may take to find out that nobody listens behind it, on a machine that has much to do. */
    private static final int STAYS_OPEN_MILLIS = 1000;

    private final ContainerStore store;

    ReadyCheck(ContainerStore store) {
        this.store = store;
    }

    /** Whether a running container is ready. */
    boolean isReady(ContainerDetails container, Readiness.Condition condition) throws InterruptedException {
        if (condition instanceof Readiness.Healthy) {
            return "healthy".equals(container.health());
        }
        if (condition instanceof Readiness.PortOpen open) {
            return isBeside(container, open.port()) || isPublished(container, open.port());
        }
        if (condition instanceof Readiness.LogLine line) {
            Pattern pattern = Pattern.compile(line.pattern());
            return store.lastLines(container.id(), 0).stream()
                    .anyMatch(text -> pattern.matcher(text).find());
        }
        return true;
    }

    /** For an agent beside the container, who reaches it by its own addresses. */
    private static boolean isBeside(ContainerDetails container, int port) {
        return container.addresses().values().stream()
                .anyMatch(address -> takesConnections(new InetSocketAddress(address, port), socket -> true));
    }

    /** The daemon's proxy for published ports takes connections before the container does, and closes them again. */
    private static boolean isPublished(ContainerDetails container, int port) {
        OptionalInt published = container.port(port);
        return published.isPresent()
                && takesConnections(
                        new InetSocketAddress(container.host(), published.getAsInt()), ReadyCheck::staysOpen);
    }

    /** What has to be true of a connection. */
    private interface Connected {
        boolean fits(Socket socket) throws IOException;
    }

    private static boolean takesConnections(InetSocketAddress place, Connected connected) {
        try (Socket socket = new Socket()) {
            socket.connect(place, CONNECT_MILLIS);
            return connected.fits(socket);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean staysOpen(Socket socket) throws IOException {
        socket.setSoTimeout(STAYS_OPEN_MILLIS);
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true; // it waits for its client to speak
        }
    }
}

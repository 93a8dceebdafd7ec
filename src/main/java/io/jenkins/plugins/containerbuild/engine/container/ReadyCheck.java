package io.jenkins.plugins.containerbuild.engine.container;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Looks whether a container is ready. */
final class ReadyCheck {

    private static final int CONNECT_MILLIS = 1000;
    private static final int STAYS_OPEN_MILLIS = 200;

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
            return places(container, open.port()).stream().anyMatch(ReadyCheck::takesConnections);
        }
        if (condition instanceof Readiness.LogLine line) {
            Pattern pattern = Pattern.compile(line.pattern());
            return store.lastLines(container.id(), 0).stream()
                    .anyMatch(text -> pattern.matcher(text).find());
        }
        return true;
    }

    /** The container's own addresses, for an agent beside it, and where the port is published. */
    private static List<InetSocketAddress> places(ContainerDetails container, int port) {
        List<InetSocketAddress> places = new ArrayList<>();
        container.addresses().values().forEach(address -> places.add(new InetSocketAddress(address, port)));
        container.port(port).ifPresent(published -> places.add(new InetSocketAddress(container.host(), published)));
        return places;
    }

    /** The daemon's proxy for published ports takes connections before the container does, and closes them again. */
    private static boolean takesConnections(InetSocketAddress place) {
        try (Socket socket = new Socket()) {
            socket.connect(place, CONNECT_MILLIS);
            socket.setSoTimeout(STAYS_OPEN_MILLIS);
            return staysOpen(socket);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean staysOpen(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true; // it waits for its client to speak
        }
    }
}

package io.jenkins.plugins.containerbuild.engine.container;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Looks whether a container is ready. */
final class ReadyCheck {

    private static final int CONNECT_MILLIS = 1000;

    /**
     * How long a daemon's proxy may take to find out that nobody listens behind it: a lost packet is sent again after one
     * second.
     */
    private static final int STAYS_OPEN_MILLIS = 2000;

    /** The same where the container's own address says that nobody listens; the machine may have too much to do. */
    private static final int STAYS_OPEN_IN_DOUBT_MILLIS = 10_000;

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
            Answer own = ownAnswer(container, open.port());
            return own == Answer.OPEN || isPublished(container, open.port(), own);
        }
        if (condition instanceof Readiness.LogLine line) {
            Pattern pattern = Pattern.compile(line.pattern());
            return store.lastLines(container.id(), 0).stream()
                    .anyMatch(text -> pattern.matcher(text).find());
        }
        return true;
    }

    /** What an address said of a port. */
    private enum Answer {
        OPEN,
        CLOSED,
        NONE
    }

    /** For an agent beside the container, who reaches it by its own addresses. */
    private static Answer ownAnswer(ContainerDetails container, int port) {
        Answer answer = Answer.NONE;
        for (String address : container.addresses().values()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
                return Answer.OPEN;
            } catch (ConnectException e) {
                answer = Answer.CLOSED;
            } catch (IOException e) {
                // nobody there, as seen from here
            }
        }
        return answer;
    }

    /**
     * The daemon's proxy for published ports takes connections before the container does, and closes them again. What the
     * container's own address said is not the last word: far from the daemon, it may be somebody else's.
     */
    private static boolean isPublished(ContainerDetails container, int port, Answer own) {
        OptionalInt published = container.port(port);
        if (published.isEmpty()) {
            return false;
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(container.host(), published.getAsInt()), CONNECT_MILLIS);
            socket.setSoTimeout(own == Answer.CLOSED ? STAYS_OPEN_IN_DOUBT_MILLIS : STAYS_OPEN_MILLIS);
            return speaksOrWaits(socket);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean speaksOrWaits(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true; // it waits for its client to speak
        }
    }
}

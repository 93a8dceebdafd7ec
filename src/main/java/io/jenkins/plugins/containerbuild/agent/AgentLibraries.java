package io.jenkins.plugins.containerbuild.agent;

import hudson.remoting.Channel;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import hudson.remoting.Which;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sends an agent the libraries that the engine needs as whole files, once per connection. Remoting by itself asks the
 * controller for each of some thousand classes when it is first used, which makes up most of a first build's time, and more
 * of it the farther the agent is away.
 */
final class AgentLibraries {

    private static final Logger LOGGER = Logger.getLogger(AgentLibraries.class.getName());

    /** One class of each library that comes from another plugin or from Jenkins itself. */
    private static final List<String> MARKS = List.of(
            "com.github.dockerjava.api.DockerClient",
            "com.github.dockerjava.core.DockerClientImpl",
            "com.github.dockerjava.transport.DockerHttpClient",
            "com.github.dockerjava.httpclient5.ApacheDockerHttpClient",
            "org.apache.hc.client5.http.classic.HttpClient",
            "org.apache.hc.core5.http.HttpHost",
            "org.apache.hc.core5.http2.HttpVersionPolicy",
            "com.fasterxml.jackson.annotation.JsonProperty",
            "com.fasterxml.jackson.core.JsonFactory",
            "com.fasterxml.jackson.databind.ObjectMapper",
            "com.google.common.base.Preconditions",
            "com.google.common.util.concurrent.internal.InternalFutureFailureAccess",
            "org.apache.commons.compress.archivers.ArchiveEntry",
            "org.slf4j.LoggerFactory",
            "org.slf4j.jul.JULServiceProvider");

    /** Bytes. */
    private static final long PIECE = 2_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private boolean sent;

    private AgentLibraries() {}

    /**
     * Sends them, unless this connection has them; to be called before anything of the engine is. Where nothing can be sent,
     * Remoting fetches class by class.
     *
     * @throws InterruptedException when the thread was interrupted
     */
    static void send(VirtualChannel channel) throws InterruptedException {
        if (channel instanceof Channel connection) {
            ofConnection(connection).sendOnce(connection);
        }
    }

    private static AgentLibraries ofConnection(Channel connection) {
        synchronized (AgentLibraries.class) {
            AgentLibraries known = (AgentLibraries) connection.getProperty(AgentLibraries.class);
            if (known == null) {
                known = new AgentLibraries();
                connection.setProperty(AgentLibraries.class, known);
            }
            return known;
        }
    }

    /** Whoever comes second waits: its classes are among those that are on their way. */
    private void sendOnce(Channel connection) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!sent) {
                sendAll(connection);
                sent = true;
            }
        } finally {
            lock.unlock();
        }
    }

    private static void sendAll(Channel connection) throws InterruptedException {
        try {
            for (List<URL> some : pieces(files())) {
                connection.preloadJar(AgentLibraries.class.getClassLoader(), some.toArray(new URL[0]));
            }
        } catch (IOException | RequestAbortedException | ReflectiveOperationException | URISyntaxException e) {
            LOGGER.log(Level.FINE, e, () -> "could not send libraries to " + connection.getName());
        }
    }

    /** All at once would keep the connection busy for seconds, and whatever else the agent needs would wait behind it. */
    private static List<List<URL>> pieces(Set<File> files) throws IOException {
        List<List<URL>> pieces = new ArrayList<>();
        long bytes = PIECE;
        for (File file : files) {
            if (bytes >= PIECE) {
                pieces.add(new ArrayList<>());
                bytes = 0;
            }
            pieces.get(pieces.size() - 1).add(file.toURI().toURL());
            bytes += file.length();
        }
        return pieces;
    }

    /**
     * The files, all for this plugin's class loader, whatever their owner: a class of another one's is asked for by its name
     * over the channel even where its file is there. So they have to come before any class of them is needed, or some of
     * them would be there twice, and types would not fit.
     */
    private static Set<File> files() throws IOException, ReflectiveOperationException, URISyntaxException {
        Set<File> files = new LinkedHashSet<>();
        ClassLoader loader = AgentLibraries.class.getClassLoader();
        if (loader instanceof URLClassLoader own) {
            for (URL url : own.getURLs()) {
                if (url.getProtocol().equals("file")
                        && url.getPath().toLowerCase(Locale.ROOT).endsWith(".jar")) {
                    files.add(new File(url.toURI()));
                }
            }
        }
        for (String mark : MARKS) {
            File file = Which.jarFile(Class.forName(mark, false, loader));
            if (file.isFile()) {
                files.add(file);
            }
        }
        return files;
    }
}

package io.jenkins.plugins.containerbuild.agent;

import hudson.ExtensionList;
import hudson.remoting.Channel;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sends an agent the libraries that the engine needs as few files, once per connection. Remoting by itself asks the
 * controller for each of some thousand classes when it is first used, which makes up most of a first build's time, and more
 * of it the farther the agent is away.
 */
final class AgentLibraries {

    private static final Logger LOGGER = Logger.getLogger(AgentLibraries.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger calls = new AtomicInteger();
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

    /** As {@link #send}, for a call that goes there now; to be closed when it has ended. */
    static Use use(VirtualChannel channel) throws InterruptedException {
        if (!(channel instanceof Channel connection)) {
            return () -> {};
        }
        AgentLibraries libraries = ofConnection(connection);
        libraries.calls.incrementAndGet();
        try {
            libraries.sendOnce(connection);
        } catch (InterruptedException e) {
            libraries.calls.decrementAndGet();
            throw e;
        }
        return libraries.calls::decrementAndGet;
    }

    /** Whether a call goes there, or waits for what it needs. */
    static boolean isInUse(VirtualChannel channel) {
        return channel instanceof Channel connection
                && ofConnection(connection).calls.get() > 0;
    }

    /** From the begin of a call to its end. */
    interface Use extends AutoCloseable {
        @Override
        void close();
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

    /**
     * All for this plugin's class loader, whatever their owner: a class of another one's is asked for by its name over the
     * channel even where its file is there. So they have to come before any class of them is needed, or some of them would be
     * there twice, and types would not fit.
     */
    private static void sendAll(Channel connection) throws InterruptedException {
        try {
            PackedLibraries libraries = ExtensionList.lookupSingleton(PackedLibraries.class);
            for (Path part : libraries.parts()) {
                connection.preloadJar(
                        AgentLibraries.class.getClassLoader(), part.toUri().toURL());
            }
        } catch (IOException | RequestAbortedException e) {
            LOGGER.log(Level.FINE, e, () -> "could not send libraries to " + connection.getName());
        }
    }
}

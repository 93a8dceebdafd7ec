package io.jenkins.plugins.containerbuild.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A socket that passes every byte on to a test's engine, until it is cut: the connection that breaks. */
public final class EngineGate implements AutoCloseable {
    private final Path socket;
    private final Path engine;
    private final ServerSocketChannel door;
    private final CountDownLatch swallowing = new CountDownLatch(1);
    private volatile long limit = Long.MAX_VALUE;
    private final AtomicInteger speechless = new AtomicInteger();
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger builds = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "engine's gate");
        thread.setDaemon(true);
        return thread;
    });

    private EngineGate(TestEngine engine, Path socket) throws IOException {
        this.socket = socket;
        this.engine = Path.of(engine.uri().getPath());
        door = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        threads.execute(this::accept);
    }

    /** Listens at a path that nothing is at yet. */
    public static EngineGate at(Path socket, TestEngine engine) {
        try {
            return new EngineGate(engine, socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens, {@code unix:///...}. */
    public URI uri() {
        return URI.create("unix://" + socket);
    }

    /** How many connections clients hold now. */
    public int connections() {
        return connections.get();
    }

    /** How many of them became BuildKit's; one that has ended is no longer among {@link #connections} either. */
    public int builds() {
        return builds.get();
    }

    /**
     * From now on each connection passes so many bytes in a direction and swallows the rest: a daemon or client that is slow
     * for ever.
     */
    public void swallowAfter(long bytes) {
        limit = bytes;
    }

    /**
     * The next connections that become BuildKit's are ended at their first words: an engine whose patience is over.
     *
     * @param count how many
     */
    public void cutAtFirstWords(int count) {
        speechless.set(count);
    }

    /** Waits until a connection swallows. */
    public boolean awaitSwallowing(Duration atMost) throws InterruptedException {
        return swallowing.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends every connection that there is now; new ones pass. */
    public void cut() {
        open.forEach(EngineGate::end);
        open.clear();
    }

    private void accept() {
        while (true) {
            SocketChannel client;
            try {
                client = door.accept();
            } catch (IOException e) {
                return; // closed
            }
            open.add(client);
            try {
                connect(client);
            } catch (IOException | RejectedExecutionException e) {
                // The engine or this gate has gone, and nobody else is there to tell the client.
                end(client);
            }
        }
    }

    private void connect(SocketChannel client) throws IOException {
        SocketChannel server = SocketChannel.open(UnixDomainSocketAddress.of(engine));
        open.add(server);
        connections.incrementAndGet();
        threads.execute(() -> {
            boolean build = pass(client, server, true);
            connections.decrementAndGet();
            builds.addAndGet(build ? -1 : 0);
        });
        threads.execute(() -> pass(server, client, false));
    }

    /** Whether it was BuildKit's. */
    private boolean pass(SocketChannel from, SocketChannel to, boolean fromClient) {
        ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
        long passed = 0;
        boolean upgrading = false;
        boolean build = false;
        try {
            while (from.read(bytes) >= 0) {
                bytes.flip();
                if (upgrading && speechless.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
                    throw new IOException("its patience is over");
                }
                upgrading = fromClient && !build && asksForBuildKit(bytes);
                if (upgrading) {
                    build = true;
                    builds.incrementAndGet();
                }
                while (bytes.hasRemaining() && passed < limit) {
                    passed += to.write(bytes);
                }
                if (bytes.hasRemaining()) {
                    swallowing.countDown();
                }
                bytes.clear();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            end(from);
            end(to);
        }
        return build;
    }

    private static boolean asksForBuildKit(ByteBuffer bytes) {
        return StandardCharsets.US_ASCII.decode(bytes.duplicate()).toString().startsWith("POST /grpc");
    }

    private static void end(Closeable connection) {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        end(door);
        cut();
        threads.shutdownNow();
    }
}

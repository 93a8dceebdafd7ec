package io.jenkins.plugins.containerbuild.engine.build.buildkit.session;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ServerSocketFactory;

/** A server socket at which exactly one connection arrives, one that is there already. It listens on no port. */
final class OneServerSocket extends ServerSocket {

    private final AtomicReference<Socket> connection;
    private final CountDownLatch closed = new CountDownLatch(1);

    OneServerSocket(Socket connection) throws IOException {
        this.connection = new AtomicReference<>(connection);
    }

    /** A factory that knows this socket alone. */
    ServerSocketFactory factory() {
        return new ServerSocketFactory() {
            @Override
            public ServerSocket createServerSocket() {
                return OneServerSocket.this;
            }

            @Override
            public ServerSocket createServerSocket(int port) {
                return OneServerSocket.this;
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog) {
                return OneServerSocket.this;
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
                return OneServerSocket.this;
            }
        };
    }

    @Override
    public Socket accept() throws IOException {
        Socket first = connection.getAndSet(null);
        if (first != null) {
            return first;
        }
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new SocketException("closed");
    }

    @Override
    public void bind(SocketAddress endpoint, int backlog) {
        // Nobody can connect, so there is no address to take.
    }

    @Override
    public void bind(SocketAddress endpoint) {
        // Nobody can connect, so there is no address to take.
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    @Override
    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    @Override
    public void setReuseAddress(boolean on) {
        // There is no address.
    }

    @Override
    public void close() {
        closed.countDown();
    }
}

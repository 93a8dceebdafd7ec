package io.jenkins.plugins.containerbuild.engine.build.buildkit.transport;

import io.jenkins.plugins.containerbuild.engine.endpoint.DuplexStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * Looks like a connected socket and is any stream of bytes, since gRPC's transport for plain sockets takes nothing else.
 * Options of sockets are accepted and have no effect.
 */
public final class StreamSocket extends Socket {

    private static final int PORT = 1;

    private final DuplexStream stream;
    private volatile boolean closed;

    /** The socket owns the stream and closes it. */
    public StreamSocket(DuplexStream stream) {
        this.stream = stream;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return stream.input();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return stream.output();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        stream.close();
    }

    @Override
    public void shutdownInput() {
        // Both directions end with close alone.
    }

    @Override
    public void shutdownOutput() {
        // Both directions end with close alone.
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public int getPort() {
        return PORT;
    }

    @Override
    public int getLocalPort() {
        return PORT;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT);
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return getRemoteSocketAddress();
    }

    @Override
    public void setTcpNoDelay(boolean on) {
        // Whoever opened the stream has set it up.
    }

    @Override
    public void setKeepAlive(boolean on) {
        // Whoever opened the stream has set it up.
    }

    @Override
    public void setSoTimeout(int timeout) {
        // Reads end with close alone.
    }

    @Override
    public int getSoTimeout() {
        return 0;
    }

    @Override
    public void setSoLinger(boolean on, int linger) {
        // There is nothing to linger for.
    }

    @Override
    public String toString() {
        return "a socket over " + stream.getClass().getSimpleName();
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit.transport;

import io.jenkins.plugins.containerbuild.engine.endpoint.DuplexStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.SocketFactory;

/** Hands out the one stream that was dialled beforehand; gRPC, which would like to connect anew, gets nothing more. */
final class OneSocketFactory extends SocketFactory {

    private final AtomicReference<DuplexStream> stream;

    OneSocketFactory(DuplexStream stream) {
        this.stream = new AtomicReference<>(stream);
    }

    @Override
    public Socket createSocket() throws IOException {
        DuplexStream first = stream.getAndSet(null);
        if (first == null) {
            throw new IOException("the connection to the daemon was lost");
        }
        return new StreamSocket(first);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return createSocket();
    }
}

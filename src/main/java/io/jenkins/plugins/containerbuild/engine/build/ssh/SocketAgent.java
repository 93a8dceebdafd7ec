package io.jenkins.plugins.containerbuild.engine.build.ssh;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A connection to an agent that runs on this machine. An interrupt of the thread ends it. */
final class SocketAgent implements SshAgent {

    private final SocketChannel channel;

    private SocketAgent(SocketChannel channel) {
        this.channel = channel;
    }

    static SocketAgent connect(Path socket) throws IOException {
        return new SocketAgent(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    @Override
    public byte[] answer(byte[] request) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(Integer.BYTES + request.length)
                .putInt(request.length)
                .put(request)
                .flip();
        while (message.hasRemaining()) {
            channel.write(message);
        }
        int length = read(Integer.BYTES).getInt();
        if (length < 1 || length > AgentConversation.LARGEST_MESSAGE) {
            throw new IOException("the SSH agent's answer says that it has " + length + " bytes");
        }
        return read(length).array();
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the SSH agent hung up");
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package io.jenkins.plugins.containerbuild.engine.build.ssh;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * What one process of a build says to an SSH agent, and the answers. Keys can be listed and used; whatever would change
 * the agent or ask more of it is answered with a failure, as if the agent could not do it. Not for use by several threads.
 */
public final class AgentConversation implements Closeable {

    /** OpenSSH's own limit for a message. */
    static final int LARGEST_MESSAGE = 256 * 1024;

    private static final byte[] FAILURE = {5};
    private static final System.Logger LOGGER = System.getLogger(AgentConversation.class.getName());

    private final SshAgent agent;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    AgentConversation(SshAgent agent) {
        this.agent = agent;
    }

    /**
     * Takes what the process sent.
     *
     * @param piece any part of its messages
     * @param answers gets one answer, with its length in front, for each message that is complete now
     * @throws IOException when this is not the agent protocol; the conversation is over then
     */
    public void add(byte[] piece, Consumer<byte[]> answers) throws IOException {
        pending.writeBytes(piece);
        ByteBuffer rest = ByteBuffer.wrap(pending.toByteArray());
        while (rest.remaining() >= Integer.BYTES) {
            int length = rest.getInt(rest.position());
            if (length < 1 || length > LARGEST_MESSAGE) {
                throw new IOException("a message to the SSH agent says that it has " + length + " bytes");
            }
            if (rest.remaining() < Integer.BYTES + length) {
                break;
            }
            byte[] request = new byte[length];
            rest.getInt();
            rest.get(request);
            byte[] answer = answer(request);
            answers.accept(ByteBuffer.allocate(Integer.BYTES + answer.length)
                    .putInt(answer.length)
                    .put(answer)
                    .array());
        }
        pending.reset();
        pending.write(rest.array(), rest.position(), rest.remaining());
    }

    private byte[] answer(byte[] request) {
        if (request[0] != SshAgent.LIST && request[0] != SshAgent.SIGN) {
            return FAILURE;
        }
        try {
            return agent.answer(request);
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, "an SSH agent could not answer", e);
            return FAILURE;
        }
    }

    @Override
    public void close() throws IOException {
        agent.close();
    }
}

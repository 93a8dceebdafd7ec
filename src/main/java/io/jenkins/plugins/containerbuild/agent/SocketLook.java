package io.jenkins.plugins.containerbuild.agent;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.socket.SocketDiagnosis;
import io.jenkins.plugins.containerbuild.engine.socket.SocketDoctor;
import java.io.IOException;
import java.io.InterruptedIOException;
import jenkins.security.MasterToSlaveCallable;
import jenkins.util.SetContextClassLoader;

/** Looks at a daemon's socket from where an agent is; for those who watch over agents and have no build. */
public final class SocketLook extends MasterToSlaveCallable<SocketDiagnosis, IOException> {

    private static final long serialVersionUID = 1L;

    private final WireEndpoint endpoint;

    private SocketLook(WireEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * A look, to be taken over this channel, which gets what a look needs.
     *
     * @param channel to the agent
     * @param endpoint which daemon
     * @throws InterruptedException when the thread was interrupted
     */
    public static SocketLook over(VirtualChannel channel, EndpointRequest endpoint) throws InterruptedException {
        AgentLibraries.send(channel);
        return new SocketLook(WireEndpoint.of(endpoint));
    }

    @Override
    public SocketDiagnosis call() throws IOException {
        try (SetContextClassLoader ignored = new SetContextClassLoader(SocketLook.class)) {
            return SocketDoctor.diagnose(endpoint.unwrap(System.getenv()));
        } catch (InterruptedException e) {
            throw (IOException) new InterruptedIOException("cancelled").initCause(e);
        }
    }
}

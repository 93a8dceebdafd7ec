package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.socket.SocketMount;
import java.util.Map;

/** Prints how a container that is started from here would get the socket of the address, for {@link SocketMountIT}. */
final class SocketMountProbe {

    private SocketMountProbe() {}

    /** @param arguments the address */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            SocketMount mount = SocketMount.of(new EndpointRequest(arguments[0], null, Map.of()), false);
            System.out.println(mount.source() + " " + mount.target() + " " + mount.gid());
        } catch (EngineException e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }
}

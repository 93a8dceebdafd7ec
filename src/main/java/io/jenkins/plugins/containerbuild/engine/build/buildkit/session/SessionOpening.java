package io.jenkins.plugins.containerbuild.engine.build.buildkit.session;

import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.MetadataUtils;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ControlGrpc;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitEndpoint;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitRefusedException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.Workers;
import io.jenkins.plugins.containerbuild.engine.endpoint.DuplexStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Offers sessions to a daemon.
 *
 * @param endpoint the daemon
 * @param channel to it
 * @param workers every thread of the sessions is one of these
 * @param sharedKey by which the daemon recognizes the same context in later builds
 */
record SessionOpening(BuildKitEndpoint endpoint, Channel channel, Workers workers, String sharedKey) {

    /**
     * Opens a session.
     *
     * @param services what the daemon may call; health is added
     * @throws BuildKitRefusedException when the daemon takes no connection for it, perhaps because it still knows one of
     *     this id
     * @throws IOException when there is no connection, or the server cannot start
     */
    Session open(String id, List<ServerServiceDefinition> services) throws IOException {
        List<ServerServiceDefinition> all = healthy(services);
        Optional<DuplexStream> own = endpoint.openSession(lines(headers(id, sharedKey, all)));
        return own.isPresent() ? new Session(id, own.get(), workers, all) : throughCall(id, all);
    }

    /**
     * Opens a session, under another id where the daemon does not take this one.
     *
     * @throws IOException as {@link #open}
     */
    Session openAnyway(String id, List<ServerServiceDefinition> services) throws IOException {
        try {
            return open(id, services);
        } catch (BuildKitRefusedException e) {
            String other = SessionPlan.newId();
            try {
                return open(other, services);
            } catch (BuildKitRefusedException noConnections) {
                return throughCall(other, healthy(services));
            }
        }
    }

    private Session throughCall(String id, List<ServerServiceDefinition> services) throws IOException {
        SessionTunnel tunnel = new SessionTunnel();
        ControlGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(id, sharedKey, services)))
                .session(tunnel);
        return new Session(id, tunnel, workers, services);
    }

    private static List<ServerServiceDefinition> healthy(List<ServerServiceDefinition> services) {
        List<ServerServiceDefinition> all = new ArrayList<>(services);
        all.add(new HealthService().bindService());
        return all;
    }

    private static List<Map.Entry<String, String>> lines(Metadata headers) {
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        for (String name : headers.keys()) {
            Iterable<String> values = headers.getAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
            values.forEach(value -> lines.add(Map.entry(name, value)));
        }
        return lines;
    }

    private static Metadata headers(String id, String sharedKey, List<ServerServiceDefinition> services) {
        Metadata headers = new Metadata();
        headers.put(key("uuid"), id);
        headers.put(key("name"), "container-build");
        headers.put(key("sharedkey"), sharedKey);
        for (ServerServiceDefinition service : services) {
            for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
                headers.put(
                        key("grpc-method"), "/" + method.getMethodDescriptor().getFullMethodName());
            }
        }
        return headers;
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of("x-docker-expose-session-" + name, Metadata.ASCII_STRING_MARSHALLER);
    }
}

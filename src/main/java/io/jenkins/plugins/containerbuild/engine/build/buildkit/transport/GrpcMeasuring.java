package io.jenkins.plugins.containerbuild.engine.build.buildkit.transport;

import io.grpc.InternalConfiguratorRegistry;
import java.util.List;

/**
 * What gRPC adds to each channel and server to measure calls, if it finds the library for it. It looks for that every time,
 * by the names of classes that nobody has here; an agent asks its controller for each of them, three times a build.
 */
final class GrpcMeasuring {

    private GrpcMeasuring() {}

    /** Has gRPC not look, in this JVM's copy of it; to be called before a channel or a server is made. */
    static synchronized void leaveOut() {
        if (!InternalConfiguratorRegistry.wasSetConfiguratorsCalled()) {
            InternalConfiguratorRegistry.setConfigurators(List.of());
        }
    }
}

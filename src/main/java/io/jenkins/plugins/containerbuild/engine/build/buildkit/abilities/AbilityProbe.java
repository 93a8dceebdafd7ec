package io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities;

import io.grpc.Status;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ControlGrpc;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ListWorkersRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ListWorkersResponse;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.WorkerPlatform;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.WorkerRecord;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitChannel;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitEndpoint;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineInfo;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Asks a BuildKit daemon for its workers, whose labels tell what it can do: one small question on the connection that the
 * build uses. A worker that names a snapshotter keeps images as containerd does; one inside an Engine that names none uses
 * the Engine's classic store.
 */
public final class AbilityProbe {

    private static final long LIMIT_SECONDS = 60;
    private static final String NO_WORKER = "id==none";
    private static final String LABEL = "org.mobyproject.buildkit.worker.";
    private static final String SNAPSHOTTER = LABEL + "snapshotter";
    private static final String HOST_GATEWAY = LABEL + "moby.host-gateway-ip";

    private final BuildKitEndpoint endpoint;

    /** @param endpoint the daemon */
    public AbilityProbe(BuildKitEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Asks.
     *
     * @param channel to the daemon
     * @throws EngineException when the daemon does not answer as a BuildKit should
     * @throws IOException when the connection is lost
     * @throws InterruptedException when the thread was interrupted
     */
    public BuilderAbilities ask(BuildKitChannel channel) throws EngineException, IOException, InterruptedException {
        Future<ListWorkersResponse> answer = ControlGrpc.newFutureStub(channel.channel())
                .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
                .listWorkers(question());
        try {
            return abilities(answer.get().getRecordList());
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw unanswered(Status.fromThrowable(e.getCause()), e);
        }
    }

    /**
     * Nothing that the workers of an old Engine tell is of use. To tell which architectures it emulates, a worker starts a
     * program of each; it does not for a filter that leaves it out.
     */
    private ListWorkersRequest question() {
        ListWorkersRequest.Builder question = ListWorkersRequest.newBuilder();
        return endpoint.engine().filter(BuildKitVersion::isOldest).isPresent()
                ? question.addFilter(NO_WORKER).build()
                : question.build();
    }

    private EngineException unanswered(Status status, ExecutionException e) throws IOException {
        if (status.getCode() == Status.Code.UNAVAILABLE) {
            throw new IOException(status.getDescription(), e);
        }
        String why = status.getCode() == Status.Code.DEADLINE_EXCEEDED
                ? "it gave no answer within " + LIMIT_SECONDS + " seconds"
                : "it answered: " + (status.getDescription() == null ? status.getCode() : status.getDescription());
        return new EngineException(
                "could not learn what the BuildKit of the " + endpoint.name() + " can do",
                why,
                "Look into the daemon's log",
                e);
    }

    BuilderAbilities abilities(List<WorkerRecord> workers) {
        // What builds without another wish is the first worker.
        WorkerRecord worker = workers.isEmpty() ? WorkerRecord.getDefaultInstance() : workers.get(0);
        Map<String, String> labels = worker.getLabelsMap();
        Optional<EngineInfo> engine = endpoint.engine();
        ImageHome ofEngine = labels.containsKey(SNAPSHOTTER) ? ImageHome.CONTAINERD : ImageHome.CLASSIC;
        String gateway = labels.getOrDefault(HOST_GATEWAY, "");
        return new BuilderAbilities(
                endpoint.name(),
                engine.isPresent() ? ofEngine : ImageHome.STANDALONE,
                BuildKitVersion.parse(worker.getBuildkitVersion().getVersion())
                        .orElseGet(() -> engine.map(BuildKitVersion::of).orElse(BuildKitVersion.UNKNOWN)),
                worker.getPlatformsList().stream()
                        .flatMap(platform -> platform(platform).stream())
                        .toList(),
                gateway.isEmpty() ? null : gateway);
    }

    private static Optional<Platform> platform(WorkerPlatform platform) {
        try {
            return Optional.of(new Platform(
                    platform.getOS(),
                    platform.getArchitecture(),
                    platform.getVariant().isEmpty() ? null : platform.getVariant()));
        } catch (IllegalArgumentException e) {
            // A name that we do not know is nothing that a request could ask for.
            return Optional.empty();
        }
    }
}

package io.jenkins.plugins.containerbuild.engine.compose;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.container.ContainerStore;
import io.jenkins.plugins.containerbuild.engine.container.ContainerTrouble;
import io.jenkins.plugins.containerbuild.engine.container.HostPaths;
import io.jenkins.plugins.containerbuild.engine.container.PublishedPort;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.engine.ownership.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Brings a project up; one that does not come up leaves nothing behind but the logs of its services. */
final class ComposeUp {

    private final EngineConnection connection;
    private final EndpointRequest endpoint;
    private final ComposeImages images;
    private final EngineListener listener;
    private final List<String> pluginFolders;
    private final ContainerStore containers;
    private final ProjectStore store;

    ComposeUp(
            EngineConnection connection,
            EndpointRequest endpoint,
            ComposeImages images,
            EngineListener listener,
            List<String> pluginFolders) {
        this.connection = connection;
        this.endpoint = endpoint;
        this.images = images;
        this.listener = listener;
        this.pluginFolders = pluginFolders;
        containers = new ContainerStore(connection);
        store = new ProjectStore(connection);
    }

    ComposeStack run(ComposeRequest request) throws EngineException, InterruptedException {
        request.check();
        List<Path> files = request.files().find();
        String project = request.project() == null ? ProjectName.free(request.maker()) : request.project();
        try (ComposeRoom room = ComposeRoom.open(endpoint, connection.info(), request.environment())) {
            ComposeProgram program = ComposeProgram.find(room, pluginFolders);
            listener.on(new EngineEvent.Note("Using Docker Compose " + program.version() + " ("
                    + String.join(" ", program.command()) + ") for the project " + project));
            ComposeCalls calls = new ComposeCalls(program, room, project, listener);
            ComposeDocument document = calls.config(files, request);
            requireServices(project, document);
            document.dropProfiles();
            new ComposeRules(request.files(), request.rights(), HostPaths.ofThisProcess(containers)).apply(document);
            store.refuseUsed(project, request.maker());
            label(document, request);
            images.fetch(document.takeImages(request.images().pull()));
            bringUp(request, new Project(project, files), calls, document);
            return stack(project, program);
        }
    }

    /**
     * A project and where it comes from.
     *
     * @param name its name
     * @param files not empty
     */
    private record Project(String name, List<Path> files) {

        String directory() {
            return ComposeCalls.directory(files);
        }

        String what() {
            return "could not bring up the project " + name + " of "
                    + files.stream().map(Path::toString).collect(Collectors.joining(", "));
        }
    }

    private static void requireServices(String project, ComposeDocument document) throws InvalidRequestException {
        if (document.services().isEmpty()) {
            throw new InvalidRequestException(
                    "could not bring up the project " + project,
                    "none of its services is wanted",
                    "Name a profile or a service");
        }
    }

    /**
     * Kept volumes belong to the job. Their labels are the same in each of its builds, since Compose takes a volume with
     * other labels for another one.
     */
    private static void label(ComposeDocument document, ComposeRequest request) {
        Maker maker = request.maker();
        Map<String, String> labels = new Ownership(maker, Scope.BUILD, Instant.now(), null).labels();
        Maker job = new Maker(maker.controller(), maker.job(), null, null, null);
        document.label(labels, request.keepVolumes() ? new Ownership(job, Scope.JOB, null, null).labels() : labels);
    }

    private void bringUp(ComposeRequest request, Project project, ComposeCalls calls, ComposeDocument document)
            throws EngineException, InterruptedException {
        boolean up = false;
        boolean interrupted = false;
        try {
            build(request, project, calls, document);
            start(request, project, calls, document);
            up = true;
        } catch (InterruptedException e) {
            interrupted = true;
            throw e;
        } finally {
            if (!up) {
                String left = store.removeAfterwards(project.name(), request.keepVolumes(), interrupted);
                if (left != null) {
                    listener.on(new EngineEvent.Warning(
                            "Could not remove all of the project " + project.name() + ": " + left));
                }
            }
        }
    }

    private void build(ComposeRequest request, Project project, ComposeCalls calls, ComposeDocument document)
            throws EngineException, InterruptedException {
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, String> built : document.built().entrySet()) {
            if (request.images().build() || built.getValue() == null || !images.isThere(built.getValue())) {
                missing.add(built.getKey());
            }
        }
        if (!missing.isEmpty()) {
            ComposeProcess.Ended ended = calls.build(document, project.directory(), missing);
            if (!ended.succeeded()) {
                throw ComposeFailure.notBuilt(
                        "could not build the services " + String.join(", ", missing) + " of the project "
                                + project.name(),
                        ended.lines());
            }
        }
    }

    private void start(ComposeRequest request, Project project, ComposeCalls calls, ComposeDocument document)
            throws EngineException, InterruptedException {
        Duration limit = request.waiting().limit();
        long end = System.nanoTime() + limit.toNanos();
        StackCheck check = new StackCheck(store, new ContainerTrouble(containers), document);
        ComposeProcess.Ended ended = calls.up(document, project.directory(), limit);
        String said = "";
        Map<ComposeService, String> failed = Map.of();
        if (ended.succeeded() && request.waiting().ready()) {
            failed = check.await(project.name(), end);
        } else if (!ended.succeeded()) {
            List<ComposeService> services = store.services(project.name());
            failed = check.failed(services);
            failed = failed.isEmpty() ? check.unready(services) : failed;
            said = ended.code() == null ? "" : ComposeFailure.said(ended.lines()) + "\n";
        }
        if (!ended.succeeded() || !failed.isEmpty()) {
            boolean late = System.nanoTime() >= end;
            ComposeFiles from = request.files();
            new StackLogs(containers, listener)
                    .write(
                            store.services(project.name()),
                            request.logs(),
                            from.policy().anywhere() ? null : from.workspace());
            throw ComposeFailure.notReady(
                    project.what(),
                    late ? "it was not ready within " + limit.toMillis() / 1000.0 + " seconds\n" + said : said,
                    failed,
                    containers);
        }
    }

    private ComposeStack stack(String project, ComposeProgram program) throws EngineException, InterruptedException {
        List<ComposeService> services = store.services(project);
        String host = services.isEmpty()
                ? PublishedPort.LOOPBACK
                : services.get(0).container().host();
        return new ComposeStack(project, program.version(), host, services);
    }
}

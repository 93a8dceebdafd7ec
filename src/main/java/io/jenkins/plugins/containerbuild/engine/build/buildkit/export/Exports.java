package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import io.grpc.ServerServiceDefinition;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildFailedException;
import io.jenkins.plugins.containerbuild.engine.build.BuildOutput;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.SolvePart;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Exporter;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SolveRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.session.SessionPart;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.file.TargetPlace;
import io.jenkins.plugins.containerbuild.engine.file.WriteTrouble;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.PushRefusedException;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import io.jenkins.plugins.containerbuild.engine.registry.direct.DirectWork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Has the daemon export the result as planned, and takes what it sends back. The same build may be solved several times. */
public final class Exports implements SolvePart, SessionPart {

    static final WriteTrouble TROUBLE = new WriteTrouble("the output", "dest");

    private static final Pattern REFUSED_PUSH = Pattern.compile("failed to push ([^\\s:]+(?::[^\\s:]+)*): ([^\\n]*)");

    private final List<PlannedExport> exports;
    private final List<ImageReference> pushed;
    private final TreeMap<Integer, OutputTarget> targets = new TreeMap<>();
    private final List<PastPush> past = new ArrayList<>();
    private boolean again;

    /**
     * Looks at the places of all outputs.
     *
     * @param plan what is exported
     * @param request what is built
     * @param loading takes an image that is to be loaded into another daemon; null where none can be
     * @param registries where images go that are pushed from here
     * @param threads for these
     * @param listener warned of what cannot be written
     * @throws EngineException when an output cannot be written
     */
    public Exports(
            ExportPlan plan,
            BuildRequest request,
            ArchiveSink loading,
            DirectWork registries,
            ExecutorService threads,
            EngineListener listener)
            throws EngineException {
        exports = plan.exports();
        pushed = plan.pushed();
        Set<Path> places = new HashSet<>();
        for (int i = 0; i < exports.size(); i++) {
            BuildOutput output = exports.get(i).output();
            List<ImageReference> names = exports.get(i).past();
            if (!names.isEmpty()) {
                PastPush push = new PastPush(registries, names, threads);
                past.add(push);
                targets.put(i, new ArchiveTarget(push, "the image to push"));
            } else if (output != null) {
                targets.put(i, target(output, request.root(), loading, listener, places));
            }
        }
    }

    private static OutputTarget target(
            BuildOutput output, String root, ArchiveSink loading, EngineListener listener, Set<Path> places)
            throws EngineException {
        if (output.dest() == null) {
            return new ArchiveTarget(
                    Objects.requireNonNull(loading, "nothing takes an image that is loaded"), "the image to load");
        }
        TargetPlace place = TargetPlace.of(TROUBLE, output.dest(), root);
        boolean directory = output.type().equals("local");
        if (!places.add(directory ? place.directory() : place.file())) {
            throw new InvalidRequestException(
                    TROUBLE.what(place.path()), "two outputs have this dest", "Give each output a dest of its own");
        }
        return directory
                ? new LocalTarget(place, listener)
                : new ArchiveTarget(new ArchiveFile(place), "the output " + place.path());
    }

    @Override
    public void addTo(SolveRequest.Builder solve) {
        targets.values().forEach(OutputTarget::begin);
        if (again) {
            // It is in the cache by now, and must be the same image.
            solve.removeFrontendAttrs("no-cache");
        }
        again = true;
        for (PlannedExport export : exports) {
            solve.addExporters(Exporter.newBuilder().setType(export.type()).putAllAttrs(export.attributes()));
        }
        if (!exports.isEmpty()) {
            // Old daemons read the first one alone, and from here.
            solve.setExporterDeprecated(exports.get(0).type())
                    .putAllExporterAttrsDeprecated(exports.get(0).attributes());
        }
    }

    @Override
    public List<ServerServiceDefinition> services() {
        return targets.isEmpty() ? List.of() : List.of(new FileSendService(targets).definition());
    }

    /** Why an output could not be written, or null. */
    @Override
    public EngineException failure() {
        return targets.values().stream()
                .map(OutputTarget::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** A build whose exporters push. */
    public interface Build<T> {

        /** Builds. */
        T run() throws EngineException, IOException, InterruptedException;
    }

    /**
     * Builds, and tells a push that was refused from other failures.
     *
     * @throws PushRefusedException when a push was refused; what was built is in the daemon's cache
     */
    public <T> T pushing(Build<T> build)
            throws PushRefusedException, EngineException, IOException, InterruptedException {
        try {
            return build.run();
        } catch (BuildFailedException e) {
            Matcher words = REFUSED_PUSH.matcher(e.why());
            if (pushed.isEmpty() || !words.find()) {
                throw e;
            }
            String name = words.group(1);
            ImageReference refused = pushed.stream()
                    .filter(reference -> reference.canonical().equals(name))
                    .findFirst()
                    .orElse(pushed.get(0));
            throw new PushRefusedException(refused, words.group(2));
        }
    }

    /**
     * The build succeeded: puts every output into its place.
     *
     * @return the absolute paths of what was written
     * @throws EngineException when an output cannot be put into its place
     * @throws InterruptedException when the thread was interrupted
     */
    public List<String> keep() throws EngineException, InterruptedException {
        List<String> written = new ArrayList<>();
        for (OutputTarget target : targets.values()) {
            String path = target.keep();
            if (path != null) {
                written.add(path);
            }
        }
        return written;
    }

    /** What was pushed from here, once it is kept. */
    public List<PushedReference> pushedPast() {
        return past.stream().flatMap(push -> push.taken().stream()).toList();
    }

    /** From now on the same build is solved once more: it is in the cache by now, and must be the same image. */
    public void expectCached() {
        again = true;
    }

    /** Removes what was written in part. */
    @Override
    public void close() {
        targets.values().forEach(OutputTarget::discard);
    }
}

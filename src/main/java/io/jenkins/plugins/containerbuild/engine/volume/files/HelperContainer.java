package io.jenkins.plugins.containerbuild.engine.volume.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.VolumeOptions;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.endpoint.BodyReader;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A container with one volume that is never started: the Engine reads and writes a volume's files on behalf of a container
 * that has it, whether it runs or not. Its image is empty and made of an empty archive. Both are gone when the work is done.
 *
 * <p>The volume is at {@value #VOLUME}. A Docker Engine keeps the attributes of the directory that an archive is unpacked
 * into, so it is given its parent and names that begin with {@code volume/}; Podman reaches a volume only by a path in it.
 */
final class HelperContainer {

    private static final String PARENT = "/mnt";
    private static final String NAME = "volume";
    private static final String VOLUME = PARENT + "/" + NAME;
    private static final String STAT_HEADER = "X-Docker-Container-Path-Stat";
    private static final Pattern PASSWORD = Pattern.compile("\\b(pass|passwd|password)=[^,\\s]*");
    private static final int NOT_FOUND = 404;
    private static final int PROBE_BYTES = 128 * 1024;
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(10);

    private final EngineConnection connection;
    private final Map<String, String> labels;
    private final HelperRemoval removal;
    private final String tag = UUID.randomUUID().toString();
    private final String container = "container-build-helper-" + tag;

    private HelperContainer(EngineConnection connection, EngineListener listener, Maker maker) {
        this.connection = connection;
        labels = Ownership.ofHelper(maker, Instant.now()).labels();
        removal = new HelperRemoval(connection, listener, container, Ownership.HELPER_REPOSITORY + ':' + tag);
    }

    /**
     * What is done with a helper.
     *
     * @param <T> what comes out
     */
    interface Work<T> {

        T with(HelperContainer helper) throws EngineException, InterruptedException;
    }

    /**
     * Makes a helper, does the work and removes the helper, whatever becomes of the work.
     *
     * @param volume a volume that is there
     * @param readOnly whether the work only reads
     */
    static <T> T use(
            EngineConnection connection,
            EngineListener listener,
            Maker maker,
            String volume,
            boolean readOnly,
            Work<T> work)
            throws EngineException, InterruptedException {
        if (connection.info().os().equals("windows")) {
            throw new InvalidRequestException(
                    "could not open the volume " + volume,
                    "the daemon at " + connection.info().uri() + " runs Windows containers",
                    "Use a daemon that runs Linux containers; a volume without an owner can be created on this one");
        }
        HelperContainer helper = new HelperContainer(connection, listener, maker);
        boolean interrupted = false;
        try {
            helper.create(volume, readOnly);
            return work.with(helper);
        } catch (InterruptedException e) {
            interrupted = true;
            throw e;
        } finally {
            helper.removal.run(interrupted);
        }
    }

    private void create(String volume, boolean readOnly) throws EngineException, InterruptedException {
        String what = "could not make a helper container for the volume " + volume;
        try {
            importImage();
            Mount mount = new Mount()
                    .withType(MountType.VOLUME)
                    .withSource(volume)
                    .withTarget(VOLUME)
                    .withReadOnly(readOnly)
                    .withVolumeOptions(new VolumeOptions().withNoCopy(true));
            removal.containerMayBe();
            connection.call(docker -> docker.createContainerCmd(Ownership.HELPER_REPOSITORY + ':' + tag)
                    .withName(container)
                    .withLabels(labels)
                    .withCmd("never-started")
                    .withNetworkDisabled(true)
                    .withHostConfig(
                            HostConfig.newHostConfig().withNetworkMode("none").withMounts(List.of(mount)))
                    .exec());
            removal.containerIs();
        } catch (DaemonRefusal e) {
            throw refused(what, e);
        } catch (IOException e) {
            throw connection.lost(e);
        }
    }

    private void importImage() throws DaemonRefusal, IOException, InterruptedException {
        removal.imageMayBe();
        StringBuilder error = new StringBuilder();
        DaemonRequest request = DaemonRequest.post("/images/create")
                .query("fromSrc", "-")
                .query("repo", Ownership.HELPER_REPOSITORY)
                .query("tag", tag)
                .header("Content-Type", "application/x-tar")
                .body(new ByteArrayInputStream(TarStream.EMPTY_ARCHIVE));
        labelInstructions().forEach(instruction -> request.query("changes", instruction));
        connection.stream(request, piece -> error.append(error(piece)));
        if (!error.isEmpty()) {
            throw new DaemonRefusal(500, error.toString());
        }
        removal.imageIs();
    }

    private static String error(JsonNode piece) {
        return piece.path("errorDetail")
                .path("message")
                .asText(piece.path("error").asText(""));
    }

    /**
     * One for each label: Podman takes several in one instruction for one. Docker and Podman do not agree on what a
     * backslash means here, so what would need one is replaced.
     */
    private List<String> labelInstructions() {
        return labels.entrySet().stream()
                .map(label -> "LABEL \"" + label.getKey() + "\"=\""
                        + label.getValue().replaceAll("[\"\\\\$\\p{Cntrl}]", "_") + '"')
                .toList();
    }

    /** What the names of entries begin with that are written into the volume. */
    String prefix() {
        return connection.info().isPodman() ? "" : NAME + '/';
    }

    /** Whether entries for the volume's root directory change its owner. */
    boolean canOwnRoot() {
        return !connection.info().isPodman();
    }

    /** Whether the daemon tells whose files are; Podman says that all of them are root's. */
    boolean tellsOwners() {
        return !connection.info().isPodman();
    }

    /** What is at a path of the volume. */
    Optional<PathStat> stat(String path) throws EngineException, InterruptedException {
        try {
            return connection
                    .header(DaemonRequest.head(archive()).query("path", VOLUME + path), STAT_HEADER)
                    .map(PathStat::parse);
        } catch (DaemonRefusal e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw refused("could not look at " + path + " in the volume", e);
        } catch (IOException e) {
            throw connection.lost(e);
        }
    }

    /**
     * Unpacks an archive, whose names begin with {@link #prefix()}, in the volume.
     *
     * @throws DaemonRefusal when the daemon does not take it
     * @throws IOException when the archive cannot be read or the connection is lost
     */
    void write(TarStream tar) throws DaemonRefusal, IOException, InterruptedException {
        connection.exchange(
                DaemonRequest.put(archive())
                        .query("path", connection.info().isPodman() ? VOLUME : PARENT)
                        .query("noOverwriteDirNonDir", "1")
                        .header("Content-Type", "application/x-tar")
                        .body(tar),
                null,
                body -> null);
    }

    /**
     * Reads what is at a path of the volume as an archive.
     *
     * @throws DaemonRefusal when there is nothing, or the daemon does not give it
     * @throws IOException when the reader fails or the connection is lost
     */
    <T> T read(String path, BodyReader<T> reader) throws DaemonRefusal, IOException, InterruptedException {
        return connection.exchange(DaemonRequest.get(archive()).query("path", VOLUME + path), null, reader);
    }

    private String archive() {
        return "/containers/" + container + "/archive";
    }

    /** The daemon's refusal as a failure with advice. */
    EngineException refused(String what, DaemonRefusal e) {
        // Some daemons show the options that they mount a volume with.
        String said = PASSWORD.matcher(String.valueOf(e.getMessage())).replaceAll("$1=****");
        return new EngineException(
                what,
                "the " + connection.info().product() + " at "
                        + connection.info().uri() + " answered: " + said,
                advice(said),
                e);
    }

    private static String advice(String said) {
        if (said.contains("no space left") || said.contains("quota exceeded")) {
            return "Free space on the disk of the daemon's host; container-build volume prune removes volumes that nobody"
                    + " needs";
        }
        if (said.contains("mount")) {
            return "Check the volume's driver options: the daemon could not mount it";
        }
        return "Look into the daemon's log for more";
    }

    /**
     * The connection broke while an archive was being sent. A daemon that refuses one in the middle answers and hangs up,
     * and the answer is lost on the way; the most frequent reason, a full disk, can be asked for once more: with a file for
     * the helper itself, so small that the answer arrives.
     */
    EngineException broken(String what, IOException e) throws InterruptedException {
        try (TarStream probe =
                new TarStream(new OneEntry(OneEntry.file("probe", PROBE_BYTES)), TransferCount.silent())) {
            connection.exchange(
                    DaemonRequest.put(archive())
                            .query("path", "/")
                            .header("Content-Type", "application/x-tar")
                            .body(probe),
                    PROBE_LIMIT,
                    body -> null);
            return lost(e);
        } catch (DaemonRefusal refusal) {
            return refused(what, refusal);
        } catch (IOException stillBroken) {
            e.addSuppressed(stillBroken);
            return lost(e);
        }
    }

    /** The connection was lost while the volume was read or written. */
    EngineException lost(IOException e) {
        return connection.lost(e);
    }
}

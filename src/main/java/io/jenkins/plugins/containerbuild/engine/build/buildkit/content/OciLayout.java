package io.jenkins.plugins.containerbuild.engine.build.buildkit.content;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.context.Confinement;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A directory in the layout of the OCI image specification: blobs by their digests, and an index that gives some of them
 * names. Several builds may use one at the same time, also from several processes: a blob appears as a whole or not at
 * all, and the index is changed under a lock.
 */
public final class OciLayout {

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final String INDEX = "index.json";
    private static final String TAG = "org.opencontainers.image.ref.name";
    private static final String MANIFESTS = "manifests";
    private static final Duration LOCK_LIMIT = Duration.ofSeconds(10);
    private static final long LOCK_PAUSE_MILLIS = 50;
    /** What a build that was killed left behind; no build takes that long. */
    private static final Duration LEFT_BEHIND = Duration.ofDays(1);

    private final Path directory;
    private final boolean writable;

    private OciLayout(Path directory, boolean writable) {
        this.directory = directory;
        this.writable = writable;
    }

    /**
     * One to read from, when it is there.
     *
     * @param what what could not be done otherwise: "could not use the cache out/cache"
     * @param path absolute, or relative to the root or, without one, to the current directory
     * @param root what it may not lie outside of, also not through symbolic links; null for no limit
     * @return empty when there is nothing
     * @throws InvalidRequestException when it lies outside or is no directory
     */
    public static Optional<OciLayout> toRead(String what, String path, Path root) throws InvalidRequestException {
        Confinement confinement = Confinement.of(root);
        Path absolute = confinement.absolute(what, path);
        return Files.exists(absolute)
                ? Optional.of(new OciLayout(directory(what, confinement.real(what, absolute)), false))
                : Optional.empty();
    }

    /**
     * One to write to, which is made when the first thing is written.
     *
     * @param what as for {@link #toRead}
     * @param path as for {@link #toRead}
     * @param root as for {@link #toRead}
     * @throws InvalidRequestException when it lies outside or is no directory
     */
    public static OciLayout toWrite(String what, String path, Path root) throws InvalidRequestException {
        Confinement confinement = Confinement.of(root);
        Path absolute = confinement.absolute(what, path);
        Path there = absolute;
        for (Path up = there.getParent(); up != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS); ) {
            there = up;
            up = there.getParent();
        }
        Path real = directory(what, confinement.real(what, there));
        return new OciLayout(real.resolve(there.relativize(absolute)), true);
    }

    private static Path directory(String what, Path path) throws InvalidRequestException {
        if (!Files.isDirectory(path)) {
            throw new InvalidRequestException(what, path + " is no directory", "Give a directory");
        }
        return path;
    }

    /** Where it is. */
    public Path directory() {
        return directory;
    }

    /** Whether a daemon may write to it. */
    boolean isWritable() {
        return writable;
    }

    static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    /** Where the blob is, whether or not it is there; only for what {@link #isDigest}. */
    Path blob(String digest) {
        return blobs().resolve(digest.substring(digest.indexOf(':') + 1));
    }

    private Path blobs() {
        return directory.resolve("blobs").resolve("sha256");
    }

    /** Whether the blob is there. A link is no blob: it might lead anywhere. */
    public boolean has(String digest) {
        return isDigest(digest) && Files.isRegularFile(blob(digest), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * The blob that has a name.
     *
     * @return its digest; empty when there is no such name, or none that leads to a blob
     * @throws IOException when the index cannot be read
     */
    public Optional<String> tagged(String tag) throws IOException {
        for (JsonNode manifest : index().path(MANIFESTS)) {
            String digest = manifest.path("digest").asText();
            if (manifest.path("annotations").path(TAG).asText().equals(tag) && has(digest)) {
                return Optional.of(digest);
            }
        }
        return Optional.empty();
    }

    /**
     * The only blob that the index names.
     *
     * @return empty when it names none or several
     * @throws IOException when the index cannot be read
     */
    public Optional<String> single() throws IOException {
        JsonNode manifests = index().path(MANIFESTS);
        String digest = manifests.path(0).path("digest").asText();
        return manifests.size() == 1 && has(digest) ? Optional.of(digest) : Optional.empty();
    }

    private ObjectNode index() throws IOException {
        Path file = directory.resolve(INDEX);
        JsonNode read = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? new ObjectMapper().readTree(Files.readString(file))
                : null;
        if (read instanceof ObjectNode index) {
            return index;
        }
        return new ObjectMapper()
                .createObjectNode()
                .put("schemaVersion", 2)
                .put("mediaType", "application/vnd.oci.image.index.v1+json");
    }

    /**
     * Gives a blob a name, which it takes from another one that has it.
     *
     * @param descriptor as the OCI specification describes it, in JSON
     * @throws IOException when the index cannot be written, also when another build holds it for too long
     * @throws InterruptedException when the thread was interrupted
     */
    public void tag(String tag, String descriptor) throws IOException, InterruptedException {
        prepare();
        Path lock = directory.resolve("." + INDEX + ".lock");
        try (FileChannel channel = FileChannel.open(
                        lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock held = lock(channel, lock)) {
            ObjectNode index = index();
            ArrayNode others = index.arrayNode();
            for (JsonNode manifest : index.path(MANIFESTS)) {
                if (!manifest.path("annotations").path(TAG).asText().equals(tag)) {
                    others.add(manifest);
                }
            }
            ObjectNode added = (ObjectNode) new ObjectMapper().readTree(descriptor);
            added.putObject("annotations").put(TAG, tag);
            others.add(added);
            index.set(MANIFESTS, others);
            replace("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}");
            replace(INDEX, index.toString());
        }
    }

    private static FileLock lock(FileChannel channel, Path file) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(LOCK_LIMIT);
        while (true) {
            FileLock lock = tryLock(channel);
            if (lock != null) {
                return lock;
            }
            if (Instant.now().isAfter(end)) {
                throw new IOException(
                        "another build holds " + file + " for more than " + LOCK_LIMIT.toSeconds() + " seconds");
            }
            TimeUnit.MILLISECONDS.sleep(LOCK_PAUSE_MILLIS);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held in this very process.
            return null;
        }
    }

    private void replace(String name, String content) throws IOException {
        Path made = directory.resolve("." + name + '.' + UUID.randomUUID());
        try {
            Files.write(made, content.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
            Files.move(made, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    /** Begins a new blob. */
    NewBlob begin() throws IOException {
        prepare();
        return new NewBlob(this, ingests().resolve(UUID.randomUUID().toString()));
    }

    private Path ingests() {
        return directory.resolve("ingest");
    }

    /** Makes the directories. Links in their places would lead out of where writing is allowed. */
    private void prepare() throws IOException {
        if (!writable) {
            throw new IOException(directory + " is only to be read");
        }
        Files.createDirectories(blobs());
        Files.createDirectories(ingests());
        for (Path made : new Path[] {blobs(), ingests()}) {
            if (!made.toRealPath().equals(made)) {
                throw new IOException(made + " is, or is reached by, a symbolic link; remove it");
            }
        }
        removeLeftBehind();
    }

    private void removeLeftBehind() throws IOException {
        Instant limit = Instant.now().minus(LEFT_BEHIND);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(ingests())) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isBefore(limit)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}

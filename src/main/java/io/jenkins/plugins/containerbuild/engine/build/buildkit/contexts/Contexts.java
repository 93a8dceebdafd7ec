package io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.content.OciLayout;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync.SyncDirectory;
import io.jenkins.plugins.containerbuild.engine.build.context.BuildContext;
import io.jenkins.plugins.containerbuild.engine.build.context.ContextDirectory;
import io.jenkins.plugins.containerbuild.engine.build.context.InlineDockerfile;
import io.jenkins.plugins.containerbuild.engine.build.context.RemoteContext;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that a build reads, opened and checked, but not read yet: the context, the Dockerfile, further contexts.
 *
 * @param place where the context is, as a URI or an address
 * @param attributes what the daemon's frontend is told of it
 * @param directories what the daemon may ask for, by the names that it knows
 * @param stores where the daemon may read images from, by the ids that it knows
 */
public record Contexts(
        String place,
        Map<String, String> attributes,
        Map<String, SyncDirectory> directories,
        Map<String, OciLayout> stores) {

    static final String CONTEXT = "context";
    static final String DOCKERFILE = "dockerfile";

    private static final String FILE_NAME = "filename";

    /** Copies the maps. */
    public Contexts {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        directories = Collections.unmodifiableMap(new LinkedHashMap<>(directories));
        stores = Map.copyOf(stores);
    }

    /** By which the daemon recognizes the same context in later builds. */
    public String sharedKey() {
        return SharedKey.of(place);
    }

    /**
     * Opens what a request names.
     *
     * @throws InvalidRequestException when something is missing, unreadable, of the wrong kind or outside of the
     *     request's root; the message names it
     */
    public static Contexts open(BuildRequest request) throws InvalidRequestException {
        Map<String, String> attributes = new LinkedHashMap<>();
        Map<String, SyncDirectory> directories = new LinkedHashMap<>();
        if (request.dockerfileInline() != null && request.file() != null) {
            throw new InvalidRequestException(
                    "could not start the build",
                    "its Dockerfile is given twice, by the options file and dockerfileInline",
                    "Leave one of them out");
        }
        Optional<RemoteContext> remote = RemoteContext.of(request.context());
        String place = remote.isPresent()
                ? openRemote(request, remote.get(), attributes, directories)
                : openLocal(request, attributes, directories);
        NamedContexts named = NamedContexts.open(request.buildContexts(), root(request));
        attributes.putAll(named.attributes());
        directories.putAll(named.directories());
        return new Contexts(place, attributes, directories, named.stores());
    }

    private static String openRemote(
            BuildRequest request,
            RemoteContext remote,
            Map<String, String> attributes,
            Map<String, SyncDirectory> directories)
            throws InvalidRequestException {
        NamedContexts.refusePassword(remote);
        attributes.put(CONTEXT, remote.address());
        if (request.dockerfileInline() != null) {
            directories.put(DOCKERFILE, inline(request));
            attributes.put(FILE_NAME, InlineDockerfile.NAME);
            attributes.put("dockerfilekey", DOCKERFILE);
        } else if (request.file() != null && Path.of(request.file()).isAbsolute()) {
            Path file = Path.of(request.file());
            Path directory = Objects.requireNonNullElse(file.getParent(), file);
            BuildContext local = BuildContext.open(directory, request.file(), root(request));
            directories.put(DOCKERFILE, dockerfile(local));
            attributes.put(FILE_NAME, Objects.toString(local.dockerfile().getFileName()));
            attributes.put("dockerfilekey", DOCKERFILE);
        } else if (request.file() != null) {
            attributes.put(FILE_NAME, request.file());
        }
        return remote.address();
    }

    private static String openLocal(
            BuildRequest request, Map<String, String> attributes, Map<String, SyncDirectory> directories)
            throws InvalidRequestException {
        refuseOtherAddress("the build context", request.context());
        Path place = Path.of(request.context());
        if (request.dockerfileInline() != null) {
            ContextDirectory context = ContextDirectory.open(place, root(request));
            String directory = context.directory().toUri().toString();
            directories.put(CONTEXT, new SyncDirectory(directory, context::files));
            directories.put(DOCKERFILE, inline(request));
            attributes.put(FILE_NAME, InlineDockerfile.NAME);
            return directory;
        }
        BuildContext context = BuildContext.open(place, request.file(), root(request));
        String directory = context.directory().toUri().toString();
        directories.put(CONTEXT, new SyncDirectory(directory, context::files));
        directories.put(DOCKERFILE, dockerfile(context));
        attributes.put(FILE_NAME, Objects.toString(context.dockerfile().getFileName()));
        return directory;
    }

    private static SyncDirectory dockerfile(BuildContext context) {
        return new SyncDirectory(context.dockerfile().toUri().toString(), context::dockerfileFiles);
    }

    private static SyncDirectory inline(BuildRequest request) throws InvalidRequestException {
        return new SyncDirectory("inline", new InlineDockerfile(request.dockerfileInline())::files);
    }

    /** An address that nothing here understands is no directory either; to say that none is there would lead astray. */
    static void refuseOtherAddress(String what, String text) throws InvalidRequestException {
        if (text.matches("[a-zA-Z][a-zA-Z0-9+.-]*://.*")) {
            throw new InvalidRequestException(
                    "could not use " + what + " '" + text + "'",
                    "there is no kind of context with such an address",
                    "Give a directory, a Git repository (https://host/repo.git, git://, ssh://, user@host:path) or an"
                            + " HTTP address of a tarball; buildContexts also takes docker-image://NAME and"
                            + " oci-layout://DIRECTORY");
        }
    }

    private static Path root(BuildRequest request) {
        return request.root() == null ? null : Path.of(request.root());
    }
}

package io.jenkins.plugins.containerbuild.engine.compose;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineInfo;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where Docker Compose runs: an empty folder of its own, so that no file of somebody's is taken for the project's, and an
 * environment that leads to the same daemon as the engine's own. The folder is for this user alone and goes when this is
 * closed; the only files in it are certificates, and only for a daemon whose certificates are in no files yet.
 */
final class ComposeRoom implements AutoCloseable {

    /** Variables that would change which daemon is meant, or which project. */
    private static final List<String> OWN = List.of(
            "DOCKER_HOST",
            "DOCKER_CONTEXT",
            "DOCKER_TLS",
            "DOCKER_TLS_VERIFY",
            "DOCKER_CERT_PATH",
            "DOCKER_API_VERSION",
            "COMPOSE_FILE",
            "COMPOSE_ENV_FILES",
            "COMPOSE_PROJECT_NAME");

    private final Path folder;
    private final Map<String, String> environment;
    private final List<Path> files = new ArrayList<>();

    private ComposeRoom(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * Opens one.
     *
     * @param endpoint which daemon was asked for
     * @param info which one answered
     * @param variables for the files of the project
     * @throws EngineException when no folder can be made
     */
    static ComposeRoom open(EndpointRequest endpoint, EngineInfo info, Map<String, String> variables)
            throws EngineException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(variables);
        OWN.forEach(environment::remove);
        ComposeRoom room = null;
        try {
            room = new ComposeRoom(Files.createTempDirectory("container-build-compose"), environment);
            room.pointTo(endpoint, info);
            return room;
        } catch (IOException e) {
            if (room != null) {
                room.close();
            }
            throw new EngineException(
                    "could not prepare a folder for Docker Compose",
                    String.valueOf(e.getMessage()),
                    "Look at the disk and the permissions of " + System.getProperty("java.io.tmpdir"),
                    e);
        }
    }

    private void pointTo(EndpointRequest endpoint, EngineInfo info) throws IOException {
        Map<String, String> given = endpoint.environment();
        pass(given, "DOCKER_CONFIG");
        TlsMaterial tls = endpoint.uri() == null ? null : endpoint.tls();
        if (tls != null) {
            write("ca.pem", tls.serverCa());
            write("cert.pem", tls.clientCertificate());
            Secret key = tls.clientKey();
            write("key.pem", key == null ? null : key.reveal());
            environment.put("DOCKER_TLS_VERIFY", "1");
            environment.put("DOCKER_CERT_PATH", folder.toString());
        } else if (info.source().equals("DOCKER_HOST") || endpoint.uri() != null) {
            pass(given, "DOCKER_TLS_VERIFY");
            pass(given, "DOCKER_CERT_PATH");
        } else if (given.containsKey("DOCKER_CONTEXT")) {
            // Its certificates are in the context's own files.
            pass(given, "DOCKER_CONTEXT");
            return;
        }
        environment.put("DOCKER_HOST", info.uri());
    }

    private void pass(Map<String, String> given, String name) {
        String value = given.get(name);
        if (value != null && !value.isBlank()) {
            environment.put(name, value);
        }
    }

    private void write(String name, String pem) throws IOException {
        if (pem == null) {
            return;
        }
        Path file = folder.resolve(name);
        files.add(file);
        FileAttribute<?>[] mine =
                folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Files.createFile(file, mine);
        Files.write(file, pem.getBytes(StandardCharsets.UTF_8));
    }

    /** The folder. */
    Path folder() {
        return folder;
    }

    /** The variables that Docker Compose gets, and no others. */
    Map<String, String> environment() {
        return Collections.unmodifiableMap(environment);
    }

    @Override
    public void close() {
        List<Path> all = new ArrayList<>(files);
        all.add(folder);
        for (Path path : all) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                System.getLogger(ComposeRoom.class.getName())
                        .log(System.Logger.Level.WARNING, "could not remove " + path, e);
            }
        }
    }
}

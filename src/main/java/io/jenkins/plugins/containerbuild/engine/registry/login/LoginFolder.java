package io.jenkins.plugins.containerbuild.engine.registry.login;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;

/**
 * A folder that programs take for the docker command's own ({@code DOCKER_CONFIG}) for a while: with its settings, plugins
 * and contexts as they are, and logins besides. Nobody but its owner can enter it.
 */
public final class LoginFolder {

    private final Path folder;

    /** @param folder where it is or is to be; its parent need not exist */
    public LoginFolder(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /** The file with the settings and logins, which podman, buildah and skopeo take as {@code REGISTRY_AUTH_FILE}. */
    public static String file(String folder) {
        return folder + '/' + DockerConfig.FILE;
    }

    /**
     * Makes it.
     *
     * @param own the folder that is used otherwise; need not exist, and is not changed
     * @param logins a login for each registry
     * @throws EngineException when the settings of the own folder cannot be used, or the disk refuses it; nothing is left
     *     then
     */
    public void write(Path own, Map<RegistryAddress, RegistryCredentials> logins) throws EngineException {
        DockerConfig config = DockerConfig.of(own);
        logins.forEach(config::add);
        boolean written = false;
        try {
            Files.createDirectories(Objects.requireNonNull(folder.getParent(), "it is in a folder"));
            Files.createDirectory(folder, forTheOwner("rwx------"));
            link(own.toAbsolutePath());
            Path file = folder.resolve(DockerConfig.FILE);
            Files.createFile(file, forTheOwner("rw-------"));
            Files.write(file, config.bytes(), StandardOpenOption.TRUNCATE_EXISTING);
            written = true;
        } catch (IOException e) {
            throw new EngineException(
                    "could not write logins to " + folder,
                    e.toString(),
                    "Look at the disk and at the permissions of the folder beside the workspace",
                    e);
        } finally {
            if (!written) {
                removeQuietly();
            }
        }
    }

    /** What else is in the own folder: the command's plugins are found there, contexts and builders. */
    private void link(Path own) throws IOException {
        if (!Files.isDirectory(own) || !isPosix()) {
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(own)) {
            for (Path each : all) {
                Path name = each.getFileName();
                if (name != null && !name.toString().equals(DockerConfig.FILE)) {
                    Files.createSymbolicLink(folder.resolve(name), each);
                }
            }
        }
    }

    private FileAttribute<?>[] forTheOwner(String permissions) {
        return isPosix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private boolean isPosix() {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /**
     * Removes it; what links in it lead to stays.
     *
     * @throws EngineException when that is not possible
     */
    public void remove() throws EngineException {
        try {
            delete();
        } catch (IOException e) {
            throw new EngineException(
                    "could not remove the logins in " + folder, e.toString(), "Remove this folder by hand", e);
        }
    }

    private void removeQuietly() {
        try {
            delete();
        } catch (IOException e) {
            System.getLogger(LoginFolder.class.getName())
                    .log(System.Logger.Level.WARNING, "could not remove " + folder, e);
        }
    }

    private void delete() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Files.walkFileTree(folder, new Deletion());
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException trouble) throws IOException {
            if (trouble != null) {
                throw trouble;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}

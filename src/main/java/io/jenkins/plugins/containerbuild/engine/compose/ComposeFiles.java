package io.jenkins.plugins.containerbuild.engine.compose;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import io.jenkins.plugins.containerbuild.engine.volume.spec.HostPathPolicy;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The files of a project.
 *
 * @param names paths, relative ones from the directory; empty for those that Compose looks for by itself
 * @param directory where the build is at work, absolute; not null
 * @param workspace the directory in which files and mounted host paths are to be, absolute; not null
 * @param policy which paths outside of it are allowed, too; not null
 */
public record ComposeFiles(List<String> names, String directory, String workspace, HostPathPolicy policy)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** In the order in which Compose looks for them. */
    private static final List<String> USUAL =
            List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");

    private static final List<String> USUAL_OVERRIDES = List.of(
            "compose.override.yml",
            "compose.override.yaml",
            "docker-compose.override.yml",
            "docker-compose.override.yaml");

    /** Copies the list, refuses null. */
    public ComposeFiles {
        names = List.copyOf(names);
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(workspace, "workspace");
        Objects.requireNonNull(policy, "policy");
    }

    /**
     * The files, absolute and without links. Without names, the directories above are not searched, as Compose would.
     *
     * @throws InvalidRequestException when one is missing or outside the workspace
     */
    List<Path> find() throws InvalidRequestException {
        List<Path> found = new ArrayList<>();
        for (String name : names.isEmpty() ? usual() : names) {
            String what = "could not read the Compose file " + Printable.shortened(name);
            Path file = policy.allow(
                    Path.of(workspace), Path.of(directory).resolve(name).toString(), what);
            if (!Files.isRegularFile(file)) {
                throw new InvalidRequestException(
                        what, "there is no file " + file, "Check the option files; paths are relative to " + directory);
            }
            found.add(file);
        }
        return found;
    }

    private List<String> usual() throws InvalidRequestException {
        List<String> found = new ArrayList<>();
        first(USUAL, found);
        if (found.isEmpty()) {
            throw new InvalidRequestException(
                    "could not find a Compose file",
                    "none of " + String.join(", ", USUAL) + " is in " + directory,
                    "Name the files with the option files, or change to their directory");
        }
        first(USUAL_OVERRIDES, found);
        return found;
    }

    private void first(List<String> candidates, List<String> found) {
        candidates.stream()
                .filter(name -> Files.exists(Path.of(directory).resolve(name)))
                .findFirst()
                .ifPresent(found::add);
    }
}

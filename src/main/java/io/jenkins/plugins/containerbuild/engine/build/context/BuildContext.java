package io.jenkins.plugins.containerbuild.engine.build.context;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A build's input: a directory, the Dockerfile and the rules of what is left out. Opening it checks everything that can
 * be checked without reading the files; sending it is the part of {@link ContextTar}. All paths are real ones, without
 * symbolic links. Immutable.
 */
public final class BuildContext {

    private final Path directory;
    private final Path dockerfile;
    private final String dockerfileName;
    private final Path ignoreFile;
    private final IgnoreRules rules;

    private BuildContext(Path directory, Path dockerfile, String dockerfileName, Path ignoreFile, IgnoreRules rules) {
        this.directory = directory;
        this.dockerfile = dockerfile;
        this.dockerfileName = dockerfileName;
        this.ignoreFile = ignoreFile;
        this.rules = rules;
    }

    /**
     * Opens a context.
     *
     * <p>The ignore file is {@code <Dockerfile>.dockerignore} beside the Dockerfile where there is one, else
     * {@code .dockerignore} in the context.
     *
     * @param directory the context directory; a relative one is looked up in {@code root} where that is given
     * @param dockerfile the Dockerfile: absolute, or relative to the context directory, or where no such file is there
     *     relative to {@code root}; null for {@code Dockerfile} (or else {@code dockerfile}) in the context
     * @param root what neither context, Dockerfile nor ignore file may lie outside of, also not through symbolic links:
     *     a Jenkins workspace; null for no limit
     * @throws InvalidRequestException when something is missing, unreadable, of the wrong kind or outside; the message
     *     names it
     */
    public static BuildContext open(Path directory, String dockerfile, Path root) throws InvalidRequestException {
        Confinement confinement = Confinement.of(root);
        Path context = confinement.contextDirectory(directory);
        DockerfileFinder.Found found = new DockerfileFinder(context, confinement).find(dockerfile);
        Path ignoreFile = found.ignoreFile();
        IgnoreRules rules = ignoreFile == null ? IgnoreRules.NONE : IgnoreFile.rules(ignoreFile);
        return new BuildContext(context, found.file(), nameInContext(context, found.file()), ignoreFile, rules);
    }

    private static String nameInContext(Path context, Path dockerfile) {
        if (!dockerfile.startsWith(context)) {
            return ".dockerfile." + UUID.randomUUID();
        }
        return context.relativize(dockerfile)
                .toString()
                .replace(dockerfile.getFileSystem().getSeparator(), "/");
    }

    /** The context directory. */
    public Path directory() {
        return directory;
    }

    /** The Dockerfile. */
    public Path dockerfile() {
        return dockerfile;
    }

    /** Whether the Dockerfile lies in the context directory. */
    public boolean isDockerfileInside() {
        return dockerfile.startsWith(directory);
    }

    /**
     * What the daemon is told as the Dockerfile's path in the context, with slashes. A Dockerfile from elsewhere is sent
     * along under a random name, as the docker CLI does it.
     */
    public String dockerfileName() {
        return dockerfileName;
    }

    /** The ignore file that decides, or null where there is none. */
    public Path ignoreFile() {
        return ignoreFile;
    }

    /**
     * What is in the context directory now, as far as a daemon asks for it. The daemon read the ignore file itself and
     * tells what to leave out.
     *
     * @throws IOException with a full message when the directory cannot be read or a pattern is none
     */
    public ContextFiles files(PathPatterns patterns) throws IOException {
        return new SelectedFiles(directory, patterns);
    }

    /**
     * The Dockerfile and its own ignore file (not the context's), as far as a daemon asks for them, as if they were
     * alone in a directory. The ignore file is named after the Dockerfile.
     *
     * @throws IOException with a full message when a pattern is none
     */
    public ContextFiles dockerfileFiles(PathPatterns patterns) throws IOException {
        return new DockerfileFiles(this, patterns);
    }

    /** What is left out. */
    IgnoreRules rules() {
        return rules;
    }
}

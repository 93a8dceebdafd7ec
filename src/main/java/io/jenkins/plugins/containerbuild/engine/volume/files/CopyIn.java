package io.jenkins.plugins.containerbuild.engine.volume.files;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.context.Confinement;
import io.jenkins.plugins.containerbuild.engine.file.FileNames;
import io.jenkins.plugins.containerbuild.engine.volume.CopyRequest;
import io.jenkins.plugins.containerbuild.engine.volume.TransferResult;
import io.jenkins.plugins.containerbuild.engine.volume.VolumePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A copy of files of this machine in a volume. */
final class CopyIn {

    private final String what;
    private final CopyRequest request;
    private final Path source;
    private final TransferCount count;

    private CopyIn(String what, CopyRequest request, Path source, TransferCount count) {
        this.what = what;
        this.request = request;
        this.source = source;
        this.count = count;
    }

    /**
     * Looks at the source.
     *
     * @throws InvalidRequestException when it is not there or outside of the root
     */
    static CopyIn of(String what, CopyRequest request, TransferCount count) throws InvalidRequestException {
        Confinement confinement = Confinement.of(request.root() == null ? null : Path.of(request.root()));
        Path absolute = confinement.absolute(what, request.from().path());
        return new CopyIn(what, request, confinement.real(what, absolute), count);
    }

    TransferResult run(HelperContainer helper) throws EngineException, InterruptedException {
        List<String> target = VolumePath.names(request.to().path());
        boolean directory = Files.isDirectory(source);
        boolean into = directory || isDirectory(helper, target);
        try (LocalTree tree = new LocalTree(source, request.owner(), count)) {
            addMissing(helper, tree, into ? target : target.subList(0, target.size() - 1));
            String path = helper.prefix() + String.join("/", target);
            String prefix = path.isEmpty() || path.endsWith("/") ? path : path + '/';
            if (directory) {
                tree.addContents(prefix);
            } else {
                tree.addFile(into ? prefix + FileNames.of(source) : path);
            }
            VolumeFiles.write(what, helper, new TarStream(tree, count));
        } catch (IOException e) {
            EngineException local = LocalFileException.in(e);
            throw local == null
                    ? new EngineException(what, VolumeFiles.reason(e), "Check the files, and try again", e)
                    : local;
        }
        return count.complete(null);
    }

    /** Whether a file goes into the target instead of becoming it. */
    private boolean isDirectory(HelperContainer helper, List<String> target)
            throws EngineException, InterruptedException {
        return target.isEmpty()
                || request.to().path().endsWith("/")
                || helper.stat(path(target)).map(PathStat::directory).orElse(false);
    }

    /** Directories that are not there yet are sent along, so that they do not become root's. */
    private void addMissing(HelperContainer helper, LocalTree tree, List<String> directories)
            throws EngineException, IOException, InterruptedException {
        boolean missing = false;
        for (int depth = 1; depth <= directories.size(); depth++) {
            String path = path(directories.subList(0, depth));
            if (!missing) {
                Optional<PathStat> stat = helper.stat(path);
                if (stat.isPresent() && !stat.get().directory()) {
                    throw new InvalidRequestException(
                            what,
                            path + " in the volume is no directory",
                            "Give another path, or remove the file there");
                }
                missing = stat.isEmpty();
            }
            if (missing) {
                tree.addDirectory(helper.prefix() + path.substring(1));
            }
        }
    }

    private static String path(List<String> names) {
        return '/' + String.join("/", names);
    }
}

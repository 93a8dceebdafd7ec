package io.jenkins.plugins.containerbuild.engine.volume.files;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.file.ReceivedTree;
import io.jenkins.plugins.containerbuild.engine.file.TargetPlace;
import io.jenkins.plugins.containerbuild.engine.file.WriteTrouble;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import io.jenkins.plugins.containerbuild.engine.volume.CopyRequest;
import io.jenkins.plugins.containerbuild.engine.volume.TransferResult;
import io.jenkins.plugins.containerbuild.engine.volume.VolumePath;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A copy of files of a volume on this machine. The daemon's archive is not trusted: nothing is written elsewhere. */
final class CopyOut {

    private static final WriteTrouble TROUBLE = new WriteTrouble("the copy", "to");
    private static final int BUFFER = 64 * 1024;
    private static final int NOT_FOUND = 404;

    private final String what;
    private final CopyRequest request;
    private final TargetPlace place;
    private final TransferCount count;

    private CopyOut(String what, CopyRequest request, TargetPlace place, TransferCount count) {
        this.what = what;
        this.request = request;
        this.place = place;
        this.count = count;
    }

    /**
     * Looks at the target.
     *
     * @throws EngineException when it is outside of the root or cannot be written
     */
    static CopyOut of(String what, CopyRequest request, TransferCount count) throws EngineException {
        TargetPlace place = TargetPlace.of(TROUBLE, request.to().path(), request.root());
        if (Files.isRegularFile(place.path())) {
            place.file();
        } else {
            place.directory();
        }
        return new CopyOut(what, request, place, count);
    }

    TransferResult run(HelperContainer helper) throws EngineException, InterruptedException {
        List<String> from = VolumePath.names(request.from().path());
        try {
            helper.read(from.isEmpty() ? "" : '/' + String.join("/", from), this::receive);
            return count.complete(null);
        } catch (DaemonRefusal e) {
            if (e.status() == NOT_FOUND) {
                throw new InvalidRequestException(
                        what,
                        "there is no " + request.from().path() + " in the volume "
                                + request.from().volume(),
                        "Check the path; it begins at the volume's root, not at the place where a container mounts it",
                        e);
            }
            throw helper.refused(what, e);
        } catch (IOException e) {
            EngineException local = LocalFileException.in(e);
            throw local == null ? helper.lost(e) : local;
        }
    }

    private Void receive(InputStream body) throws IOException {
        ReceivedTar tar = ReceivedTar.ofDaemon(body);
        ReceivedTar.Item first = tar.next();
        if (first == null) {
            throw new IOException("the daemon sent nothing");
        }
        if (first.header().isSymbolicLink()) {
            throw new LocalFileException(new InvalidRequestException(
                    what,
                    request.from().path() + " is a symbolic link to " + Printable.shortened(first.link()),
                    "Give the path that it leads to"));
        }
        local(() -> {
            if (first.header().isDirectory()) {
                writeTree(tar);
            } else {
                writeFile(tar, first);
            }
            return null;
        });
        return null;
    }

    /** Something that is done with files of this machine. */
    private interface Step {
        Void run() throws EngineException, IOException;
    }

    /** Tells trouble of this machine's disk from trouble of the connection. */
    private void local(Step step) throws IOException {
        try {
            step.run();
        } catch (EngineException e) {
            throw new LocalFileException(e);
        } catch (FromDaemonException e) {
            throw new IOException(e.getMessage(), e.getCause());
        } catch (IOException e) {
            throw new LocalFileException(place.explain(e));
        }
    }

    private void writeTree(ReceivedTar tar) throws EngineException, IOException {
        Path directory = Files.createDirectories(place.directory());
        ReceivedTree tree = new ReceivedTree(directory);
        for (ReceivedTar.Item item = next(tar); item != null; item = next(tar)) {
            write(tar, item, tree, item.path());
        }
        tree.settle();
    }

    private void writeFile(ReceivedTar tar, ReceivedTar.Item item) throws EngineException, IOException {
        String[] names = item.header().getName().split("/");
        boolean into = request.to().path().endsWith("/")
                || request.to().path().endsWith(File.separator)
                || Files.isDirectory(place.path());
        Path file = into ? place.directory() : place.file();
        Path directory = into ? file : Objects.requireNonNull(file.getParent(), "a file in no directory");
        String name = into
                ? names[names.length - 1]
                : Objects.requireNonNull(file.getFileName(), "only a root has no name")
                        .toString();
        write(tar, item, new ReceivedTree(Files.createDirectories(directory)), name);
    }

    private void write(ReceivedTar tar, ReceivedTar.Item item, ReceivedTree tree, String path) throws IOException {
        int mode = item.header().getMode();
        long modified = item.header().getLastModifiedTime().to(TimeUnit.NANOSECONDS);
        if (item.isSpecial()) {
            count.skip(path);
            return;
        }
        if (item.header().isDirectory()) {
            tree.directory(path, mode, modified);
        } else {
            refuseDirectory(tree, path);
            if (item.header().isSymbolicLink()) {
                tree.symlink(path, item.link(), modified);
            } else if (item.header().isLink()) {
                tree.hardLink(path, item.link());
            } else {
                content(tar, tree, path);
                tree.finish(path, mode, modified);
            }
        }
        count.entry(item.header());
    }

    private static void refuseDirectory(ReceivedTree tree, String path) throws IOException {
        if (tree.isDirectoryAt(path)) {
            throw new IOException("a directory is where the file '" + Printable.shortened(path) + "' is to be");
        }
    }

    private void content(ReceivedTar tar, ReceivedTree tree, String path) throws IOException {
        boolean complete = false;
        try (OutputStream file = tree.file(path)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = read(tar, buffer); read >= 0; read = read(tar, buffer)) {
                file.write(buffer, 0, read);
                count.bytes(read);
            }
            complete = true;
        } finally {
            if (!complete) {
                tree.forget(path);
            }
        }
    }

    private static ReceivedTar.Item next(ReceivedTar tar) throws FromDaemonException {
        try {
            return tar.next();
        } catch (IOException e) {
            throw new FromDaemonException(e);
        }
    }

    private static int read(ReceivedTar tar, byte[] buffer) throws FromDaemonException {
        try {
            return tar.content().read(buffer);
        } catch (IOException e) {
            throw new FromDaemonException(e);
        }
    }

    /** Reading what the daemon sends failed, not writing it. */
    private static final class FromDaemonException extends IOException {

        private static final long serialVersionUID = 1L;

        FromDaemonException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}

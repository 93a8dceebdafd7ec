package io.jenkins.plugins.containerbuild.engine.volume.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.file.FileNames;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeOwner;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * A directory or file of this machine as entries of an archive, in the order of the names' bytes. Links are sent as links and
 * not followed, files with several names several times. It keeps the names of the directories on the way, not the tree.
 */
final class LocalTree implements TarStream.Source {

    private final Path top;
    private final VolumeOwner owner;
    private final TransferCount count;
    private final Deque<TarStream.Entry> ahead = new ArrayDeque<>();
    private final Deque<Level> levels = new ArrayDeque<>();

    private record Level(String prefix, Iterator<Path> files) {}

    /**
     * @param top a real path
     * @param owner of everything in the archive; null for the owners here
     */
    LocalTree(Path top, VolumeOwner owner, TransferCount count) {
        this.top = top;
        this.owner = owner;
        this.count = count;
    }

    /** Adds a directory that the archive begins with; it has the attributes of the top, or of its directory for a file. */
    void addDirectory(String name) throws IOException {
        Path like = Files.isDirectory(top) ? top : top.resolveSibling(".");
        ahead.add(new TarStream.Entry(LocalEntry.read(like, name, owner).header(), null));
    }

    /** Adds all that is in the top directory, with names that begin with this. */
    void addContents(String prefix) throws IOException {
        levels.push(new Level(prefix, list(top)));
    }

    /** Adds the top file under this name. */
    void addFile(String name) throws IOException {
        TarStream.Entry entry = entry(top, name);
        if (entry != null) {
            ahead.add(entry);
        }
    }

    @Override
    public TarStream.Entry next() throws IOException {
        while (ahead.isEmpty() && !levels.isEmpty()) {
            Level level = levels.peek();
            if (!level.files().hasNext()) {
                levels.pop();
            } else {
                Path file = level.files().next();
                String name = level.prefix() + FileNames.of(file);
                TarStream.Entry entry = entry(file, name);
                if (entry != null && entry.header().isDirectory()) {
                    levels.push(new Level(name + '/', list(file)));
                }
                if (entry != null) {
                    return entry;
                }
            }
        }
        return ahead.poll();
    }

    private TarStream.Entry entry(Path file, String name) throws IOException {
        try {
            LocalEntry local = LocalEntry.read(file, name, owner);
            if (local == null) {
                count.skip(file.toString());
                return null;
            }
            TarArchiveEntry header = local.header();
            if (header.isSymbolicLink()) {
                Path target = Files.readSymbolicLink(file);
                checkName(file, target);
                header.setLinkName(
                        File.separatorChar == '\\' ? target.toString().replace('\\', '/') : target.toString());
            }
            return new TarStream.Entry(
                    header,
                    ArchiveEntries.hasContent(header)
                            ? new LocalContent(file, Files.newInputStream(file, NOFOLLOW_LINKS))
                            : null);
        } catch (IOException e) {
            throw trouble(file, e);
        }
    }

    private Iterator<Path> list(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path file : entries) {
                checkName(file, FileNames.of(file));
                files.add(file);
            }
        } catch (DirectoryIteratorException e) {
            throw trouble(directory, e.getCause());
        } catch (IOException e) {
            throw trouble(directory, e);
        }
        files.sort(Comparator.comparing(file -> FileNames.of(file).toString(), FileNames.BY_BYTES));
        return files.iterator();
    }

    private static void checkName(Path file, Path name) throws IOException {
        if (!FileNames.isFaithful(name)) {
            throw new LocalFileException(
                    new EngineException(
                            "could not send " + Printable.escaped(file.toString()),
                            "its name cannot be read in this Java process, whose file name encoding is "
                                    + FileNames.encoding(),
                            "Start the agent or the command in a UTF-8 locale (for example LC_ALL=C.UTF-8), or rename the file"));
        }
    }

    /** What to say of a file that could not be read. */
    static IOException trouble(Path file, IOException cause) {
        if (cause instanceof LocalFileException
                || cause instanceof ClosedByInterruptException
                || cause instanceof InterruptedIOException) {
            return cause;
        }
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        if (cause instanceof AccessDeniedException) {
            why = "the user '" + System.getProperty("user.name") + "' has no permission to read it";
        } else if (cause instanceof NoSuchFileException) {
            why = "it is not there any more";
        } else if (cause instanceof FileSystemException known && known.getReason() != null) {
            why = known.getReason();
        }
        return new LocalFileException(new EngineException(
                "could not send " + Printable.escaped(file.toString()),
                why,
                "Make it readable for the user that runs this, and let nothing change it meanwhile",
                cause));
    }

    @Override
    public void close() throws IOException {
        for (TarStream.Entry entry : ahead) {
            if (entry.content() != null) {
                entry.content().close();
            }
        }
        ahead.clear();
        levels.clear();
    }
}

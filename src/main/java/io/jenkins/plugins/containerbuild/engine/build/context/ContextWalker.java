package io.jenkins.plugins.containerbuild.engine.build.context;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.jenkins.plugins.containerbuild.engine.build.context.ContextEntry.Kind;
import io.jenkins.plugins.containerbuild.engine.file.FileNames;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * Goes through a context in an order that depends on nothing but the names. It keeps the names of the directories on
 * the way to the current file, never the whole tree. Unwanted directories are only entered where something in them may
 * be wanted; they are then reported themselves as soon as something in them is, so that it finds its parents.
 */
final class ContextWalker {

    private final Path context;
    private final Selection selection;
    private final Deque<Level> levels = new ArrayDeque<>();
    private final Queue<ContextEntry> ready = new ArrayDeque<>();

    ContextWalker(Path context, Selection selection) throws IOException {
        this.context = context;
        this.selection = selection;
        levels.addLast(new Level(context, "", selection.root(), null));
    }

    /** The next thing that is wanted, or null at the end. */
    ContextEntry next() throws IOException {
        while (ready.isEmpty() && !levels.isEmpty()) {
            Level level = levels.getLast();
            if (level.names.hasNext()) {
                visit(level, level.names.next());
            } else {
                levels.removeLast();
            }
        }
        return ready.poll();
    }

    private void visit(Level level, String name) throws IOException {
        String path = level.prefix + name;
        Selection.Verdict verdict = selection.judge(level.verdict, path);
        if (!verdict.wanted() && !selection.mayWantBelow(verdict, path)) {
            return;
        }
        if (!verdict.wanted() && !Files.isDirectory(level.directory.resolve(name), NOFOLLOW_LINKS)) {
            return;
        }
        if (level.misnamed.contains(name)) {
            throw ReadTrouble.sending(context, path, new UnreadableNameException("its name"));
        }
        ContextEntry entry = entry(level.directory.resolve(name), path);
        if (entry.kind() == Kind.SOCKET) {
            return;
        }
        if (entry.kind() == Kind.DEVICE) {
            throw ReadTrouble.unsupported(context, path, "device");
        }
        if (verdict.wanted()) {
            reportParents();
            ready.add(entry);
        }
        if (entry.isDirectory()) {
            ContextEntry unreported = verdict.wanted() ? null : entry;
            levels.addLast(new Level(level.directory.resolve(name), path + "/", verdict, unreported));
        }
    }

    private void reportParents() {
        for (Level level : levels) {
            if (level.unreported != null) {
                ready.add(level.unreported);
                level.unreported = null;
            }
        }
    }

    private ContextEntry entry(Path file, String path) throws IOException {
        try {
            FileFacts facts = FileFacts.read(file);
            return switch (facts.kind()) {
                case FILE -> entry(path, facts, facts.size(), null, () -> Files.newInputStream(file, NOFOLLOW_LINKS));
                case SYMLINK -> entry(path, facts, 0, linkTarget(file), null);
                default -> entry(path, facts, 0, null, null);
            };
        } catch (IOException e) {
            throw ReadTrouble.sending(context, path, e);
        }
    }

    private static ContextEntry entry(
            String path, FileFacts facts, long size, String linkTarget, ContextEntry.Content content) {
        return new ContextEntry(
                path,
                facts.kind(),
                facts.mode(),
                size,
                facts.modified(),
                linkTarget,
                content,
                facts.inode(),
                facts.state());
    }

    private static String linkTarget(Path link) throws IOException {
        Path target = Files.readSymbolicLink(link);
        if (!FileNames.isFaithful(target)) {
            throw new UnreadableNameException("the name that the link leads to");
        }
        String text = target.toString();
        return File.separatorChar == '\\' ? text.replace('\\', '/') : text;
    }

    /** One directory on the way to the current file. */
    private final class Level {

        private final Path directory;
        private final String prefix;
        private final Selection.Verdict verdict;
        private final Iterator<String> names;
        private final Set<String> misnamed = new HashSet<>();
        private ContextEntry unreported;

        Level(Path directory, String prefix, Selection.Verdict verdict, ContextEntry unreported) throws IOException {
            this.directory = directory;
            this.prefix = prefix;
            this.verdict = verdict;
            this.unreported = unreported;
            this.names = list().iterator();
        }

        private List<String> list() throws IOException {
            List<String> found = new ArrayList<>();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
                for (Path file : files) {
                    Path name = FileNames.of(file);
                    found.add(name.toString());
                    if (!FileNames.isFaithful(name)) {
                        misnamed.add(name.toString());
                    }
                }
            } catch (AccessDeniedException e) {
                // Nobody asked for the directory; something in it might have been wanted, but cannot be.
                if (unreported == null) {
                    throw ReadTrouble.sending(context, prefix.isEmpty() ? "." : prefix, e);
                }
            } catch (DirectoryIteratorException e) {
                throw ReadTrouble.sending(context, prefix, e.getCause());
            } catch (IOException e) {
                throw ReadTrouble.sending(context, prefix.isEmpty() ? "." : prefix, e);
            }
            found.sort(FileNames.BY_BYTES);
            return found;
        }
    }
}

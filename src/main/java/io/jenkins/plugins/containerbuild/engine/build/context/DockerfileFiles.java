package io.jenkins.plugins.containerbuild.engine.build.context;

import io.jenkins.plugins.containerbuild.engine.file.FileNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The Dockerfile and the ignore file that belongs to it alone; nothing else of their directories can be had. */
final class DockerfileFiles implements ContextFiles {

    /** Bytes; larger than any that people write. */
    private static final int LARGEST = 1 << 20;

    private final Map<String, Path> files = new TreeMap<>(FileNames.BY_BYTES);
    private final Selection selection;
    private final Iterator<String> names;

    DockerfileFiles(BuildContext context, PathPatterns patterns) throws IOException {
        Path dockerfile = context.dockerfile();
        String name = FileNames.of(dockerfile).toString();
        files.put(name, dockerfile);
        if (hasOwnIgnoreFile(context)) {
            files.put(name + IgnoreFile.NAME, context.ignoreFile());
        }
        selection = Selection.ofLinkless(dockerfile, patterns);
        names = files.keySet().iterator();
    }

    private static boolean hasOwnIgnoreFile(BuildContext context) throws IOException {
        Path ofContext = context.directory().resolve(IgnoreFile.NAME);
        return context.ignoreFile() != null
                && !(Files.exists(ofContext) && Files.isSameFile(context.ignoreFile(), ofContext));
    }

    @Override
    public ContextEntry next() throws IOException {
        while (names.hasNext()) {
            String name = names.next();
            if (selection.judge(selection.root(), name).wanted()) {
                return entry(name, files.get(name));
            }
        }
        return null;
    }

    private ContextEntry entry(String name, Path file) throws IOException {
        try {
            FileFacts facts = FileFacts.read(file);
            return new ContextEntry(
                    name,
                    facts.kind(),
                    facts.mode(),
                    facts.size(),
                    modified(file, facts),
                    null,
                    () -> Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw ReadTrouble.sending(parent(file), name, e);
        }
    }

    private static FileTime modified(Path file, FileFacts facts) throws IOException {
        if (facts.kind() != ContextEntry.Kind.FILE || facts.size() > LARGEST) {
            return facts.modified();
        }
        try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return ContentTime.of(content.readNBytes(LARGEST));
        }
    }

    @Override
    public InputStream open(String path, long size) throws IOException {
        Path file = Objects.requireNonNull(files.get(path), "only what was announced can be opened");
        return AnnouncedContent.open(parent(file), FileNames.of(file).toString(), size);
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent(), "only a root has no parent");
    }
}

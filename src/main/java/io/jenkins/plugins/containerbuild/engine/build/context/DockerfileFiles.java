package io.jenkins.plugins.containerbuild.engine.build.context;

import io.jenkins.plugins.containerbuild.engine.file.FileNames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The Dockerfile and the ignore file that belongs to it alone; nothing else of their directories can be had. */
final class DockerfileFiles implements ContextFiles {

    /** Bytes; more than people write. */
    private static final int LARGEST_TEXT = 1 << 20;

    private final Map<String, Path> files = new TreeMap<>(FileNames.BY_BYTES);
    private final Map<String, byte[]> texts = new ConcurrentHashMap<>();
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
            if (facts.kind() == ContextEntry.Kind.FILE && facts.size() <= LARGEST_TEXT) {
                return text(name, file, facts);
            }
            return new ContextEntry(
                    name,
                    facts.kind(),
                    facts.mode(),
                    facts.size(),
                    facts.modified(),
                    null,
                    () -> Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS),
                    null,
                    facts.state());
        } catch (IOException e) {
            throw ReadTrouble.sending(parent(file), name, e);
        }
    }

    /** Read now, so that what is sent is what its time stands for. */
    private ContextEntry text(String name, Path file, FileFacts facts) throws IOException {
        byte[] text;
        try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            text = content.readNBytes(LARGEST_TEXT);
        }
        texts.put(name, text);
        return new ContextEntry(
                name,
                facts.kind(),
                facts.mode(),
                text.length,
                ContentTime.of(text),
                null,
                () -> new ByteArrayInputStream(text));
    }

    @Override
    public InputStream open(String path, long size) throws IOException {
        byte[] text = texts.get(path);
        if (text != null) {
            return new ByteArrayInputStream(text);
        }
        Path file = Objects.requireNonNull(files.get(path), "only what was announced can be opened");
        return AnnouncedContent.open(parent(file), FileNames.of(file).toString(), size);
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent(), "only a root has no parent");
    }
}

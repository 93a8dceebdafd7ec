package io.jenkins.plugins.containerbuild.engine.build.context;

import io.jenkins.plugins.containerbuild.engine.build.context.ContextEntry.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Everything that the classic builder is sent. Like the docker CLI it always sends the Dockerfile and the ignore file,
 * for the daemon reads them from the archive and then removes them itself where the ignore file excludes them. A
 * Dockerfile from outside the context comes first, under its random name, and is added to the ignore file so that it
 * ends up in no image.
 */
final class ContextEntries {

    private static final int MODE = 0644;

    private final Queue<ContextEntry> added = new ArrayDeque<>();
    private final ContextWalker walker;
    private final boolean replacesIgnoreFile;

    ContextEntries(BuildContext context) throws IOException {
        IgnoreRules rules = context.rules().keeping(IgnoreFile.NAME);
        replacesIgnoreFile = !context.isDockerfileInside();
        if (replacesIgnoreFile) {
            ContextEntry dockerfile = dockerfile(context);
            added.add(dockerfile);
            added.add(ignoreFile(context, dockerfile.modified()));
        } else {
            rules = rules.keeping(context.dockerfileName());
        }
        walker = new ContextWalker(context.directory(), Selection.without(rules));
    }

    /** The next one, or null at the end. */
    ContextEntry next() throws IOException {
        if (!added.isEmpty()) {
            return added.remove();
        }
        ContextEntry entry = walker.next();
        boolean replaced = replacesIgnoreFile && entry != null && entry.path().equals(IgnoreFile.NAME);
        return replaced ? walker.next() : entry;
    }

    private static ContextEntry dockerfile(BuildContext context) throws IOException {
        Path file = context.dockerfile();
        try {
            FileFacts facts = FileFacts.read(file);
            return new ContextEntry(
                    context.dockerfileName(),
                    Kind.FILE,
                    MODE,
                    facts.size(),
                    facts.modified(),
                    null,
                    () -> Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw ReadTrouble.sending(context.directory(), file.toString(), e);
        }
    }

    private static ContextEntry ignoreFile(BuildContext context, FileTime modified) throws IOException {
        byte[] content = extended(context);
        return new ContextEntry(
                IgnoreFile.NAME,
                Kind.FILE,
                MODE,
                content.length,
                modified,
                null,
                () -> new ByteArrayInputStream(content));
    }

    private static byte[] extended(BuildContext context) throws IOException {
        Path present = context.directory().resolve(IgnoreFile.NAME);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            // Where there was none, the one that is sent must not end up in an image either.
            out.writeBytes(
                    Files.isRegularFile(present, LinkOption.NOFOLLOW_LINKS)
                            ? IgnoreFile.bytes(present)
                            : IgnoreFile.NAME.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw ReadTrouble.sending(context.directory(), IgnoreFile.NAME, e);
        }
        out.writeBytes(("\n" + context.dockerfileName() + "\n").getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}

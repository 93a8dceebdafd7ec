package io.jenkins.plugins.containerbuild.engine.build.context;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A context on disk, and what an archive of it has inside. */
final class Tree {

    private final Path directory;

    Tree(Path directory) {
        this.directory = directory;
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    Tree file(String name, String content) throws IOException {
        Files.createDirectories(path(name).getParent());
        Files.writeString(path(name), content);
        return this;
    }

    Tree files(String... names) throws IOException {
        for (String name : names) {
            file(name, name);
        }
        return this;
    }

    ContextTar tar() throws Exception {
        return tar(null);
    }

    ContextTar tar(String dockerfile) throws Exception {
        return new ContextTar(BuildContext.open(directory, dockerfile, null), () -> false);
    }

    /** The archive's entries in their order, with the content of files. */
    static Map<String, Entry> read(ContextTar tar) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tar.writeTo(out);
        return read(new ByteArrayInputStream(out.toByteArray()));
    }

    static Map<String, Entry> read(InputStream in) throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(in, StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.put(entry.getName(), new Entry(entry, new String(tar.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        return entries;
    }

    record Entry(TarArchiveEntry header, String content) {}
}

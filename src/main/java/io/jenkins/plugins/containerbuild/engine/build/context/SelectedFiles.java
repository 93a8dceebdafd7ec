package io.jenkins.plugins.containerbuild.engine.build.context;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** What patterns select of a directory. */
final class SelectedFiles implements ContextFiles {

    private final Path directory;
    private final ContextWalker walker;

    SelectedFiles(Path directory, PathPatterns patterns) throws IOException {
        this.directory = directory;
        this.walker = new ContextWalker(directory, Selection.of(directory, patterns));
    }

    @Override
    public ContextEntry next() throws IOException {
        return walker.next();
    }

    @Override
    public InputStream open(String path, long size) throws IOException {
        return AnnouncedContent.open(directory, path, size);
    }
}

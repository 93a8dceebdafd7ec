package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.file.NewFile;
import io.jenkins.plugins.containerbuild.engine.file.TargetPlace;
import java.io.IOException;
import java.io.OutputStream;

/** An archive on disk: written beside its place, and moved there once the build has succeeded. */
final class ArchiveFile implements ArchiveSink {

    private final NewFile file;

    ArchiveFile(TargetPlace place) {
        file = new NewFile(place);
    }

    @Override
    public OutputStream open() throws EngineException, IOException {
        return file.open();
    }

    @Override
    public String keep() throws EngineException {
        return file.keep();
    }

    @Override
    public void discard() {
        file.discard();
    }

    @Override
    public EngineException explain(IOException cause) {
        return file.explain(cause);
    }
}

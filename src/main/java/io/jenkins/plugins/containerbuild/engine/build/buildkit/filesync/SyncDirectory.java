package io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync;

import io.jenkins.plugins.containerbuild.engine.build.context.ContextFiles;
import io.jenkins.plugins.containerbuild.engine.build.context.PathPatterns;
import java.io.IOException;

/** A directory that a daemon may ask for by its name. It may be asked for several times, also at the same time. */
public interface SyncDirectory {

    /**
     * What is in it now, as far as the daemon asks for it.
     *
     * @throws IOException with a full message when it cannot be read or a pattern is none
     */
    ContextFiles files(PathPatterns patterns) throws IOException;
}

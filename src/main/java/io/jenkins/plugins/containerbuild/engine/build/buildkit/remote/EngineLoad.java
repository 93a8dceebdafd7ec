package io.jenkins.plugins.containerbuild.engine.build.buildkit.remote;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.PipedArchive;
import io.jenkins.plugins.containerbuild.engine.image.ImageLoad;
import java.io.InputStream;
import java.util.concurrent.ExecutorService;

/** Hands a builder's image on to a Docker Engine; what that calls the image, a name or an id, is what comes of it. */
public final class EngineLoad extends PipedArchive<String> {

    private final ImageLoad load;

    /**
     * @param load into the Engine
     * @param threads one of these speaks with the Engine
     */
    public EngineLoad(ImageLoad load, ExecutorService threads) {
        super(threads, "could not load the image into the Docker Engine", "the Docker Engine");
        this.load = load;
    }

    @Override
    protected String take(InputStream archive) throws EngineException, InterruptedException {
        return load.load(archive);
    }
}

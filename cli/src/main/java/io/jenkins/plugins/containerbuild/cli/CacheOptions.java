package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.CacheOption;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What need not be done again. */
final class CacheOptions implements BuildTopic {

    @Option(names = "--pull", description = "Look base images up again in their registry.")
    private boolean pull;

    @Option(names = "--no-cache", description = "Do not use the build cache.")
    private boolean noCache;

    @Option(
            names = "--no-cache-filter",
            paramLabel = "STAGE",
            split = ",",
            description = "A stage that does not use the build cache.")
    private List<String> noCacheFilters = new ArrayList<>();

    @Option(
            names = "--cache-from",
            paramLabel = "CACHE",
            description = "Where cached layers may come from: an image, or type=registry,ref=..., type=local,src=...")
    private List<String> cacheFrom = new ArrayList<>();

    @Option(
            names = "--cache-to",
            paramLabel = "CACHE",
            description = "Where the cache is left: type=inline, type=registry,ref=...,mode=max, type=local,dest=...")
    private List<String> cacheTo = new ArrayList<>();

    @Override
    public void addTo(BuildRequest.Builder request, Registries registries) throws EngineException {
        request.pull(pull)
                .noCache(noCache)
                .noCacheFilters(noCacheFilters)
                .cacheFrom(read("--cache-from", cacheFrom))
                .cacheTo(read("--cache-to", cacheTo));
    }

    private static List<CacheOption> read(String option, List<String> texts) throws EngineException {
        List<CacheOption> caches = new ArrayList<>();
        for (String text : texts) {
            caches.add(CacheOption.parse(option, text));
        }
        return caches;
    }
}

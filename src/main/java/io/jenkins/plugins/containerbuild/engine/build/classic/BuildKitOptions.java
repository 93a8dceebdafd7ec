package io.jenkins.plugins.containerbuild.engine.build.classic;

import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.CacheOption;
import io.jenkins.plugins.containerbuild.engine.build.Call;
import io.jenkins.plugins.containerbuild.engine.build.ProgressMode;
import io.jenkins.plugins.containerbuild.engine.build.context.RemoteContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options that the classic builder would leave out without a word. */
public final class BuildKitOptions {

    private BuildKitOptions() {}

    /** The names of those that a request has; empty when the classic builder can do all of it. */
    public static List<String> of(BuildRequest request) {
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("context with an address", RemoteContext.of(request.context()).isPresent());
        given.put("dockerfileInline", request.dockerfileInline() != null);
        given.put("buildContexts", !request.buildContexts().isEmpty());
        given.put("platforms with more than one platform", request.platforms().size() > 1);
        given.put("noCacheFilters", !request.noCacheFilters().isEmpty());
        given.put("allow", !request.allow().isEmpty());
        given.put(
                "cacheFrom with another type than registry",
                request.cacheFrom().stream().anyMatch(cache -> !cache.type().equals(CacheOption.REGISTRY)));
        given.put("cacheTo", !request.cacheTo().isEmpty());
        given.put("secrets", !request.secrets().isEmpty());
        given.put("ssh", !request.ssh().isEmpty());
        given.put("attests", !request.attests().isEmpty());
        given.put("annotations", !request.annotations().isEmpty());
        given.put("outputs", !request.outputs().isEmpty());
        given.put("load with false", Boolean.FALSE.equals(request.load()) && !request.push());
        given.put("progress with rawjson", request.progress() == ProgressMode.RAWJSON);
        given.put("call", request.call() != Call.BUILD);
        return given.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }
}

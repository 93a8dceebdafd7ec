package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.CacheOption;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SolveRequest;
import java.util.Objects;
import java.util.stream.Collectors;

/** Where the daemon may take cached layers from. Engine 20.10 reads it from the frontend's options alone. */
final class CacheImport implements SolvePart {

    private final BuildRequest request;

    CacheImport(BuildRequest request) {
        this.request = request;
    }

    @Override
    public void addTo(SolveRequest.Builder solve) {
        String images = request.cacheFrom().stream()
                .map(CacheOption::reference)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(","));
        if (!images.isEmpty()) {
            solve.putFrontendAttrs("cache-from", images);
        }
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.CacheOption;
import io.jenkins.plugins.containerbuild.engine.build.Ulimit;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.BuildKitVersion;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.BuilderAbilities;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.ImageHome;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.cache.BuildCache;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SolveRequest;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAccess;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SolvePartsTest {

    private static BuilderAbilities daemon(String hostGateway) {
        return new BuilderAbilities(
                "Docker Engine 1.2.3 at unix:///x",
                ImageHome.CLASSIC,
                new BuildKitVersion(0, 13),
                List.of(Platform.parse("linux/amd64")),
                hostGateway);
    }

    private static SolveRequest solve(BuildRequest.Builder request) throws Exception {
        return solve(request, daemon(null));
    }

    private static SolveRequest solve(BuildRequest.Builder request, BuilderAbilities daemon) throws Exception {
        BuildRequest built = request.build();
        SolveRequest.Builder solve = SolveRequest.newBuilder();
        RegistryAccess anonymous = new RegistryAccess(Registries.none(), CredentialsSource.ANONYMOUS);
        for (SolvePart part : List.of(new FrontendOptions(built, daemon), BuildCache.open(built, anonymous))) {
            part.addTo(solve);
        }
        return solve.build();
    }

    private static BuildRequest.Builder request() {
        return BuildRequest.of("/context");
    }

    @Test
    void asksForNothingSpecialByDefault() throws Exception {
        SolveRequest solve = solve(request());

        assertThat(solve.getFrontend()).isEqualTo("dockerfile.v0");
        assertThat(solve.getFrontendAttrsMap()).isEqualTo(Map.of("image-resolve-mode", "default"));
        assertThat(solve.getEntitlementsList()).isEmpty();
    }

    @Test
    void spellsEveryOption() throws Exception {
        SolveRequest solve = solve(request()
                .target("stage")
                .buildArgs(Map.of("A", "1=2"))
                .labels(Map.of("l", ""))
                .platforms(List.of(Platform.parse("linux/arm64"), Platform.parse("linux/amd64")))
                .pull(true)
                .noCache(true)
                .network("host")
                .addHosts(List.of("one:10.0.0.1", "six:fe80::1"))
                .shmSize(42L)
                .ulimits(List.of(new Ulimit("nofile", 1, 2), new Ulimit("core", -1, -1)))
                .cacheFrom(List.of(CacheOption.registry("a:1"), CacheOption.registry("b:2"))));

        assertThat(solve.getFrontendAttrsMap())
                .containsEntry("target", "stage")
                .containsEntry("build-arg:A", "1=2")
                .containsEntry("label:l", "")
                .containsEntry("platform", "linux/arm64,linux/amd64")
                .containsEntry("image-resolve-mode", "pull")
                .containsEntry("no-cache", "")
                .containsEntry("force-network-mode", "host")
                .containsEntry("add-hosts", "one=10.0.0.1,six=fe80::1")
                .containsEntry("shm-size", "42")
                .containsEntry("ulimit", "nofile=1:2,core=-1:-1")
                .containsEntry(
                        "cache-imports",
                        "[{\"Type\":\"registry\",\"Attrs\":{\"ref\":\"a:1\"}},"
                                + "{\"Type\":\"registry\",\"Attrs\":{\"ref\":\"b:2\"}}]");
        assertThat(solve.getEntitlementsList()).containsExactly("network.host");
    }

    @Test
    void asksTheDaemonForTheHostGateway() throws Exception {
        BuildRequest.Builder request = request().addHosts(List.of("gate:host-gateway", "one:10.0.0.1"));

        assertThat(solve(request, daemon("172.17.0.1")).getFrontendAttrsMap())
                .containsEntry("add-hosts", "gate=172.17.0.1,one=10.0.0.1");
    }

    @Test
    void refusesHostGatewayWhereTheDaemonTellsNone() {
        assertThatThrownBy(() -> solve(request().addHosts(List.of("gate:host-gateway"))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("gate:host-gateway")
                .hasMessageContaining("Docker Engine 1.2.3 at unix:///x")
                .hasMessageContaining("25.0");
    }
}

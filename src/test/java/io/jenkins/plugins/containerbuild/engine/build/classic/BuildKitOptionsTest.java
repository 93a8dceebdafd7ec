package io.jenkins.plugins.containerbuild.engine.build.classic;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.build.Annotation;
import io.jenkins.plugins.containerbuild.engine.build.BuildOutput;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.CacheOption;
import io.jenkins.plugins.containerbuild.engine.build.Call;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildKitOptionsTest {

    private static BuildRequest.Builder request() {
        return BuildRequest.of("/context");
    }

    @Test
    void namesEachOptionThatNeedsBuildKit() throws Exception {
        BuildRequest request = BuildRequest.of("https://git.example/a.git")
                .dockerfileInline("FROM base:1")
                .buildContexts(Map.of("a", "/b"))
                .platforms(List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64")))
                .noCacheFilters(List.of("stage"))
                .allow(List.of("network.host"))
                .cacheFrom(List.of(CacheOption.parse("cacheFrom", "type=local,src=a")))
                .cacheTo(List.of(CacheOption.parse("cacheTo", "type=inline")))
                .attests(Map.of("sbom", ""))
                .annotations(List.of(Annotation.parse("a=b")))
                .outputs(List.of(BuildOutput.parse("out")))
                .load(false)
                .call(Call.CHECK)
                .build();

        assertThat(BuildKitOptions.of(request))
                .containsExactly(
                        "context with an address",
                        "dockerfileInline",
                        "buildContexts",
                        "platforms with more than one platform",
                        "noCacheFilters",
                        "allow",
                        "cacheFrom with another type than registry",
                        "cacheTo",
                        "attests",
                        "annotations",
                        "outputs",
                        "load with false",
                        "call");
    }

    @Test
    void leavesToTheClassicBuilderWhatItKnows() {
        assertThat(BuildKitOptions.of(request()
                        .platforms(List.of(Platform.parse("linux/arm64")))
                        .cacheFrom(List.of(CacheOption.registry("a:1")))
                        .cgroupParent("/builds")
                        .shmSize(1L)
                        .noCache(true)
                        .load(true)
                        .push(true)
                        .build()))
                .isEmpty();
    }
}

package io.jenkins.plugins.containerbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.Annotation;
import io.jenkins.plugins.containerbuild.engine.build.BuildOutput;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What becomes of the flags of the command build. */
class BuildTopicsTest {

    @Test
    void outputsStartFromTheCurrentDirectory() throws Exception {
        BuildRequest request = read(new OutputOptions(), "-o", "out", "--output", "type=oci,dest=/abs/image.tar");

        assertThat(request.outputs())
                .containsExactly(
                        new BuildOutput("local", Path.of("out").toAbsolutePath().toString(), Map.of()),
                        new BuildOutput("oci", "/abs/image.tar", Map.of()));
        assertThatThrownBy(() -> read(new OutputOptions(), "-o", "type=tar,dest=-"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("standard output");
    }

    @Test
    void theResultIsDescribed() throws Exception {
        BuildRequest request = read(
                new OutputOptions(),
                "--platform",
                "linux/amd64,linux/arm64",
                "--platform=linux/s390x",
                "--annotation=index:org.example.kind=a, b",
                "--label=org.example.kind=c",
                "--attest=type=sbom,generator=scanner:1",
                "--provenance=mode=max");

        assertThat(request.platforms()).hasToString("[linux/amd64, linux/arm64, linux/s390x]");
        assertThat(request.annotations()).containsExactly(new Annotation("index", "org.example.kind", "a, b"));
        assertThat(request.labels()).containsExactly(entry("org.example.kind", "c"));
        assertThat(request.attests())
                .containsExactly(entry("sbom", "generator=scanner:1"), entry("provenance", "mode=max"));
    }

    @Test
    void loadIsYesOrNoOrUnsaid() throws Exception {
        assertThat(read(new OutputOptions()).load()).isNull();
        assertThat(read(new OutputOptions(), "--load").load()).isTrue();
        assertThat(read(new OutputOptions(), "--no-load").load()).isFalse();
    }

    @Test
    void stagesMayBeSeparatedByCommas() throws Exception {
        assertThat(read(new CacheOptions(), "--no-cache-filter", "a,b", "--no-cache-filter=c")
                        .noCacheFilters())
                .containsExactly("a", "b", "c");
    }

    @Test
    void whatRunInstructionsFind() throws Exception {
        BuildRequest request = read(
                new RunOptions(),
                "--cgroup-parent=builds.slice",
                "--allow=network.host",
                "--allow",
                "security.insecure");

        assertThat(request.cgroupParent()).isEqualTo("builds.slice");
        assertThat(request.allow()).containsExactly("network.host", "security.insecure");
        assertThatThrownBy(() -> read(new RunOptions(), "--allow=network.all"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("there is no such entitlement");
    }

    private static BuildRequest read(BuildTopic topic, String... flags) throws EngineException {
        CommandLine.populateCommand(topic, flags);
        BuildRequest.Builder request = BuildRequest.of(".");
        topic.addTo(request, Registries.none());
        return request.build();
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.Ulimit;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.WorkerPlatform;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.WorkerRecord;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitEndpoint;
import io.jenkins.plugins.containerbuild.engine.endpoint.DuplexStream;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineInfo;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbilitiesTest {

    private static final String LABEL = "org.mobyproject.buildkit.worker.";

    /** A daemon that is never connected to. */
    private record Named(String apiVersion) implements BuildKitEndpoint {

        @Override
        public DuplexStream connect() throws IOException {
            throw new IOException("nobody is there");
        }

        @Override
        public String name() {
            return "the one";
        }

        @Override
        public Optional<EngineInfo> engine() {
            return Optional.ofNullable(apiVersion)
                    .map(api -> new EngineInfo(
                            "unix:///x", "given", "Docker Engine", "1", api, api, api, "linux", "amd64"));
        }

        @Override
        public EngineException lost(IOException cause) {
            return new EngineException("lost", "lost", "", cause);
        }
    }

    private static BuilderAbilities abilities(String apiVersion, String version, Map<String, String> labels) {
        return new AbilityProbe(new Named(apiVersion))
                .abilities(List.of(WorkerRecord.newBuilder()
                        .putAllLabels(labels)
                        .setBuildkitVersion(
                                io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.BuildKitVersion
                                        .newBuilder()
                                        .setVersion(version))
                        .addPlatforms(WorkerPlatform.newBuilder().setOS("linux").setArchitecture("amd64"))
                        .addPlatforms(WorkerPlatform.newBuilder()
                                .setOS("linux")
                                .setArchitecture("arm")
                                .setVariant("v7"))
                        .build()));
    }

    @ParameterizedTest
    @CsvSource({
        "1.41, , 0.8",
        "1.42, , 0.10",
        "1.45, v0.0.0+unknown-moby, 0.13",
        "1.43, v0.11.6+abcdef, 0.11",
        "1.48, v0.20.1, 0.20",
        ", v0.9.3, 0.9",
        ", v0.24.0-rc1, 0.24",
        ", v0.0.0+unknown, unknown",
        ", , unknown"
    })
    void knowsTheVersionFromWhoeverTellsIt(String api, String told, String version) {
        assertThat(abilities(api, told == null ? "" : told, Map.of()).version()).hasToString(version);
    }

    @Test
    void knowsWhereImagesAreKept() {
        Map<String, String> containerd = Map.of(LABEL + "snapshotter", "overlayfs");

        assertThat(abilities("1.45", "", Map.of()).home()).isEqualTo(ImageHome.CLASSIC);
        assertThat(abilities("1.45", "", containerd).home()).isEqualTo(ImageHome.CONTAINERD);
        assertThat(abilities(null, "", containerd).home()).isEqualTo(ImageHome.STANDALONE);
    }

    @Test
    void knowsPlatformsAndTheHostsAddress() {
        BuilderAbilities abilities = abilities("1.45", "", Map.of(LABEL + "moby.host-gateway-ip", "172.17.0.1"));

        assertThat(abilities.platforms())
                .containsExactly(Platform.parse("linux/amd64"), Platform.parse("linux/arm/v7"));
        assertThat(abilities.hostGateway()).isEqualTo("172.17.0.1");
        assertThat(abilities("1.41", "", Map.of()).hostGateway()).isNull();
    }

    @Test
    void severalOutputsNeedBuildKit13() {
        assertThat(abilities("1.44", "", Map.of()).severalOutputs()).isFalse();
        assertThat(abilities("1.45", "", Map.of()).severalOutputs()).isTrue();
        assertThat(abilities(null, "v0.12.5", Map.of()).severalOutputs()).isFalse();
        assertThat(abilities(null, "", Map.of()).severalOutputs()).isTrue();
    }

    private static void assertRefused(BuildRequest.Builder request, String option) {
        BuilderAbilities engine2010 = abilities("1.41", "", Map.of());
        assertThatThrownBy(() -> OptionRules.check(request.build(), engine2010))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("the option " + option)
                .hasMessageContaining("BuildKit of the the one (0.8)")
                .hasMessageContaining("Docker Engine 23.0");
        assertThatCode(() -> OptionRules.check(request.build(), abilities("1.42", "", Map.of())))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesWhatEngine2010WouldLeaveOutInSilence() {
        assertRefused(BuildRequest.of("/x").shmSize(1L), "shmSize");
        assertRefused(BuildRequest.of("/x").ulimits(List.of(new Ulimit("nofile", 1, 2))), "ulimits");
        assertRefused(BuildRequest.of("/x").cgroupParent("/builds"), "cgroupParent");
        assertRefused(BuildRequest.of("https://git.example/a.git#main:sub"), "context");
    }

    @Test
    void refusesAttestationsThatAnOldBuilderWouldLeaveOut() {
        BuilderAbilities old = abilities(null, "v0.10.6", Map.of());

        assertThatThrownBy(() -> OptionRules.check(
                        BuildRequest.of("/x").attests(Map.of("sbom", "")).build(), old))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("attests")
                .hasMessageContaining("0.11");
    }
}

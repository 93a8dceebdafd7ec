package io.jenkins.plugins.containerbuild.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options that are written as texts with a grammar of their own. */
class OptionTextsTest {

    @Nested
    class Caches {

        @Test
        void anImagesNameAloneIsACacheInARegistry() throws Exception {
            assertThat(CacheOption.parse("cacheFrom", " registry.example:5000/team/app:cache "))
                    .isEqualTo(CacheOption.registry("registry.example:5000/team/app:cache"));
        }

        @Test
        void keepsWhatBelongsToTheType() throws Exception {
            CacheOption cache = CacheOption.parse("cacheTo", "type=registry,ref=team/app:cache,mode=max");

            assertThat(cache.type()).isEqualTo("registry");
            assertThat(cache.reference()).isEqualTo("team/app:cache");
            assertThat(cache.withReference("registry.example/team/app:cache").attributes())
                    .containsExactly(entry("ref", "registry.example/team/app:cache"), entry("mode", "max"));
        }

        @Test
        void otherTypesHaveNoName() throws Exception {
            assertThat(CacheOption.parse("cacheTo", "type=inline")).isEqualTo(new CacheOption("inline", Map.of()));
            assertThat(CacheOption.parse("cacheFrom", "type=local,src=a,ref=b").reference())
                    .isNull();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "ref=a|it has no type",
                    "type=|it has no type",
                    "type=registry|needs a ref",
                    "type=registry,ref=|needs a ref",
                    "a,b|has no value",
                    "''|a field is empty"
                })
        void saysWhatIsWrong(String text, String why) {
            assertThatThrownBy(() -> CacheOption.parse("cacheTo", text))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("the option cacheTo with '" + text + "'")
                    .hasMessageContaining(why);
        }
    }

    @Nested
    class Outputs {

        @Test
        void aNameAloneIsADirectory() throws Exception {
            assertThat(BuildOutput.parse("out/dir")).isEqualTo(new BuildOutput("local", "out/dir", Map.of()));
        }

        @Test
        void keepsWhatBelongsToTheType() throws Exception {
            assertThat(BuildOutput.parse("type=oci,dest=image.tar,compression=zstd,compression-level=3"))
                    .isEqualTo(new BuildOutput(
                            "oci", "image.tar", Map.of("compression", "zstd", "compression-level", "3")));
            assertThat(BuildOutput.parse("type=docker")).isEqualTo(new BuildOutput("docker", null, Map.of()));
            assertThat(BuildOutput.parse("type=cacheonly").dest()).isNull();
            assertThat(BuildOutput.parse("type=tar,dest=a.tar")
                            .withDest("/w/a.tar")
                            .dest())
                    .isEqualTo("/w/a.tar");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "dest=out|it has no type",
                    "type=zip,dest=a|there is no type 'zip'",
                    "type=local|needs a dest",
                    "type=oci,dest=|needs a dest",
                    "type=registry,dest=a|writes no file",
                    "''|a field is empty"
                })
        void saysWhatIsWrong(String text, String why) {
            assertThatThrownBy(() -> BuildOutput.parse(text))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("the option outputs with '" + text + "'")
                    .hasMessageContaining(why);
        }
    }

    @Nested
    class Annotations {

        @Test
        void belongToTheManifestUnlessTheySayOtherwise() throws Exception {
            assertThat(Annotation.parse("org.opencontainers.image.title=My app = yours:1"))
                    .isEqualTo(new Annotation("manifest", "org.opencontainers.image.title", "My app = yours:1"));
            assertThat(Annotation.parse("index,manifest[linux/arm64]:a="))
                    .isEqualTo(new Annotation("index,manifest[linux/arm64]", "a", ""));
            assertThat(Annotation.parse("manifest-descriptor:a=two\nlines").value())
                    .isEqualTo("two\nlines");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "title|not key=value",
                    "=a|not key=value",
                    "a b=c|not key=value",
                    "idnex:a=b|there is no level 'idnex'",
                    "index,:a=b|there is no level 'index,'",
                    "index:b:a=c|not key=value"
                })
        void saysWhatIsWrong(String text, String why) {
            assertThatThrownBy(() -> Annotation.parse(text))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("the annotation '" + text + "'")
                    .hasMessageContaining(why);
        }
    }

    @Nested
    class WantedAttestations {

        @Test
        void areReadFromTheListAndTheShortForms() throws Exception {
            assertThat(Attestations.read(List.of("type=sbom,generator=scanner:1"), "mode=max,version=v1", null))
                    .containsExactly(entry("sbom", "generator=scanner:1"), entry("provenance", "mode=max,version=v1"));
            assertThat(Attestations.read(List.of(), "true", " true "))
                    .containsExactly(entry("provenance", ""), entry("sbom", ""));
            assertThat(Attestations.read(List.of("\"type=sbom\",\"generator=a,b\""), "", null))
                    .containsExactly(entry("sbom", "\"generator=a,b\""));
        }

        @Test
        void areLeftOutWhereTheyAreNotWanted() throws Exception {
            assertThat(Attestations.read(List.of(), "false", "0")).isEmpty();
            assertThat(Attestations.read(List.of("type=sbom,disabled=true"), null, null))
                    .isEmpty();
            assertThat(Attestations.read(List.of("type=sbom,disabled=false"), null, null))
                    .containsOnlyKeys("sbom");
        }

        @Test
        void theLastWordCounts() throws Exception {
            assertThat(Attestations.read(List.of("type=provenance,mode=max"), "false", null))
                    .isEmpty();
            assertThat(Attestations.read(List.of("type=sbom,disabled=true", "type=sbom,a=b"), null, null))
                    .containsExactly(entry("sbom", "a=b"));
        }

        @Test
        void sayWhatIsWrong() {
            assertThatThrownBy(() -> Attestations.read(List.of("mode=max"), null, null))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("the option attests with 'mode=max'")
                    .hasMessageContaining("no type");
            assertThatThrownBy(() -> Attestations.read(List.of("type=vex"), null, null))
                    .hasMessageContaining("there is no type 'vex'");
            assertThatThrownBy(() -> Attestations.read(List.of(), "max", null))
                    .hasMessageContaining("the option provenance with 'max'")
                    .hasMessageContaining("the field 'max' has no value");
            assertThatThrownBy(() -> Attestations.read(List.of("type=sbom,disabled=maybe"), null, null))
                    .hasMessageContaining("neither true nor false");
        }
    }

    @Nested
    class Secrets {

        @Test
        void sayWhereTheValueIs() throws Exception {
            assertThat(secret("id=token,src=a/token.txt")).isEqualTo(BuildSecret.ofFile("token", "a/token.txt"));
            assertThat(secret("type=file,id=token,source=t")).isEqualTo(BuildSecret.ofFile("token", "t"));
            assertThat(secret("id=token,env=TOKEN")).isEqualTo(BuildSecret.ofEnvironment("token", "TOKEN"));
            assertThat(secret("id=token,type=env,src=TOKEN")).isEqualTo(BuildSecret.ofEnvironment("token", "TOKEN"));
        }

        @Test
        void theIdAloneIsAVariableOrAFile() throws Exception {
            assertThat(BuildSecret.parse("id=KNOWN", Map.of("KNOWN", "x")))
                    .isEqualTo(BuildSecret.ofEnvironment("KNOWN", "KNOWN"));
            assertThat(secret("id=OTHER")).isEqualTo(BuildSecret.ofFile("OTHER", "OTHER"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "src=a|it has no id",
                    "id=|it has no id",
                    "id=a,type=raw|there is no type 'raw'",
                    "id=a,scr=b|there is no field 'scr'"
                })
        void sayWhatIsWrong(String text, String why) {
            assertThatThrownBy(() -> secret(text))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("'" + text + "'")
                    .hasMessageContaining(why);
        }

        private static BuildSecret secret(String text) throws InvalidRequestException {
            return BuildSecret.parse(text, Map.of());
        }
    }

    @Nested
    class SshAgents {

        @Test
        void areOnesOfTheEnvironmentOrSocketsOrKeys() throws Exception {
            assertThat(SshForward.parse("default")).isEqualTo(SshForward.ofEnvironment("default"));
            assertThat(SshForward.parse("git=")).isEqualTo(SshForward.ofEnvironment("git"));
            assertThat(SshForward.parse("git=/run/agent.sock"))
                    .isEqualTo(new SshForward("git", SshForward.Source.PATHS, List.of("/run/agent.sock")));
            assertThat(SshForward.parse("git=a,b").paths()).containsExactly("a", "b");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "=a"})
        void needAnId(String text) {
            assertThatThrownBy(() -> SshForward.parse(text)).hasMessageContaining("it has no id");
        }
    }

    @Nested
    class Words {

        @ParameterizedTest
        @EnumSource(Call.class)
        void everyCallIsReadFromItsName(Call call) throws Exception {
            assertThat(Call.parse(" " + call + " ")).isEqualTo(call);
        }

        @ParameterizedTest
        @EnumSource(ProgressMode.class)
        void everyKindOfProgressIsReadFromItsName(ProgressMode mode) throws Exception {
            assertThat(ProgressMode.parse(mode.toString())).isEqualTo(mode);
        }

        @ParameterizedTest
        @ValueSource(strings = {"network.host", "security.insecure", " device ", "device=vendor.example/device=name"})
        void knowsEntitlements(String text) throws Exception {
            assertThat(Entitlement.parse(text)).isEqualTo(text.trim());
        }

        @Test
        void sayWhatThereIs() {
            assertThatThrownBy(() -> Call.parse("lint"))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("call with 'lint'")
                    .hasMessageContaining("build, check, outline or targets");
            assertThatThrownBy(() -> ProgressMode.parse("tty"))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("progress with 'tty'")
                    .hasMessageContaining("plain, compact, quiet or rawjson");
            assertThatThrownBy(() -> Entitlement.parse("network.all"))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("allow with 'network.all'")
                    .hasMessageContaining("network.host");
        }
    }
}

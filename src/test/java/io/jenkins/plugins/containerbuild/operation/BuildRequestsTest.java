package io.jenkins.plugins.containerbuild.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildOutput;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecret;
import io.jenkins.plugins.containerbuild.engine.build.CacheOption;
import io.jenkins.plugins.containerbuild.engine.build.Call;
import io.jenkins.plugins.containerbuild.engine.build.ProgressMode;
import io.jenkins.plugins.containerbuild.engine.build.SshForward;
import io.jenkins.plugins.containerbuild.engine.image.tagging.BuildFacts;
import io.jenkins.plugins.containerbuild.engine.image.tagging.GitRef;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildRequestsTest {

    /** Derived from others, or said by the plugin itself. */
    private static final Set<String> NO_OPTIONS = Set.of("root", "pushedNames");

    private static final EnvVars ENVIRONMENT = new EnvVars("NAME", "value", "PATH", "/usr/bin", "BUILD_NUMBER", "7");

    @TempDir
    private File workspace;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final BuildOperation build = new BuildOperation();
    private Registries registries;

    @BeforeEach
    void configureARegistry() throws Exception {
        registries = Registries.of(List.of(new RegistryEntry(
                        "nexus", RegistryAddress.parse("registry.example:5000"), "team", null, false, false, false)))
                .choosing("nexus");
    }

    @Test
    void everyOptionReachesTheEngine() throws Exception {
        BuildRequest sample = BuildRequests.of(
                SampleOperations.build(),
                expanding(),
                (options, defaultBranch) -> BuildFacts.at(Instant.EPOCH)
                        .ref(GitRef.branch("trunk"))
                        .commit("0123abc")
                        .build());
        BuildRequest none = BuildRequests.of(new BuildOperation(), literal());

        for (Method option : BuildRequest.class.getDeclaredMethods()) {
            if (Modifier.isPublic(option.getModifiers())
                    && !Modifier.isStatic(option.getModifiers())
                    && !NO_OPTIONS.contains(option.getName())) {
                assertThat(option.invoke(sample)).as(option.getName()).isNotEqualTo(option.invoke(none));
            }
        }
    }

    @Test
    void withoutOptionsTheCurrentDirectoryBecomesAnImage() throws Exception {
        BuildRequest request = BuildRequests.of(build, literal());

        assertThat(request.context()).isEqualTo(workspace.getPath());
        assertThat(request.file()).isNull();
        assertThat(request.platforms()).isEmpty();
        assertThat(request.load()).isNull();
        assertThat(request.call()).isEqualTo(Call.BUILD);
        assertThat(request.progress()).isEqualTo(ProgressMode.PLAIN);
    }

    @Test
    void relativePathsStartFromTheCurrentDirectory() throws Exception {
        build.setContext("app");
        build.setFile("docker/Dockerfile");
        build.setBuildContexts(Map.of("shared", "../shared"));
        build.setCacheFrom(List.of("type=local,src=cache"));
        build.setCacheTo(List.of("type=local,dest=cache,mode=max"));
        build.setOutputs(List.of("out", "type=oci,dest=/abs/image.tar"));
        build.setSecretFiles(Map.of("settings", "conf/settings.xml"));

        BuildRequest request = BuildRequests.of(build, literal());

        assertThat(request.context()).isEqualTo(path("app"));
        assertThat(request.file()).isEqualTo(path("docker/Dockerfile"));
        assertThat(request.buildContexts()).containsEntry("shared", path("../shared"));
        assertThat(request.cacheFrom()).containsExactly(new CacheOption("local", Map.of("src", path("cache"))));
        assertThat(request.cacheTo().get(0).attributes())
                .containsExactly(entry("dest", path("cache")), entry("mode", "max"));
        assertThat(request.outputs())
                .containsExactly(
                        new BuildOutput("local", path("out"), Map.of()),
                        new BuildOutput("oci", "/abs/image.tar", Map.of()));
        assertThat(request.secrets()).containsExactly(BuildSecret.ofFile("settings", path("conf/settings.xml")));
    }

    @Test
    void addressesAreNoPaths() throws Exception {
        build.setContext("https://git.example/team/app.git#main");
        build.setFile("docker/Dockerfile");
        build.setBuildContexts(Map.of("base", "docker-image://team/base:1"));

        BuildRequest request = BuildRequests.of(build, literal());

        assertThat(request.context()).isEqualTo("https://git.example/team/app.git#main");
        assertThat(request.file()).isEqualTo("docker/Dockerfile");
        assertThat(request.buildContexts()).containsEntry("base", "docker-image://team/base:1");
    }

    @Test
    void everyImageNameIsCompletedByTheRegistry() throws Exception {
        build.setTags(List.of("app:1"));
        build.setCacheFrom(List.of("app", "type=registry,ref=app:cache", "other.example/app:1"));
        build.setCacheTo(List.of("type=registry,mode=max,ref=app:cache"));
        build.setOutputs(List.of("\"type=registry\",\"name=app:2,app:3\""));

        BuildRequest request = BuildRequests.of(build, literal());

        assertThat(request.tags()).hasToString("[registry.example:5000/team/app:1]");
        assertThat(request.cacheFrom())
                .extracting(CacheOption::reference)
                .containsExactly(
                        "registry.example:5000/team/app:latest",
                        "registry.example:5000/team/app:cache",
                        "other.example/app:1");
        assertThat(request.cacheTo().get(0).attributes())
                .containsEntry("ref", "registry.example:5000/team/app:cache")
                .containsEntry("mode", "max");
        assertThat(request.outputs().get(0).attributes())
                .containsEntry("name", "registry.example:5000/team/app:2,registry.example:5000/team/app:3");
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("app:cache means registry.example:5000/team/app:cache")
                .doesNotContain("other.example");
    }

    @Test
    void onePlatformTextMayNameSeveral() throws Exception {
        build.setPlatforms(List.of("linux/amd64, linux/arm64", "linux/s390x"));

        assertThat(BuildRequests.of(build, literal()).platforms())
                .hasToString("[linux/amd64, linux/arm64, linux/s390x]");

        build.setPlatforms(List.of("arm64"));
        assertThatThrownBy(() -> BuildRequests.of(build, literal()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("the option 'platforms'");
    }

    @Test
    void secretsSayWhereTheyAreAndHoldNoValue() throws Exception {
        build.setSecrets(Map.of("token", "credentials-id"));
        build.setSecretEnvs(Map.of("password", "APP_PASSWORD"));
        build.setSsh(Map.of("git", "git-key"));

        BuildRequest request = BuildRequests.of(build, literal());

        assertThat(request.secrets())
                .containsExactly(BuildSecret.ofCaller("token"), BuildSecret.ofEnvironment("password", "APP_PASSWORD"));
        assertThat(request.ssh()).containsExactly(SshForward.ofCaller("git"));
        assertThat(build.wantedVariables(literal())).containsExactly("APP_PASSWORD");

        build.setSsh(Map.of("default", ""));
        assertThat(BuildRequests.of(build, literal()).ssh()).containsExactly(SshForward.ofEnvironment("default"));
        assertThat(build.wantedVariables(literal())).containsExactly("APP_PASSWORD", "SSH_AUTH_SOCK");
    }

    @Test
    void aSecretIsGivenOnceAndWithAValue() {
        build.setSecrets(Map.of("token", "credentials-id"));
        build.setSecretEnvs(Map.of("token", "TOKEN"));
        assertThatThrownBy(() -> BuildRequests.of(build, literal()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("the secret 'token' is given twice");

        build.setSecretEnvs(Map.of("other", " "));
        assertThatThrownBy(() -> BuildRequests.of(build, literal()))
                .hasMessageContaining("the option secretEnvs")
                .hasMessageContaining("the value of 'other' is empty");
    }

    @Test
    void variablesAreExpandedButForTheDockerfile() throws Exception {
        build.setDockerfileInline("FROM base:1\nRUN echo $PATH ${NAME}");
        build.setAnnotations(List.of("org.example.kind=$NAME"));
        build.setNoCacheFilters(List.of("$NAME"));
        build.setSecretEnvs(Map.of("$NAME", "${NAME}_SECRET"));
        build.setProvenance("mode=$NAME");
        build.setBuildContexts(Map.of("base", "docker-image://$NAME"));

        BuildRequest request = BuildRequests.of(build, expanding());

        assertThat(request.dockerfileInline()).isEqualTo("FROM base:1\nRUN echo $PATH ${NAME}");
        assertThat(request.annotations().get(0).value()).isEqualTo("value");
        assertThat(request.noCacheFilters()).containsExactly("value");
        assertThat(request.secrets()).containsExactly(BuildSecret.ofEnvironment("value", "value_SECRET"));
        assertThat(build.wantedVariables(expanding())).containsExactly("value_SECRET");
        assertThat(request.attests()).containsEntry("provenance", "mode=value");
        assertThat(request.buildContexts()).containsEntry("base", "docker-image://value");
    }

    private OptionReader literal() {
        return new OptionReader(
                OperationContext.literal(null, new FilePath(workspace), ENVIRONMENT, listener()), registries);
    }

    private OptionReader expanding() {
        return new OptionReader(
                OperationContext.expanding(null, new FilePath(workspace), ENVIRONMENT, listener()), registries);
    }

    private TaskListener listener() {
        return new StreamTaskListener(log, StandardCharsets.UTF_8);
    }

    private String path(String relative) {
        return new FilePath(workspace).child(relative).getRemote();
    }
}

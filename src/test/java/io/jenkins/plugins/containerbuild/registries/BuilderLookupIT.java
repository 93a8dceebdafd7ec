package io.jenkins.plugins.containerbuild.registries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderAddress;
import java.util.List;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerCredentials;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Which builder a build means. Needs Jenkins. */
@WithJenkins
class BuilderLookupIT {

    private static Run<?, ?> run;

    private final ContainerBuildsConfiguration configuration = ContainerBuildsConfiguration.get();

    @BeforeAll
    static void start(JenkinsRule jenkins) throws Exception {
        run = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new DockerServerCredentials(
                        CredentialsScope.GLOBAL,
                        "builder-tls",
                        null,
                        Secret.fromString("KEY"),
                        "CERTIFICATE",
                        "AUTHORITY"));
    }

    @BeforeEach
    void forget() {
        configuration.setBuilders(List.of());
    }

    private void configure(String credentialsId, boolean isDefault) {
        ConfiguredBuilder builder =
                new ConfiguredBuilder("farm", "tcp://builder-1.example:1234\n tcp://builder-2.example:1234 \n");
        builder.setCredentialsId(credentialsId);
        builder.setDefaultBuilder(isDefault);
        configuration.setBuilders(
                List.of(builder, new ConfiguredBuilder("local", "unix:///run/buildkit/buildkitd.sock")));
    }

    @Test
    void thereIsNoneWhereNothingIsConfigured() throws Exception {
        assertThat(configuration.buildersFor(null, null, run)).isEmpty();
    }

    @Test
    void thereIsNoneWhereNoneIsTheDefault() throws Exception {
        configure(null, false);
        assertThat(configuration.buildersFor(" ", null, run)).isEmpty();
    }

    @Test
    void takesTheNamedOneWithItsCertificatesInOrder() throws Exception {
        configure("builder-tls", false);
        List<BuilderAddress> addresses = configuration.buildersFor("farm", null, run);
        assertThat(addresses)
                .extracting(BuilderAddress::uri)
                .containsExactly("tcp://builder-1.example:1234", "tcp://builder-2.example:1234");
        assertThat(addresses).allSatisfy(address -> {
            assertThat(address.tls().serverCa()).isEqualTo("AUTHORITY");
            assertThat(address.tls().clientKey().reveal()).isEqualTo("KEY");
            assertThat(address.toString()).doesNotContain("KEY");
        });
    }

    @Test
    void takesTheDefaultUnlessADockerServerIsNamed() throws Exception {
        configure(null, true);
        assertThat(configuration.buildersFor(null, null, run)).hasSize(2);
        assertThat(configuration.buildersFor("", "build-host", run)).isEmpty();
        assertThat(configuration.buildersFor("local", "build-host", run)).hasSize(1);
    }

    @Test
    void listsTheBuildersThatThereAre() {
        configure(null, true);
        assertThatThrownBy(() -> configuration.buildersFor("other", null, run))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'other'")
                .hasMessageContaining("farm, local");
    }

    @Test
    void refusesCredentialsThatAreNotThere() {
        configure("gone", true);
        assertThatThrownBy(() -> configuration.buildersFor(null, null, run))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("'gone'")
                .hasMessageContaining("the builder 'farm'");
    }
}

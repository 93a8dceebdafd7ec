package io.jenkins.plugins.containerbuild.registries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerCredentials;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Needs Jenkins; one for all. */
@WithJenkins
class ServerChoiceIT {

    private static final Map<String, String> ENVIRONMENT = Map.of("DOCKER_HOST", "tcp://of.the.agent:2375");

    private static Run<?, ?> run;

    private final ContainerBuildsConfiguration configuration = ContainerBuildsConfiguration.get();

    @BeforeAll
    static void start(JenkinsRule jenkins) throws Exception {
        run = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        List<Credentials> global = SystemCredentialsProvider.getInstance().getCredentials();
        global.add(new DockerServerCredentials(
                CredentialsScope.GLOBAL, "docker-tls", null, Secret.fromString("KEY"), "CERTIFICATE", "AUTHORITY"));
        global.add(new DockerServerCredentials(
                CredentialsScope.GLOBAL, "only-ca", null, (Secret) null, null, "AUTHORITY"));
        global.add(new UsernamePasswordCredentialsImpl(
                CredentialsScope.GLOBAL, "account", null, "someone", "something long enough"));
    }

    @BeforeEach
    void forget() {
        configuration.setServers(List.of());
    }

    private void configure(String name, String credentialsId, boolean isDefault) {
        ConfiguredServer server = new ConfiguredServer(name, "tcp://docker.example:2376");
        server.setCredentialsId(credentialsId);
        server.setDefaultServer(isDefault);
        configuration.setServers(List.of(server, new ConfiguredServer("local", "unix:///var/run/docker.sock")));
    }

    @Test
    void takesTheEnvironmentWhereNothingIsConfigured() throws Exception {
        EndpointRequest request = configuration.endpointFor(null, run, ENVIRONMENT);
        assertThat(request.uri()).isNull();
        assertThat(request.environment()).isEqualTo(ENVIRONMENT);
    }

    @Test
    void takesTheEnvironmentWhereNoServerIsTheDefault() throws Exception {
        configure("build-host", null, false);
        assertThat(configuration.endpointFor("", run, ENVIRONMENT).uri()).isNull();
    }

    @Test
    void takesTheDefaultWithItsCertificates() throws Exception {
        configure("build-host", "docker-tls", true);
        EndpointRequest request = configuration.endpointFor(" ", run, ENVIRONMENT);
        assertThat(request.uri()).isEqualTo("tcp://docker.example:2376");
        TlsMaterial tls = request.tls();
        assertThat(tls.serverCa()).isEqualTo("AUTHORITY");
        assertThat(tls.clientCertificate()).isEqualTo("CERTIFICATE");
        assertThat(tls.clientKey().reveal()).isEqualTo("KEY");
        assertThat(tls.toString()).doesNotContain("KEY");
    }

    @Test
    void takesAnAuthorityAlone() throws Exception {
        configure("build-host", "only-ca", true);
        TlsMaterial tls = configuration.endpointFor(null, run, ENVIRONMENT).tls();
        assertThat(tls.serverCa()).isEqualTo("AUTHORITY");
        assertThat(tls.clientKey()).isNull();
    }

    @Test
    void takesTheNamedOneInsteadOfTheDefault() throws Exception {
        configure("build-host", "docker-tls", true);
        EndpointRequest request = configuration.endpointFor("local", run, ENVIRONMENT);
        assertThat(request.uri()).isEqualTo("unix:///var/run/docker.sock");
        assertThat(request.tls()).isNull();
    }

    @Test
    void listsTheServersThatThereAre() {
        configure("build-host", null, true);
        assertThatThrownBy(() -> configuration.endpointFor("other", run, ENVIRONMENT))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'other'")
                .hasMessageContaining("build-host, local");
    }

    @Test
    void saysWhereServersAreAdded() {
        assertThatThrownBy(() -> configuration.endpointFor("other", run, ENVIRONMENT))
                .hasMessageContaining("Manage Jenkins, Container builds");
    }

    @Test
    void refusesCredentialsThatAreNotThere() {
        configure("build-host", "gone", true);
        assertThatThrownBy(() -> configuration.endpointFor(null, run, ENVIRONMENT))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("'gone'")
                .hasMessageContaining("'build-host'");
    }

    @Test
    void refusesCredentialsOfAnotherKind() {
        configure("build-host", "account", true);
        assertThatThrownBy(() -> configuration.endpointFor(null, run, ENVIRONMENT))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Username with password")
                .hasMessageContaining("X.509 Client Certificate");
    }
}

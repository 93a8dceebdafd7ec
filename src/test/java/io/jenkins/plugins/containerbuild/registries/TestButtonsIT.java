package io.jenkins.plugins.containerbuild.registries;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.ExtensionList;
import hudson.util.FormValidation;
import io.jenkins.plugins.containerbuild.testkit.BuildKitGate;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Needs Jenkins, a real registry and a real engine. */
@WithJenkins
class TestButtonsIT {

    private final ConfiguredRegistry.DescriptorImpl registries =
            ExtensionList.lookupSingleton(ConfiguredRegistry.DescriptorImpl.class);
    private final ConfiguredServer.DescriptorImpl servers =
            ExtensionList.lookupSingleton(ConfiguredServer.DescriptorImpl.class);
    private final ConfiguredBuilder.DescriptorImpl builders =
            ExtensionList.lookupSingleton(ConfiguredBuilder.DescriptorImpl.class);

    @BeforeAll
    static void start(JenkinsRule jenkins) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "right", null, TestRegistry.USERNAME, TestRegistry.PASSWORD));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "wrong", null, TestRegistry.USERNAME, "never-the-password"));
    }

    private FormValidation test(TestRegistry registry, String credentialsId, boolean plainHttp) throws Exception {
        return test(registry.address(), credentialsId, plainHttp, null);
    }

    private FormValidation test(String address, String credentialsId, boolean plainHttp, String caCertificate)
            throws Exception {
        return registries.doTestRegistry(
                null, "entered", address, credentialsId, plainHttp, false, caCertificate, null, null, null, null);
    }

    @Test
    void logsInToARegistryWithWhatStandsInTheForm(@WithRegistry(RegistryKind.PASSWORD) TestRegistry registry)
            throws Exception {
        FormValidation answer = test(registry, "right", true);
        assertThat(answer.kind).as(answer.getMessage()).isEqualTo(FormValidation.Kind.OK);
        assertThat(answer.renderHtml())
                .contains("The registry " + registry.address() + " answers: the login as tester works.");
        assertThat(ContainerBuildsConfiguration.get().getRegistries()).isEmpty();
    }

    @Test
    void tellsWrongCredentials(@WithRegistry(RegistryKind.PASSWORD) TestRegistry registry) throws Exception {
        FormValidation answer = test(registry, "wrong", true);
        assertThat(answer.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(answer.renderHtml()).contains("does not accept", "wrong").doesNotContain("never-the-password");
    }

    @Test
    void showsTheSnippetForDocker(@WithRegistry(RegistryKind.PLAIN) TestRegistry registry) throws Exception {
        // The daemon takes 127.0.0.1 as it is, and no other name of this machine.
        String address = "localhost:" + registry.port();
        FormValidation answer = test(address, "", false, null);
        assertThat(answer.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(answer.renderHtml())
                .contains("<pre>{", "\"insecure-registries\" : [ \"" + address + "\" ]")
                .contains("Restarting Docker instead stops its containers");
    }

    @Test
    void trustsTheAuthorityThatStandsInTheForm(@WithRegistry(RegistryKind.TLS) TestRegistry registry) throws Exception {
        String authority = Files.readString(registry.caCertificate().orElseThrow());

        FormValidation answer = test(registry.address(), "right", false, authority);

        assertThat(answer.kind).as(answer.getMessage()).isEqualTo(FormValidation.Kind.OK);
        assertThat(answer.renderHtml()).contains("/etc/docker/certs.d/" + registry.address() + "/ca.crt");
    }

    @Test
    void saysWhichCredentialsAreNotThere(@WithRegistry(RegistryKind.PLAIN) TestRegistry registry) throws Exception {
        FormValidation answer = test(registry, "gone", true);
        assertThat(answer.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(answer.getMessage()).contains("gone");
    }

    @Test
    void saysWhatIsWrongWithAnAddress() throws Exception {
        FormValidation answer = test("<b>no</b>", "", false, null);
        assertThat(answer.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(answer.renderHtml()).doesNotContain("<b>no");
    }

    @Test
    @WithEngine
    void opensADaemonWithWhatStandsInTheForm(TestEngine engine) throws Exception {
        FormValidation answer = servers.doTestServer(engine.uri().toString(), "");
        assertThat(answer.kind).as(answer.getMessage()).isEqualTo(FormValidation.Kind.OK);
        assertThat(answer.getMessage()).contains(engine.version(), "API version", "linux/", "from the controller");
        assertThat(ContainerBuildsConfiguration.get().getServers()).isEmpty();
    }

    @Test
    void saysThatThereIsNoDaemon() throws Exception {
        FormValidation answer = servers.doTestServer("unix:///nowhere/docker.sock", "");
        assertThat(answer.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(answer.getMessage()).contains("/nowhere/docker.sock");
    }

    @Test
    void opensNothingThatIsNoDaemonsAddress() throws Exception {
        FormValidation answer = servers.doTestServer("file:///etc/passwd", "");
        assertThat(answer.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(answer.getMessage()).contains("no address of a Docker server");
    }

    @Test
    @WithEngine(EngineKind.ENGINE_26_CONTAINERD)
    void showsEveryAddressOfABuilder(TestEngine engine) throws Exception {
        try (BuildKitGate gate = BuildKitGate.plain(engine)) {
            FormValidation good = builders.doTestBuilder(gate.address(), "");
            assertThat(good.kind).as(good.getMessage()).isEqualTo(FormValidation.Kind.OK);
            assertThat(good.getMessage()).contains(gate.address() + ": BuildKit", "linux/amd64", "workers: ");

            FormValidation one = builders.doTestBuilder("tcp://127.0.0.1:1\r\n" + gate.address(), "");
            assertThat(one.kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(one.renderHtml())
                    .contains("Could not use the builder at tcp://127.0.0.1:1", "connection refused")
                    .contains(gate.address() + ": BuildKit");
            assertThat(ContainerBuildsConfiguration.get().getBuilders()).isEmpty();
        }
    }

    @Test
    void saysWhatIsWrongWithTheAddressesOfABuilder() throws Exception {
        assertThat(builders.doTestBuilder("builder.example", "").getMessage())
                .contains("Could not use the builder", "builder.example");
        assertThat(builders.doTestBuilder("tcp://b:1\ntcp://b:1", "").getMessage())
                .contains("is there twice");
        assertThat(builders.doTestBuilder("", "").getMessage()).contains("URIs");
    }
}

package io.jenkins.plugins.containerbuild.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import hudson.util.Secret;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.registries.ConfiguredBuilder;
import io.jenkins.plugins.containerbuild.registries.ConfiguredRegistry;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import io.jenkins.plugins.containerbuild.testkit.BuildKitGate;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestAuthority;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerCredentials;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builds on an agent that has no Docker, by a BuildKit daemon of its own. */
@WithJenkins
@WithEngine(EngineKind.ENGINE_26_CONTAINERD)
class RemoteBuilderIT {

    private static final String NOWHERE = "tcp://127.0.0.1:1";

    @TempDir
    private Path folder;

    private static void agentWithoutDocker(JenkinsRule jenkins) throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave();
        agent.setLabelString("bare");
        agent.getNodeProperties()
                .add(new EnvironmentVariablesNodeProperty(
                        new EnvironmentVariablesNodeProperty.Entry("DOCKER_HOST", "unix:///nowhere/docker.sock")));
    }

    private static void builder(String uris, String credentialsId) {
        ConfiguredBuilder builder = new ConfiguredBuilder("farm", uris);
        builder.setCredentialsId(credentialsId);
        ContainerBuildsConfiguration.get().setBuilders(List.of(builder));
    }

    private static WorkflowJob job(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("node('bare') {\n" + script + "\n}", true));
        return job;
    }

    @Test
    void buildsWhereThereIsNoDocker(JenkinsRule jenkins, TestEngine engine) throws Exception {
        agentWithoutDocker(jenkins);
        try (BuildKitGate gate = BuildKitGate.plain(engine)) {
            builder(NOWHERE + "\n" + gate.address(), null);

            WorkflowRun run = jenkins.buildAndAssertSuccess(job(jenkins, """
                    writeFile file: 'Dockerfile', text: 'FROM scratch\\nCOPY text /text'
                    writeFile file: 'text', text: 'built far away'
                    def image = containerBuild(builder: 'farm', outputs: ['type=local,dest=out'])
                    echo "id: ${image.id}, text: ${readFile 'out/text'}"
                    """));

            assertThat(JenkinsKit.plainLog(run))
                    .contains("could not use the builder at " + NOWHERE)
                    .contains("Using the builder at " + gate.address())
                    .contains("id: null, text: built far away")
                    .doesNotContain("Docker Engine");
        }
    }

    @Test
    void saysWhichBuildersThereAre(JenkinsRule jenkins) throws Exception {
        agentWithoutDocker(jenkins);
        builder(NOWHERE, null);

        WorkflowRun run = jenkins.buildAndAssertStatus(
                Result.FAILURE, job(jenkins, "containerBuild(builder: 'other', tags: ['app:1'])"));

        assertThat(JenkinsKit.plainLog(run))
                .contains("could not use the builder 'other': no builder has this name. Known are: farm");
    }

    /** As docs/remote-builders.md shows it; the addresses are others. */
    @Test
    void pushesOverTlsWithTheCredentialsOfJenkins(
            JenkinsRule jenkins, TestEngine engine, @WithRegistry(RegistryKind.PASSWORD) TestRegistry registry)
            throws Exception {
        agentWithoutDocker(jenkins);
        TestAuthority authority = TestAuthority.in(folder.resolve("tls"));
        TestAuthority.Identity client = authority.client("client");
        List<Credentials> credentials = SystemCredentialsProvider.getInstance().getCredentials();
        credentials.add(new DockerServerCredentials(
                CredentialsScope.GLOBAL,
                "builder-tls",
                null,
                Secret.fromString(client.keyText()),
                client.certificateText(),
                authority.certificateText()));
        credentials.add(new UsernamePasswordCredentialsImpl(
                CredentialsScope.GLOBAL, "login", null, TestRegistry.USERNAME, TestRegistry.PASSWORD));
        ConfiguredRegistry entry = new ConfiguredRegistry("test", registry.address());
        entry.setCredentialsId("login");
        entry.setPlainHttp(true);
        ContainerBuildsConfiguration.get().setRegistries(List.of(entry));
        try (BuildKitGate gate = BuildKitGate.withTls(engine, authority, authority.server("server", "IP:127.0.0.1"))) {
            Path settings = Files.writeString(folder.resolve("builders.yaml"), sample("builders.yaml", gate, registry));
            ConfigurationAsCode.get().configure(settings.toUri().toString());
            WorkflowJob job = jenkins.createProject(WorkflowJob.class);
            job.setDefinition(new CpsFlowDefinition(
                    sample("remote-builder.jenkinsfile", gate, registry)
                            .replace("node {", "node('bare') {")
                            .replace("checkout scm", "writeFile file: 'Dockerfile', text: 'FROM scratch\\nENV a=b'"),
                    true));

            WorkflowRun run = jenkins.buildAndAssertSuccess(job);

            String digest = registry.manifestDigest("team/app", "1").orElseThrow();
            assertThat(JenkinsKit.plainLog(run))
                    .contains(registry.address() + "/team/app:1@" + digest)
                    .doesNotContain("without TLS")
                    .doesNotContain(TestRegistry.PASSWORD);
        }
    }

    private static String sample(String name, BuildKitGate gate, TestRegistry registry) throws Exception {
        return Files.readString(Path.of("src/test/resources/samples", name))
                .replace("tcp://builder-1.example:1234", NOWHERE)
                .replace("tcp://builder-2.example:1234", gate.address())
                .replace("registry.example:5000", registry.address());
    }
}

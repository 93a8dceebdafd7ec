package io.jenkins.plugins.containerbuild.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Label;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.engine.BackgroundCall;
import io.jenkins.plugins.containerbuild.registries.ConfiguredRegistry;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Logins for the docker command in shell steps. */
@WithJenkins
@WithEngine(EngineKind.INSTALLED)
class RegistryLoginIT {

    private static final List<String> SECRETS = List.of(
            TestRegistry.PASSWORD,
            Base64.getEncoder()
                    .encodeToString(
                            (TestRegistry.USERNAME + ':' + TestRegistry.PASSWORD).getBytes(StandardCharsets.UTF_8)));

    private static TestRegistry registry;

    private JenkinsRule jenkins;
    private DumbSlave agent;

    @BeforeAll
    static void startTheRegistry() {
        registry = TestRegistry.withPassword();
    }

    @AfterAll
    static void endTheRegistry() {
        registry.close();
    }

    @BeforeEach
    void setUp(JenkinsRule rule, TestEngine engine) throws Exception {
        jenkins = rule;
        agent = rule.createOnlineSlave(Label.get("docker"));
        JenkinsKit.useEngine(rule.jenkins, engine, Map.of());
        SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        provider.getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "lab-login", null, TestRegistry.USERNAME, TestRegistry.PASSWORD));
        provider.save();
        ConfiguredRegistry lab = new ConfiguredRegistry("lab", registry.address());
        lab.setPlainHttp(true);
        lab.setCredentialsId("lab-login");
        ConfiguredRegistry open = new ConfiguredRegistry("open", "open.example:5000");
        ContainerBuildsConfiguration.get().setRegistries(List.of(lab, open));
    }

    private WorkflowJob job(String body) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("node('docker') {\n" + body + "\n}", true));
        return job;
    }

    @Test
    void theDockerCommandPushesInTheBlockAndNowhereElse() throws Exception {
        String image = registry.address() + "/team/app:1";
        WorkflowRun run = jenkins.buildAndAssertSuccess(job("""
                writeFile file: 'Dockerfile', text: 'FROM base:1'
                containerBuild(tags: ['IMAGE'])
                echo "before: ${sh(script: 'docker push IMAGE', returnStatus: true)}"
                withContainerRegistry('lab') { logins ->
                    sh 'docker push IMAGE'
                    sh 'cat "$REGISTRY_AUTH_FILE"; stat -c "mode %a" "$DOCKER_CONFIG" "$DOCKER_CONFIG/config.json"'
                    echo "same: ${logins.folder == env.DOCKER_CONFIG}"
                    writeFile file: 'folder', text: "$logins"
                }
                sh 'test -s folder; test ! -e "$(cat folder)"; test -z "$DOCKER_CONFIG"'
                """.replace("IMAGE", image)));

        assertThat(registry.manifestDigest("team/app", "1")).isPresent();
        assertThat(JenkinsKit.plainLog(run))
                .contains("before: 1", "Logged in to lab", "\"auth\" : \"****\"", "mode 700", "mode 600", "same: true")
                .doesNotContain(SECRETS);
    }

    @Test
    void aLostAgentLosesTheLoginsOnceItIsBack() throws Exception {
        WorkflowRun run =
                job("withContainerRegistry(registries: ['lab']) { echo \"folder: ${env.DOCKER_CONFIG}\"; sleep 600 }")
                        .scheduleBuild2(0)
                        .waitForStart();
        jenkins.waitForMessage("folder: /", run);
        Path folder = Path.of(JenkinsRule.getLog(run)
                .lines()
                .filter(line -> line.startsWith("folder: /"))
                .findFirst()
                .orElseThrow()
                .substring("folder: ".length()));
        assertThat(folder).isDirectory();
        assertNoSecretIn(run.getRootDir().toPath());

        Objects.requireNonNull(agent.toComputer())
                .disconnect(new OfflineCause.ByCLI("lost"))
                .get();
        run.doKill();
        jenkins.waitForCompletion(run);
        assertThat(folder).isDirectory();
        Objects.requireNonNull(agent.toComputer()).connect(true).get();

        BackgroundCall.await(Duration.ofMinutes(1), () -> !Files.exists(folder));
    }

    private static void assertNoSecretIn(Path folder) throws Exception {
        int files = LiveFolder.look(
                folder,
                (file, content) -> assertThat(content).as(file.toString()).doesNotContain(SECRETS));
        assertThat(files).isPositive();
    }
}

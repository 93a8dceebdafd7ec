package io.jenkins.plugins.containerbuild.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.FilePath;
import hudson.model.Label;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.util.Secret;
import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Looks for a build's secret wherever Jenkins and its agent leave something. */
@WithJenkins
@WithEngine(EngineKind.ENGINE_26)
class SecretLeakIT {

    private final String value = "Tok+en/" + UUID.randomUUID() + "?=";

    private JenkinsRule jenkins;
    private DumbSlave agent;

    @BeforeEach
    void setUp(JenkinsRule rule, TestEngine engine) throws Exception {
        jenkins = rule;
        JenkinsKit.useEngine(rule.jenkins, engine, Map.of());
        agent = rule.createOnlineSlave(Label.get("docker"));
        SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        provider.getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", null, Secret.fromString(value)));
        provider.save();
    }

    private WorkflowRun start(String... lines) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        FilePath workspace = agent.getWorkspaceFor(job);
        workspace.child("Dockerfile").write(String.join("\n", lines) + "\n", "UTF-8");
        job.setDefinition(new CpsFlowDefinition(
                "node('docker') { def image = containerBuild(secrets: [token: 'token']); echo \"built $image\" }",
                true));
        return job.scheduleBuild2(0).waitForStart();
    }

    @Test
    void aSecretIsNeitherOnDisksNorInProcessLists() throws Exception {
        WorkflowRun run = start(
                "FROM base:1",
                "RUN --mount=type=secret,id=token cd /run/secrets; echo plain $(cat token); base64 token;"
                        + " echo basic $(printf 'user:%s' $(cat token) | base64); echo reading-$((40+2)); sleep 5");
        jenkins.waitForMessage("reading-42", run);
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            for (ProcessHandle process : processes.toList()) {
                assertHoldsNothing(
                        "process " + process.pid(), process.info().commandLine().orElse(""));
            }
        }
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));

        assertThat(JenkinsRule.getLog(run)).contains("plain ****", "built ");
        assertNothingOnDisks();
    }

    @Test
    void aFailureSavesNoSecret() throws Exception {
        WorkflowRun run = start("FROM base:1", "RUN --mount=type=secret,id=token cat /run/secrets/token; false");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));

        assertThat(JenkinsRule.getLog(run)).contains("****");
        assertNothingOnDisks();
    }

    @Test
    void aBoundSecretIsRefusedAsABuildArgument() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        agent.getWorkspaceFor(job).child("Dockerfile").write("FROM base:1\nARG TOKEN\n", "UTF-8");
        job.setDefinition(new CpsFlowDefinition("""
                node('docker') {
                    withCredentials([string(credentialsId: 'token', variable: 'BOUND')]) {
                        containerBuild(buildArgs: [TOKEN: BOUND])
                    }
                }
                """, true));

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        assertThat(JenkinsRule.getLog(run))
                .contains("could not use the build argument 'TOKEN'")
                .contains("secretEnvs: [token: 'BOUND']")
                .doesNotContain(value);
    }

    private void assertNothingOnDisks() throws IOException {
        for (Path folder : List.of(jenkins.jenkins.getRootDir().toPath(), Path.of(agent.getRemoteFS()))) {
            int files = LiveFolder.look(folder, (file, content) -> assertHoldsNothing(file.toString(), content));
            assertThat(files).isPositive();
        }
    }

    private void assertHoldsNothing(String what, String text) {
        Base64.Encoder base64 = Base64.getEncoder();
        assertThat(text.contains(value)
                        || text.contains(URLEncoder.encode(value, StandardCharsets.UTF_8))
                        || text.contains(base64.encodeToString(value.getBytes(StandardCharsets.UTF_8)))
                        || text.contains(base64.encodeToString(("user:" + value).getBytes(StandardCharsets.UTF_8))
                                .substring(8, 44)))
                .as(what)
                .isFalse();
    }
}

package io.jenkins.plugins.containerbuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.github.dockerjava.api.model.PruneType;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.scm.NullSCM;
import hudson.scm.SCM;
import hudson.scm.SCMDescriptor;
import hudson.scm.SCMRevisionState;
import hudson.util.Secret;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.containerbuild.registries.ConfiguredRegistry;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.OpenSsh;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestAuthority;
import io.jenkins.plugins.containerbuild.testkit.TestCompose;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Runs the Pipelines that the documentation shows, in a Jenkins that was set up by the file that it shows. Only the
 * registry's address and the login are others.
 */
@WithJenkins
@WithEngine
@WithRegistry(RegistryKind.PASSWORD)
class SamplesIT {

    private static final Path SAMPLES = Path.of("src/test/resources/samples");

    private static final String SHA = "860c1904a1ce19322e91ac35af1ab07466440c37";

    @TempDir
    private Path folder;

    private JenkinsRule jenkins;
    private TestEngine engine;
    private TestRegistry registry;
    private String app;

    @BeforeEach
    void setUpAsTheDocumentationSays(JenkinsRule rule, TestEngine testEngine, TestRegistry testRegistry)
            throws Exception {
        jenkins = rule;
        engine = testEngine;
        registry = testRegistry;
        app = registry.address() + "/team/app:";
        jenkins.jenkins.setLabelString("docker");
        JenkinsKit.useEngine(rule.jenkins, testEngine, Map.of());
        Path settings = Files.writeString(folder.resolve("jenkins.yaml"), sample("jenkins.yaml"));
        ConfigurationAsCode.get().configure(settings.toUri().toString());
    }

    @Test
    void theQuickStartBuildsAndPushes() throws Exception {
        String log = succeeds("quick-start.jenkinsfile");

        assertThat(log).contains("Pushed " + app + "1@" + digest("team/app", "1"));
    }

    @Test
    void theDeclarativePipelineHandsTheDigestOn() throws Exception {
        String log = succeeds("declarative.jenkinsfile");

        assertThat(log).contains("Deploying " + app + "1@" + digest("team/app", "1"));
        assertThat(engine.imageId("team/app:1")).isPresent();
    }

    @Test
    void theScriptedPipelinePushesByIdAndKeepsTheDigest() throws Exception {
        WorkflowRun run = runs("scripted.jenkinsfile");

        String digest = digest("team/app", "latest");
        assertThat(run.getDescription()).isEqualTo(digest);
        assertThat(workspaceOf(run).child("image.txt").readToString()).isEqualTo(app + "1@" + digest);
    }

    @Test
    void namesWithoutAHostGetAddressAndPrefixOfTheChosenRegistry() throws Exception {
        succeeds("two-registries.jenkinsfile");

        String digest = digest("team/app", "1.0");
        assertThat(digest("releases/app", "1.0")).isEqualTo(digest);
        assertThat(digest("releases/app", "1.0-rc")).isEqualTo(digest);
    }

    @Test
    void whatWasPulledCanBePushedUnderAnotherName() throws Exception {
        succeeds("two-registries.jenkinsfile");
        engine.removeImage(app + "1.0");

        String log = succeeds("pull-and-tag.jenkinsfile");

        String digest = digest("team/app", "stable");
        assertThat(log).contains(app + "stable@" + digest + " is the image that was pulled: " + digest);
    }

    @Test
    void theRetriedPipelineRuns() throws Exception {
        assertThat(succeeds("lost-agent.jenkinsfile")).contains("Pushed " + app + "1@");
    }

    @Test
    void theSecretsPipelineLendsThemToInstructions() throws Exception {
        String key = Files.readString(OpenSsh.in(folder).key("deploy_key", "a passphrase", "-t", "ed25519"));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .addAll(List.of(
                        new StringCredentialsImpl(
                                CredentialsScope.GLOBAL, "npm-token", null, Secret.fromString("a token")),
                        new BasicSSHUserPrivateKey(
                                CredentialsScope.GLOBAL,
                                "deploy-key",
                                "git",
                                new BasicSSHUserPrivateKey.DirectEntryPrivateKeySource(key),
                                "a passphrase",
                                null)));

        succeeds("secrets.jenkinsfile");

        assertThat(engine.imageId("team/app:secrets")).isPresent();
    }

    @Test
    void theFilesOfABuildCanBeArchived() throws Exception {
        WorkflowRun run = runs("outputs.jenkinsfile");

        assertThat(run.getArtifacts())
                .extracting(artifact -> artifact.relativePath)
                .contains("out/app/Dockerfile.release");
        assertThat(JenkinsKit.plainLog(run))
                .contains("The files are in " + workspaceOf(run).child("out").getRemote());
    }

    @Test
    @WithEngine(EngineKind.ENGINE_26_CONTAINERD)
    void thePlatformsAreOneIndex() throws Exception {
        WorkflowRun run = runs("platforms.jenkinsfile");
        String log = JenkinsKit.plainLog(run);

        assertThat(workspaceOf(run).child("provenance.json").readToString()).contains("https://slsa.dev/provenance/");
        assertThat(log)
                .contains("Pushed the index " + digest("team/app", "platforms") + " with sha256:")
                .contains(" for arm64");
        assertThat(engine.hasImage(app + "platforms")).isFalse();
    }

    @Test
    void theDockerCommandPushesWithALogin() throws Exception {
        succeeds("quick-start.jenkinsfile");

        assertThat(succeeds("registry-login.jenkinsfile")).contains("Logged in to nexus", "1: digest: sha256:");
    }

    @Test
    void whatWasTestedIsReleased() throws Exception {
        succeeds("quick-start.jenkinsfile");

        String log = succeeds("copy.jenkinsfile");

        assertThat(log).contains("Deploying " + registry.address() + "/releases/app:1@" + digest("team/app", "1"));
        assertThat(digest("team/app", "stable")).isEqualTo(digest("team/app", "1"));
        assertThat(succeeds("inspect.jenkinsfile"))
                .contains(app + "1@" + digest("team/app", "1") + " is version ")
                .contains("for [linux/amd64]");
    }

    @Test
    void registriesAreReachedInTheirOwnWays() throws Exception {
        Path authority = TestAuthority.in(folder).certificate();
        String yaml = sample("registry-ways.yaml").replace("/run/secrets/registry-ca.pem", authority.toString());
        ConfigurationAsCode.get()
                .configure(Files.writeString(folder.resolve("ways.yaml"), yaml)
                        .toUri()
                        .toString());

        assertThat(ContainerBuildsConfiguration.get().getRegistries())
                .extracting(
                        ConfiguredRegistry::getId,
                        ConfiguredRegistry::getClientCertificateId,
                        ConfiguredRegistry::getMirror,
                        ConfiguredRegistry::getProxy,
                        ConfiguredRegistry::getProxyCredentialsId)
                .containsExactly(
                        tuple("private", "private-client", null, null, null),
                        tuple("hub", null, "mirror.example:5000", null, null),
                        tuple("outside", null, null, "http://proxy.example:3128", "proxy-login"));
        assertThat(ContainerBuildsConfiguration.get().getRegistries().get(0).getCaCertificate())
                .startsWith("-----BEGIN CERTIFICATE-----");
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            assertThat(client.goTo("manage/containerBuilds").asNormalizedText())
                    .contains("\"registry-mirrors\" : [ \"https://mirror.example:5000\" ]")
                    .contains("/etc/docker/certs.d/" + registry.address() + "/ca.crt")
                    .contains("[registry.\"docker.io\"]");
        }
    }

    @Test
    void imagesOfPullRequestsAreDeleted() throws Exception {
        Path settings = Files.writeString(folder.resolve("deletion.yaml"), sample("deletion.yaml"));
        ConfigurationAsCode.get().configure(settings.toUri().toString());
        String config = "{\"os\":\"linux\",\"architecture\":\"amd64\",\"created\":\"2026-01-02T03:04:05Z\"}";
        String type = "application/vnd.oci.image.manifest.v1+json";
        registry.putManifest(
                "team/app",
                "pr-7",
                type,
                "{\"schemaVersion\":2,\"mediaType\":\"" + type
                        + "\",\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\""
                        + registry.putBlob("team/app", config.getBytes(StandardCharsets.UTF_8)) + "\",\"size\":"
                        + config.length() + "},\"layers\":[]}");

        assertThat(succeeds("images.jenkinsfile")).contains("pr-7 was made at 2026-01-02", "Deleted sha256:");
        assertThat(registry.manifestDigest("team/app", "pr-7")).isEmpty();
    }

    @Test
    void rulesNameTheImage() throws Exception {
        JenkinsKit.useEngine(
                jenkins.jenkins, engine, Map.of("BRANCH_NAME", "main", "BRANCH_IS_PRIMARY", "true", "GIT_COMMIT", SHA));

        succeeds("tags.jenkinsfile");

        String digest = digest("team/app", "main");
        assertThat(digest("team/app", "latest")).isEqualTo(digest);
        assertThat(digest("team/app", "sha-860c190")).isEqualTo(digest);
        assertThat(succeeds("tags-value.jenkinsfile"))
                .contains("main of [" + app + "main, " + app + "sha-860c190]", " as " + app + "main, " + app + "sha-");
    }

    @Test
    void theImagesOfSeveralAgentsAreMerged() throws Exception {
        jenkins.jenkins.setLabelString("docker docker-amd64 docker-arm64");

        String log = succeeds("merge.jenkinsfile");

        assertThat(log)
                .contains("Deploying " + app + "1@" + digest("team/app", "1") + ", on arm64 "
                        + digest("team/app", "1-arm64"));
    }

    @Test
    @WithEngine(EngineKind.ENGINE_26_CONTAINERD)
    void theBranchLeavesItsCacheInTheRegistry() throws Exception {
        String log = succeeds("branch-cache.jenkinsfile");

        assertThat(log).contains("Pushed " + app + "1@", "Exported the cache to " + app + "cache-main, ");
    }

    @Test
    @WithEngine(EngineKind.ENGINE_26_CONTAINERD)
    void aVolumeKeepsTheCacheBetweenBuilds() throws Exception {
        assertThat(succeeds("volume-cache.jenkinsfile")).contains("Exported the cache to ");
        engine.client().pruneCmd(PruneType.BUILD).exec();

        assertThat(succeeds("volume-cache.jenkinsfile")).contains("CACHED");
    }

    @Test
    @WithEngine(EngineKind.ENGINE_26_CONTAINERD)
    void aDockerfileInThePipelineUsesAFurtherDirectory() throws Exception {
        assertThat(succeeds("contexts.jenkinsfile")).contains("\nBuild 1");
    }

    @Test
    @WithEngine(EngineKind.ENGINE_NEWEST)
    void theCheckTellsItsFindings() throws Exception {
        assertThat(succeeds("check.jenkinsfile")).contains("Check complete, nothing was found");
    }

    @Test
    void theVolumesPipelinesFillArchiveAndClearAway() throws Exception {
        assertThat(succeeds("volumes.jenkinsfile")).contains("The cache m2-cache is new", " holds 6 bytes");
        assertThat(runs("volume-archive.jenkinsfile").getArtifacts())
                .extracting(artifact -> artifact.relativePath)
                .containsExactly("test-data.tar.gz");
        assertThat(succeeds("volume-prune.jenkinsfile"))
                .contains("Removed the volume test-data", "Kept the volume m2-cache");
        engine.client().removeVolumeCmd("m2-cache").exec();
    }

    @Test
    void containersRunBesideTheStepsAndAroundThem() throws Exception {
        String there = "#!/bin/sh\\n";
        standIn("postgres", "16", "printf '" + there + "echo psql 16\\n' >/bin/psql; chmod +x /bin/psql");
        standIn(
                "team/migrations",
                "1",
                "printf '" + there + "nc $2 5432 && echo migrated\\n' >/bin/migrate; chmod +x /bin/migrate");
        standIn("team/report", "1", "printf '" + there + "echo {}\\n' >/bin/report; chmod +x /bin/report");
        standIn(
                "maven",
                "3",
                "printf '" + there + "exec \"$@\"\\n' >/bin/nohup; printf '" + there
                        + "touch /m2/x && echo packaged $3\\n' >/bin/mvn; chmod +x /bin/nohup /bin/mvn");

        assertThat(succeeds("with-container.jenkinsfile")).contains("The database is at 127.0.0.1:", "It runs psql 16");
        assertThat(succeeds("network.jenkinsfile")).contains("migrated");
        assertThat(succeeds("inside-container.jenkinsfile")).contains("packaged");
        assertThat(runs("container-run.jenkinsfile").getArtifacts())
                .extracting(artifact -> artifact.relativePath)
                .containsExactly("report.json");
        engine.client().removeVolumeCmd("m2-repository").exec();
    }

    @Test
    void theComposeFileComesUpBesideTheSteps() throws Exception {
        JenkinsKit.useEngine(jenkins.jenkins, engine, TestCompose.find().variables());
        engine.makeMongoImages();

        assertThat(succeeds("compose.jenkinsfile"))
                .contains("Mongo Express is at http://127.0.0.1:", "-mongo-1 is healthy and runs MongoDB 7.0.1");
        assertThat(succeeds("compose-declarative.jenkinsfile")).contains("testing against the project ");
        assertThat(engine.client()
                        .listVolumesCmd()
                        .withFilter("label", List.of("com.docker.compose.project"))
                        .exec()
                        .getVolumes())
                .isNullOrEmpty();
    }

    /** An image of this name that does as much as the sample needs, and that takes connections at PostgreSQL's port. */
    private void standIn(String repository, String tag, String command) {
        engine.commitImage(command, repository, tag, "sh", "-c", "exec nc -ll -p 5432 -e echo ready");
    }

    private String digest(String repository, String tag) {
        return registry.manifestDigest(repository, tag).orElseThrow();
    }

    private String sample(String name) throws IOException {
        return Files.readString(SAMPLES.resolve(name))
                .replace("registry.example:5000", registry.address())
                .replace("${NEXUS_USER}", TestRegistry.USERNAME)
                .replace("${NEXUS_PASSWORD}", TestRegistry.PASSWORD);
    }

    private String succeeds(String name) throws Exception {
        return JenkinsKit.plainLog(runs(name));
    }

    private WorkflowRun runs(String name) throws Exception {
        FilePath sources = new FilePath(folder.resolve(name + ".sources").toFile());
        new FilePath(SAMPLES.resolve("project").toFile()).copyRecursiveTo(sources);
        sources.child("Jenkinsfile").write(sample(name), "UTF-8");
        sources.child("docker-compose.yaml").write(sample("docker-compose.yaml"), "UTF-8");
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsScmFlowDefinition(new FolderScm(sources.getRemote()), "Jenkinsfile"));
        return jenkins.buildAndAssertSuccess(job);
    }

    private FilePath workspaceOf(WorkflowRun run) {
        return jenkins.jenkins
                .getRootPath()
                .child("workspace")
                .child(run.getParent().getName());
    }

    /** A folder in place of a repository. */
    private static final class FolderScm extends NullSCM {

        private final String folder;

        FolderScm(String folder) {
            this.folder = folder;
        }

        @Override
        public void checkout(
                Run<?, ?> run,
                Launcher launcher,
                FilePath workspace,
                TaskListener listener,
                File changes,
                SCMRevisionState baseline)
                throws IOException, InterruptedException {
            new FilePath(new File(folder)).copyRecursiveTo(workspace);
        }

        @Override
        public SCMDescriptor<?> getDescriptor() {
            return new SCMDescriptor<SCM>(null) {};
        }
    }
}

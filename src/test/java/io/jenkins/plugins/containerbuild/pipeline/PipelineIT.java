package io.jenkins.plugins.containerbuild.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.registries.ConfiguredRegistry;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
@WithEngine
@WithRegistry
class PipelineIT {

    private JenkinsRule jenkins;
    private TestEngine engine;
    private TestRegistry registry;

    @BeforeEach
    void findTheEngine(JenkinsRule rule, TestEngine testEngine, TestRegistry testRegistry) throws Exception {
        jenkins = rule;
        engine = testEngine;
        registry = testRegistry;
        JenkinsKit.useEngine(rule.jenkins, testEngine, Map.of("REGISTRY", testRegistry.address()));
    }

    @Test
    void buildsTagsPushesAndPullsInTheSandbox() throws Exception {
        String log = succeeds(JenkinsKit.jenkinsfile(PipelineIT.class, "scripted"));

        String id = engine.imageId("scripted/local:2").orElseThrow();
        String digest = registry.manifestDigest("scripted/app", "2").orElseThrow();
        String name = registry.address() + "/scripted/app";
        assertThat(log)
                .contains("id=" + id + " tags=[" + name + ":1] digest=null size=true layers=2")
                .contains("steps=2 first=[1/2] FROM docker.io/library/base:1 took=true")
                .contains("tagged=scripted/local:2 same=true")
                .contains("pushed=" + digest + " references=2 first=" + name + ":1@" + digest)
                .contains("pulled=" + id + " as=" + name + "@" + digest + " digest=" + digest)
                .contains("RUN echo \"built 1\" > /version");
        assertThat(registry.manifestDigest("scripted/app", "1")).contains(digest);
    }

    @Test
    void pushesPastTheDaemon() throws Exception {
        String log = succeeds("node { def pushed = containerPush(image: 'docker.io/library/base:1',"
                + " tags: [env.REGISTRY + '/past/app:1'], via: 'agent')\n"
                + "echo \"past=${pushed.digest} id=${pushed.id}\"\n"
                + "writeFile file: 'Dockerfile', text: 'FROM base:1\\nLABEL past=built'\n"
                + "def built = containerBuild(tags: [env.REGISTRY + '/past/app:2'], push: true, via: 'agent')\n"
                + "echo \"built=${built.digest} ${built.references}\" }");

        assertThat(log)
                .contains("past=" + registry.manifestDigest("past/app", "1").orElseThrow() + " id="
                        + engine.imageId("base:1").orElseThrow());
        String built = registry.manifestDigest("past/app", "2").orElseThrow();
        assertThat(log).contains("built=" + built + " [" + registry.address() + "/past/app:2@" + built + "]");
    }

    @Test
    void buildsAndPushesInDeclarative() throws Exception {
        String log = succeeds(JenkinsKit.jenkinsfile(PipelineIT.class, "declarative"));

        String digest = registry.manifestDigest("declarative/app", "1").orElseThrow();
        assertThat(log).contains(digest);
        assertThat(engine.imageId("declarative/local:1")).isPresent();
    }

    @Test
    void mergesImagesInDeclarativeAndInTheSandbox() throws Exception {
        String log = succeeds(JenkinsKit.jenkinsfile(PipelineIT.class, "merge"));

        String name = registry.address() + "/merge/";
        String digest = registry.manifestDigest("merge/app", "1").orElseThrow();
        String amd64 = registry.manifestDigest("merge/app", "amd64").orElseThrow();
        String arm64 = registry.manifestDigest("merge/app", "arm64").orElseThrow();
        assertThat(log)
                .contains("merged=" + digest + " platforms=[linux/amd64:" + amd64 + ", linux/arm64:" + arm64
                        + "] tags=[" + name + "app:1, " + name + "other:1]")
                .contains("references=2 took=true text=" + name + "app:1@" + digest + " " + name + "other:1@" + digest);
        assertThat(registry.manifestDigest("merge/other", "1")).hasValue(digest);
        assertThat(registry.manifestDigest("merge/app", "declarative")).isPresent();
    }

    @Test
    void copiesAnImageInTheSandbox() throws Exception {
        String name = registry.address() + "/copy/";
        String log = succeeds("""
                node {
                    containerBuild(dockerfileInline: 'FROM scratch\\nCOPY content /content', tags: ["NAMEapp:1"], push: true)
                    def copied = containerCopy(from: 'NAMEapp:1', to: ['NAMEapp:stable', 'NAMEother:1'], referrers: true)
                    echo "digest=${copied.digest} tags=${copied.tags} text=${copied}"
                    echo "referrers=${copied.referrers} moved=${copied.transferredBytes} took=${copied.durationMillis > 0}"
                }""".replace("node {", "node { writeFile file: 'content', text: 'x'")
                .replace("NAME", name));

        String digest = registry.manifestDigest("copy/app", "1").orElseThrow();
        assertThat(log)
                .contains("digest=" + digest + " tags=[" + name + "app:stable, " + name + "other:1] text=" + name
                        + "app:stable@" + digest + " " + name + "other:1@" + digest)
                .contains("referrers=[] moved=0 took=true");
        assertThat(registry.manifestDigest("copy/other", "1")).hasValue(digest);
    }

    @Test
    void inspectsAnImageInTheSandbox() throws Exception {
        String name = registry.address() + "/inspect/app:1";
        String log = succeeds("""
                node {
                    containerBuild(
                        dockerfileInline: 'FROM scratch\\nCOPY content /content\\nENV A=1\\nENTRYPOINT ["/content"]\\n'
                            + 'CMD ["x"]\\nUSER 1000\\nWORKDIR /app\\nLABEL version=1.0',
                        tags: ['NAME'], platforms: ['linux/arm64'], push: true)
                    def image = containerInspect(image: 'NAME', platform: 'linux/arm64')
                    echo "${image} ${image.digest} ${image.mediaType} ${image.annotations} ${image.platform}"
                    echo "${image.platforms['linux/arm64']} ${image.platformSizes['linux/arm64'] == image.sizeBytes}"
                    echo "${image.labels.version} ${image.env.contains('A=1')} ${image.entrypoint} ${image.command}"
                    echo "${image.user} ${image.workdir} ${image.created.startsWith('2')} ${image.reference}"
                    def layer = image.layers[0]
                    echo "${layer} ${layer.digest} ${layer.mediaType} ${layer.sizeBytes > 0}"
                }""".replace("node {", "node { writeFile file: 'content', text: 'x'")
                .replace("NAME", name));

        String digest = registry.manifestDigest("inspect/app", "1").orElseThrow();
        assertThat(log)
                .contains(name + "@" + digest + " " + digest + " application/vnd.")
                .contains(digest + " true\n")
                .contains("1.0 true [/content] [x]\n")
                .contains("1000 /app true " + name + "@" + digest)
                .containsPattern("sha256:[0-9a-f]{64} sha256:[0-9a-f]{64} application/vnd\\..* true");
    }

    @Test
    void deletesAnImageWhereItIsAllowed() throws Exception {
        ContainerBuildsConfiguration.get().setAllowRemoteDelete(true);
        ContainerBuildsConfiguration.get().setProtectedImages(List.of("*:latest"));
        String name = registry.address() + "/delete/app";
        String log = succeeds("""
                node { writeFile file: 'content', text: 'x'
                    containerBuild(
                        dockerfileInline: 'FROM scratch\\nCOPY content /content', tags: ['NAME:1', 'NAME:2'], push: true)
                    writeFile file: 'content', text: 'y'
                    containerBuild(
                        dockerfileInline: 'FROM scratch\\nCOPY content /content', tags: ['NAME:latest'], push: true)
                    echo "tags=${containerImages(repository: 'NAME')} some=${containerImages(repository: 'NAME', filter: 'l*')}"
                    def deleted = containerDelete(image: 'NAME:1')
                    echo "image=${deleted.image} same=${deleted.toString() == deleted.digest} tags=${deleted.tags}"
                    try {
                        containerDelete(image: 'NAME')
                    } catch (e) {
                        echo "kept: ${e.message}"
                    }
                }""".replace("NAME", name));

        assertThat(log)
                .contains("tags=[1, 2, latest] some=[latest]")
                .contains("image=" + name + ":1 same=true tags=[1, 2]")
                .contains("kept: could not delete " + name + ":latest")
                .contains("is protected by the pattern *:latest");
        assertThat(registry.manifestDigest("delete/app", "2")).isEmpty();
        assertThat(registry.manifestDigest("delete/app", "latest")).isPresent();
    }

    @Test
    void letsDeclarativeFindMistakesBeforeAnythingRuns() throws Exception {
        WorkflowRun run = runs(
                "pipeline { agent any; stages { stage('x') { steps {\n"
                        + "containerBuild(tgs: ['a'])\ncontainerBuild(tags: 'a')\n} } } }",
                Result.FAILURE);

        assertThat(JenkinsRule.getLog(run))
                .contains("Invalid parameter \"tgs\", did you mean \"tags\"?")
                .contains("for parameter \"tags\" but got \"a\"")
                .doesNotContain("Running on");
    }

    @Test
    void showsWhatAFailingInstructionPrinted() throws Exception {
        WorkflowRun run = runs(
                "node { writeFile file: 'Dockerfile', text: 'FROM base:1\\nRUN echo almost there; exit 7'\n"
                        + "containerBuild() }",
                Result.FAILURE);

        String log = JenkinsKit.plainLog(run);
        assertThat(log.substring(log.indexOf("ERROR: ")))
                .contains("exit 7")
                .contains("almost there")
                .contains("Failed instruction: ");
    }

    @Test
    void keepsBuildArgumentsOutOfTheLog() throws Exception {
        String log = succeeds("node { writeFile file: 'Dockerfile', text: 'FROM base:1\\nARG TOKEN\\nRUN true'\n"
                + "containerBuild(buildArgs: [TOKEN: 'very' + 'private']) }");

        assertThat(log).doesNotContain("veryprivate");
    }

    @Test
    void writesFilesIntoTheWorkspaceAndSaysWhich() throws Exception {
        String log = succeeds("""
                node {
                    def result = containerBuild(
                        dockerfileInline: 'FROM base:1\\nRUN echo from the build > /made.txt',
                        outputs: ['type=local,dest=out'])
                    echo "wrote ${result.outputs.size()}: ${result.outputs[0].endsWith('/out')}, image ${result.id}"
                    echo readFile('out/made.txt')
                }""");

        assertThat(log).contains("wrote 1: true, image null").contains("from the build");
    }

    @Test
    void mayLeaveASubdirectoryButNotTheWorkspace() throws Exception {
        succeeds("node { writeFile file: 'Dockerfile', text: 'FROM base:1'\n"
                + "dir('sub/deeper') { containerBuild(context: '../..', file: '../../Dockerfile') } }");
    }

    @Test
    void runsABuildStepOfFreestyleJobsToo() throws Exception {
        String log = succeeds("node { writeFile file: 'Dockerfile', text: 'FROM base:1'\n"
                + "step([$class: 'ContainerBuildBuilder', operation: [tags: ['build-step/app:1']]]) }");

        assertThat(log).contains("Built " + engine.imageId("build-step/app:1").orElseThrow() + " as build-step/app:1");
    }

    @Test
    void saysWhichCredentialsAreMissing(@WithRegistry(RegistryKind.PASSWORD) TestRegistry guarded) throws Exception {
        configure("guarded", guarded, "no-such-login");

        WorkflowRun run = runs(
                "node { containerPush(image: 'docker.io/library/base:1', tags: ['team/denied:1'], registry: 'guarded') }",
                Result.FAILURE);

        assertThat(JenkinsKit.plainLog(run))
                .containsOnlyOnce("ERROR: ")
                .contains("no-such-login")
                .contains("Manage Jenkins");
    }

    @Test
    void saysWhoWasRefusedByWhichRegistry(@WithRegistry(RegistryKind.PASSWORD) TestRegistry guarded) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "login", null, TestRegistry.USERNAME, "wr0ng-and-hidden"));
        configure("guarded", guarded, "login");

        WorkflowRun run = runs(
                "node { containerPush(image: 'docker.io/library/base:1', tags: ['team/denied:1'], registry: 'guarded') }",
                Result.FAILURE);

        assertThat(JenkinsKit.plainLog(run))
                .containsOnlyOnce("ERROR: ")
                .contains("team/denied", TestRegistry.USERNAME, guarded.address())
                .doesNotContain("wr0ng-and-hidden");
    }

    @Test
    void saysThatARegistryIsDown() throws Exception {
        WorkflowRun run = runs("node { containerPull(image: '127.0.0.1:9/team/app:1') }", Result.FAILURE);

        assertThat(JenkinsKit.plainLog(run)).containsOnlyOnce("ERROR: ").contains("127.0.0.1:9");
    }

    private static void configure(String id, TestRegistry registry, String credentials) {
        ConfiguredRegistry entry = new ConfiguredRegistry(id, registry.address());
        entry.setPlainHttp(true);
        entry.setCredentialsId(credentials);
        ContainerBuildsConfiguration.get().setRegistries(List.of(entry));
    }

    @Test
    void saysWhatAMissingEndpointWouldNeed() throws Exception {
        WorkflowRun run = runs(
                "node { writeFile file: 'Dockerfile', text: 'FROM base:1'\n"
                        + "withEnv(['DOCKER_HOST=unix:///no/such/docker.sock']) { containerBuild() } }",
                Result.FAILURE);

        assertThat(JenkinsKit.plainLog(run)).contains("/no/such/docker.sock").containsOnlyOnce("ERROR: ");
    }

    private String succeeds(String script) throws Exception {
        return JenkinsKit.plainLog(runs(script, Result.SUCCESS));
    }

    private WorkflowRun runs(String script, Result result) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.assertBuildStatus(result, job.scheduleBuild2(0));
    }
}

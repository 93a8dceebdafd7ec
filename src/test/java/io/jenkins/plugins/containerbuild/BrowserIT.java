package io.jenkins.plugins.containerbuild;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.containerbuild.cleanup.Makers;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.freestyle.ContainerBuildBuilder;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.time.Instant;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.openqa.selenium.WebElement;

/** What people do on the plugin's pages, in a real browser. The pictures of docs/images are those that it takes. */
@WithJenkins
@WithEngine
class BrowserIT {

    private JenkinsRule jenkins;
    private TestEngine engine;
    private Browser browser;

    @BeforeEach
    void openTheBrowser(JenkinsRule rule, TestEngine testEngine) throws Exception {
        jenkins = rule;
        engine = testEngine;
        JenkinsKit.useEngine(rule.jenkins, testEngine, Map.of());
        browser = Browser.at(rule.getURL().toString());
    }

    @AfterEach
    void closeTheBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void anAdministratorAddsARegistryTestsItAndSaves(@WithRegistry TestRegistry registry) {
        browser.open("manage/containerBuilds/");
        browser.click("Add registry");
        browser.find("input[name='_.id']").sendKeys("lab");
        browser.find("input[name='_.address']").sendKeys(registry.address());
        browser.click(browser.find("input[name='_.plainHttp'] + label"));
        browser.click("Test registry");
        assertThat(browser.find(".ok").getText()).contains(registry.address());
        assertThat(ContainerBuildsConfiguration.get().getRegistries()).isEmpty();
        browser.picture("admin-page");
        browser.leaveBy("Save");
        browser.awaitText("Manage Jenkins");

        assertThat(ContainerBuildsConfiguration.get().getRegistries())
                .singleElement()
                .satisfies(saved -> {
                    assertThat(saved.getId()).isEqualTo("lab");
                    assertThat(saved.isPlainHttp()).isTrue();
                });
    }

    @Test
    void theTableOfNodesShowsDockerAndAPageOfEachSaysMore() {
        browser.openUntil("computer/", engine.version());
        assertThat(browser.text()).contains("Docker");
        browser.picture("nodes");

        browser.open("computer/(built-in)/docker-socket/");
        browser.awaitText("usable");
        browser.picture("docker-socket");
    }

    @Test
    void theConsoleLeadsFromAStepsStartToItsEnd() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "app");
        job.setDefinition(new CpsFlowDefinition(
                "node { writeFile file: 'Dockerfile', text: '''FROM base:1\n"
                        + "RUN i=0; while [ $i -lt 40 ]; do echo compiling file $i; i=$((i+1)); done; sleep 1.2\n"
                        + "RUN echo linking; exit 3\n'''\ncontainerBuild(tags: ['team/app:1']) }",
                true));
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        browser.open(run.getUrl() + "console");
        browser.awaitText("FAILED after");
        WebElement end = browser.last("[id^='container-build-'][id$='-end']");
        WebElement start = browser.find("a[href^='#container-build-'][href$='-end']");
        assertThat(browser.isInTheWindow(end)).isFalse();
        browser.click(start);

        assertThat(browser.address()).contains("#container-build-");
        assertThat(browser.text()).contains("[3/3] RUN echo linking", "exit code");
        browser.picture("console");
    }

    @Test
    void anAdministratorRemovesAVolume() {
        for (String name : new String[] {"app-cache", "test-data"}) {
            engine.client()
                    .createVolumeCmd()
                    .withName(name)
                    .withLabels(Map.of(
                            Ownership.CONTROLLER, Makers.controller(),
                            Ownership.JOB, "team/app",
                            Ownership.BUILD, "team/app#17",
                            Ownership.SCOPE, "permanent",
                            Ownership.CREATED, Instant.now().toString()))
                    .exec();
        }
        browser.open("computer/(built-in)/container-volumes/");
        browser.awaitText("app-cache");
        browser.picture("volumes");

        browser.leaveBy(browser.find("form[name='remove']:has(input[value='test-data']) button"));

        browser.awaitText("app-cache");
        assertThat(engine.client().listVolumesCmd().exec().getVolumes())
                .extracting(volume -> volume.getName())
                .contains("app-cache")
                .doesNotContain("test-data");
        engine.client().removeVolumeCmd("app-cache").exec();
    }

    @Test
    void aFreestyleJobGetsABuildStep() throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject("app");
        browser.open(project.getUrl() + "configure");
        browser.click("Add build step");
        browser.click("Build container image");
        browser.find("[descriptorid$='ContainerBuildBuilder'] textarea[name='_.tags']")
                .sendKeys("team/app:1");
        browser.picture("freestyle");
        browser.leaveBy("Save");
        browser.awaitText("app");

        assertThat(project.getBuildersList()
                        .get(ContainerBuildBuilder.class)
                        .getOperation()
                        .getTags())
                .containsExactly("team/app:1");
    }
}

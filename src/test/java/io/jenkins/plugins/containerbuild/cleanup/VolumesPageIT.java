package io.jenkins.plugins.containerbuild.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import hudson.model.Computer;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.OwnedThings;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
@WithEngine
class VolumesPageIT {

    private static final String PAGE = "computer/(built-in)/container-volumes/";

    private JenkinsRule jenkins;
    private TestEngine engine;

    @BeforeEach
    void makeVolumes(JenkinsRule rule, TestEngine testEngine) throws Exception {
        jenkins = rule;
        engine = testEngine;
        JenkinsKit.useEngine(rule.jenkins, testEngine, Map.of());
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Computer.EXTENDED_READ, Computer.CONFIGURE)
                .everywhere()
                .to("reader"));
        volume("page-old", Makers.controller(), Instant.now().minus(Duration.ofDays(3)));
        volume("page-used", Makers.controller(), Instant.now());
        volume("page-foreign", "another controller", Instant.now());
        engine.client()
                .createContainerCmd(TestEngine.BASE_IMAGE)
                .withName("page-user")
                .withHostConfig(HostConfig.newHostConfig().withBinds(Bind.parse("page-used:/data")))
                .exec();
    }

    private void volume(String name, String controller, Instant created) {
        Map<String, String> labels = new HashMap<>();
        labels.put(Ownership.CONTROLLER, controller);
        labels.put(Ownership.JOB, "team/app");
        labels.put(Ownership.BUILD, "team/<b>app#17");
        labels.put(Ownership.SCOPE, "job");
        labels.put(Ownership.CREATED, created.toString());
        engine.client().createVolumeCmd().withName(name).withLabels(labels).exec();
    }

    @AfterEach
    void clearAway() {
        engine.client().removeContainerCmd("page-user").exec();
        OwnedThings.volumes(engine)
                .forEach(name -> engine.client().removeVolumeCmd(name).exec());
    }

    @Test
    void showsWhatThisJenkinsMade() throws Exception {
        HtmlPage page = admin().goTo(PAGE);

        assertThat(page.asNormalizedText())
                .contains("page-old\t0 B\t3 days 0 hr\tteam/<b>app#17\tjob")
                .contains("page-user")
                .doesNotContain("page-foreign");
        assertThat(page.getForms())
                .filteredOn(form -> form.getNameAttribute().equals("remove"))
                .hasSize(1);
        assertThat(admin().goTo("manage/containerBuilds/")
                        .getAnchorByHref(jenkins.contextPath + "/computer/(built-in)/container-volumes"))
                .isNotNull();
    }

    @Test
    void removesOneVolume() throws Exception {
        HtmlPage page = admin().goTo(PAGE);

        HtmlPage after = jenkins.submit(page.getFormByName("remove"));

        assertThat(after.asNormalizedText()).doesNotContain("page-old").contains("page-used");
        assertThat(OwnedThings.volumes(engine)).containsExactlyInAnyOrder("page-used", "page-foreign");
    }

    @Test
    void prunesWhatIsOldAndFree() throws Exception {
        HtmlPage page = admin().goTo(PAGE);
        page.getFormByName("prune").getInputByName("maxAge").setValue("2d");

        jenkins.submit(page.getFormByName("prune"));

        assertThat(OwnedThings.volumes(engine)).containsExactlyInAnyOrder("page-used", "page-foreign");
    }

    @Test
    void saysWhatItRefuses() throws Exception {
        assertThat(posted("admin", "remove?name=page-used")).contains("it is in use by page-user");
        assertThat(posted("admin", "remove?name=page-foreign"))
                .contains("it was made by the controller another controller");
        assertThat(posted("admin", "remove")).contains("could not use '' as a volume's name");
        assertThat(posted("admin", "prune?maxAge=soon")).contains("could not read the option maxAge with 'soon'");
        assertThat(OwnedThings.volumes(engine)).hasSize(3);
    }

    @Test
    void isForAdministratorsAloneAndChangesNothingByGet() throws Exception {
        JenkinsRule.WebClient reader = jenkins.createWebClient().login("reader");

        assertThat(reader.goTo("computer/(built-in)/").asNormalizedText()).doesNotContain("Container volumes");
        reader.assertFails(PAGE, 403);
        assertThat(posted("reader", "remove?name=page-old")).contains("Access Denied");
        assertThat(posted("reader", "prune?maxAge=0s")).contains("Access Denied");
        admin().assertFails(PAGE + "remove?name=page-old", 405);
        admin().assertFails(PAGE + "prune?maxAge=0s", 405);
        assertThat(OwnedThings.volumes(engine)).hasSize(3);
    }

    @Test
    void anOfflineAgentIsToldAtOnce() throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave();
        Computer computer = agent.toComputer();
        assertThat(computer).isNotNull();
        computer.disconnect(new OfflineCause.ByCLI("away")).get(30, TimeUnit.SECONDS);

        HtmlPage page = admin().goTo(computer.getUrl() + "container-volumes/");

        assertThat(page.asNormalizedText()).contains("it is not connected");
    }

    @Test
    void aDaemonThatHangsDoesNotHangThePage() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            JenkinsKit.useAddress(jenkins.jenkins, "tcp://127.0.0.1:" + silent.getLocalPort(), Map.of());
            long start = System.nanoTime();

            HtmlPage page = admin().goTo(PAGE);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(40));
            assertThat(page.asNormalizedText())
                    .contains("could not reach Docker at tcp://127.0.0.1:" + silent.getLocalPort());
        }
    }

    private JenkinsRule.WebClient admin() throws Exception {
        return jenkins.createWebClient().login("admin");
    }

    /** The text of the answer, whatever its status is. */
    private String posted(String user, String what) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().login(user);
        client.setThrowExceptionOnFailingStatusCode(false);
        URL crumbed = client.createCrumbedUrl(PAGE + what.replaceFirst("\\?.*", ""));
        URL target = what.contains("?")
                ? new URL(crumbed + (crumbed.getQuery() == null ? "?" : "&") + what.replaceFirst(".*\\?", ""))
                : crumbed;
        return client.<HtmlPage>getPage(new WebRequest(target, HttpMethod.POST)).asNormalizedText();
    }
}

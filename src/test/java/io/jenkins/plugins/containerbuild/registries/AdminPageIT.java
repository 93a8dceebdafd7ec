package io.jenkins.plugins.containerbuild.registries;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.ManagementLink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Needs Jenkins. */
@WithJenkins
class AdminPageIT {

    private static final String AUTHORITY = """
            -----BEGIN CERTIFICATE-----
            MIIBijCCAS+gAwIBAgIUFSQExwgVR6EovAS+H8RxbmVbECUwCgYIKoZIzj0EAwIw
            GTEXMBUGA1UEAwwOVGVzdCBhdXRob3JpdHkwIBcNMjYxMTI5MDE1MjUxWhgPMjEy
            NjExMDUwMTUyNTFaMBkxFzAVBgNVBAMMDlRlc3QgYXV0aG9yaXR5MFkwEwYHKoZI
            zj0CAQYIKoZIzj0DAQcDQgAEbsyeCoXNDQTn4Tfs72eGPzlowanOHlMGUIkhQs/0
            ZajC8FTCLPih3DhB6a9EH2JUDdEtQb+zU7SIKbbkYLe7/qNTMFEwHQYDVR0OBBYE
            FMwPnurO2IMzDCARtJ2BAMdqwjCaMB8GA1UdIwQYMBaAFMwPnurO2IMzDCARtJ2B
            AMdqwjCaMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhAJsK6996
            deLjuMajlWAxCOTCxe3CVmOuzdqMY9vvvisfAiEAqOBwUaVnEbjMdByIeVSMmCil
            Ozo7eA40q0ed5hZJObc=
            -----END CERTIFICATE-----
            """.strip();

    private static ConfiguredRegistry registry() {
        ConfiguredRegistry registry = new ConfiguredRegistry("nexus", "registry.example:5000");
        registry.setPrefix("team");
        registry.setCredentialsId("nexus-login");
        registry.setSkipTlsVerify(true);
        registry.setDefaultRegistry(true);
        registry.setCaCertificate(AUTHORITY);
        registry.setClientCertificateId("gone");
        registry.setMirror("mirror.example:5000");
        registry.setProxy("http://proxy.example:3128");
        registry.setProxyCredentialsId("nexus-login");
        return registry;
    }

    private static ConfiguredServer server() {
        ConfiguredServer server = new ConfiguredServer("build-host", "tcp://docker.example:2376");
        server.setCredentialsId("gone");
        server.setDefaultServer(true);
        return server;
    }

    private static ConfiguredBuilder builder() {
        ConfiguredBuilder builder =
                new ConfiguredBuilder("farm", "tcp://builder-1.example:1234\ntcp://builder-2.example:1234");
        builder.setCredentialsId("gone");
        builder.setDefaultBuilder(true);
        return builder;
    }

    private static ConfiguredSocketRepair socketRepair() {
        ConfiguredSocketRepair repair = new ConfiguredSocketRepair();
        repair.setAcl(true);
        repair.setGroup(true);
        repair.setOwner(true);
        repair.setWorld(true);
        repair.setCreateGroups(true);
        repair.setGroupZero(true);
        repair.setSudo(true);
        repair.setHelperServer("build-host");
        repair.setOnConnect(true);
        repair.setBeforeFirstStep(true);
        repair.setByJobs(true);
        repair.setReconnectAgents(true);
        return repair;
    }

    private static HtmlPage page(JenkinsRule jenkins) throws Exception {
        return jenkins.createWebClient().goTo("manage/containerBuilds/");
    }

    @Test
    void keepsEverythingThroughTheForm(JenkinsRule jenkins) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "nexus-login", null, "someone", "something long enough"));
        ContainerBuildsConfiguration configuration = ContainerBuildsConfiguration.get();
        ConfiguredRegistry registry = registry();
        ConfiguredRegistry plain = new ConfiguredRegistry("lab", "registry.lab.example:5000");
        plain.setPlainHttp(true);
        configuration.setRegistries(List.of(registry, plain));
        ConfiguredServer server = server();
        configuration.setServers(List.of(server));
        ConfiguredBuilder builder = builder();
        configuration.setBuilders(List.of(builder));
        ConfiguredSocketRepair repair = socketRepair();
        configuration.setSocketRepair(repair);
        configuration.setAllowRemoteDelete(true);
        configuration.setProtectedImages(List.of("*:latest", "registry.example:5000/releases/*"));
        ConfiguredSpaceBudget budget = new ConfiguredSpaceBudget();
        budget.setCacheGb(20);
        budget.setImagesGb(100);
        configuration.setSpaceBudget(budget);

        jenkins.submit(page(jenkins).getFormByName("config"));

        assertThat(configuration.getRegistries()).hasSize(2);
        jenkins.assertEqualDataBoundBeans(
                registry, configuration.getRegistries().get(0));
        jenkins.assertEqualDataBoundBeans(plain, configuration.getRegistries().get(1));
        assertThat(configuration.getServers()).hasSize(1);
        jenkins.assertEqualDataBoundBeans(server, configuration.getServers().get(0));
        assertThat(configuration.getBuilders()).hasSize(1);
        jenkins.assertEqualDataBoundBeans(builder, configuration.getBuilders().get(0));
        assertThat(configuration.getSpaceBudget()).isNotSameAs(budget);
        jenkins.assertEqualDataBoundBeans(budget, configuration.getSpaceBudget());
        assertThat(configuration.getSocketRepair()).isNotSameAs(repair);
        jenkins.assertEqualDataBoundBeans(repair, configuration.getSocketRepair());
        assertThat(configuration.isAllowRemoteDelete()).isTrue();
        assertThat(configuration.getProtectedImages()).containsExactly("*:latest", "registry.example:5000/releases/*");
    }

    @Test
    void keepsEverythingOnDisk(JenkinsRule jenkins) throws Throwable {
        ContainerBuildsConfiguration configuration = ContainerBuildsConfiguration.get();
        configuration.setRegistries(List.of(registry()));
        configuration.setServers(List.of(server()));
        configuration.setBuilders(List.of(builder()));
        configuration.setSocketRepair(socketRepair());
        jenkins.restart();
        ContainerBuildsConfiguration reloaded = ContainerBuildsConfiguration.get();
        assertThat(reloaded).isNotSameAs(configuration);
        jenkins.assertEqualDataBoundBeans(registry(), reloaded.getRegistries().get(0));
        jenkins.assertEqualDataBoundBeans(server(), reloaded.getServers().get(0));
        jenkins.assertEqualDataBoundBeans(builder(), reloaded.getBuilders().get(0));
        jenkins.assertEqualDataBoundBeans(socketRepair(), reloaded.getSocketRepair());
    }

    @Test
    void readsWhatWasSavedBeforeThereWereBuilders(JenkinsRule jenkins) throws Exception {
        ContainerBuildsConfiguration configuration = ContainerBuildsConfiguration.get();
        configuration.setServers(List.of(server()));
        Path file = jenkins.jenkins.getRootDir().toPath().resolve(configuration.getId() + ".xml");
        String saved = Files.readString(file);
        Files.writeString(file, saved.replaceAll("(?s)<builders/>|<builders>.*</builders>", ""));

        ContainerBuildsConfiguration reloaded = new ContainerBuildsConfiguration();

        assertThat(saved).contains("builders");
        assertThat(reloaded.getBuilders()).isEmpty();
        jenkins.assertEqualDataBoundBeans(server(), reloaded.getServers().get(0));
    }

    @Test
    void allowsNoRepairWhereNothingWasSavedAboutIt(JenkinsRule jenkins) throws Exception {
        ContainerBuildsConfiguration configuration = ContainerBuildsConfiguration.get();
        configuration.setSocketRepair(socketRepair());
        Path file = jenkins.jenkins.getRootDir().toPath().resolve(configuration.getId() + ".xml");
        String saved = Files.readString(file);
        Files.writeString(file, saved.replaceAll("(?s)<socketRepair>.*</socketRepair>", ""));

        ContainerBuildsConfiguration reloaded = new ContainerBuildsConfiguration();

        assertThat(saved).contains("<socketRepair>");
        jenkins.assertEqualDataBoundBeans(new ConfiguredSocketRepair(), reloaded.getSocketRepair());
        assertThat(reloaded.getSocketRepair().toPolicy().allowsAnything()).isFalse();
    }

    @Test
    void savesThatTheLastEntryIsGone(JenkinsRule jenkins) throws Exception {
        ContainerBuildsConfiguration configuration = ContainerBuildsConfiguration.get();
        configuration.setRegistries(List.of(registry()));
        configuration.setServers(List.of(server()));
        configuration.setBuilders(List.of(builder()));

        HtmlForm form = page(jenkins).getFormByName("config");
        form.getElementsByTagName("button").stream()
                .filter(button -> button.getAttribute("class").contains("repeatable-delete"))
                .toList()
                .forEach(button -> {
                    try {
                        button.click();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        jenkins.createWebClient().waitForBackgroundJavaScript(5_000);
        jenkins.submit(form);

        assertThat(configuration.getRegistries()).isEmpty();
        assertThat(configuration.getServers()).isEmpty();
        assertThat(configuration.getBuilders()).isEmpty();
    }

    @Test
    void refusesTwoDefaultsAndChangesNothing(JenkinsRule jenkins) throws Exception {
        ContainerBuildsConfiguration configuration = ContainerBuildsConfiguration.get();
        configuration.setRegistries(List.of(registry(), new ConfiguredRegistry("lab", "registry.lab.example:5000")));

        HtmlForm form = page(jenkins).getFormByName("config");
        form.getInputsByName("_.defaultRegistry").get(1).setChecked(true);
        form.getInputsByName("_.address").get(0).setValue("changed.example");
        JenkinsRule.WebClient client = (JenkinsRule.WebClient) form.getPage().getWebClient();
        client.setThrowExceptionOnFailingStatusCode(false);
        HtmlPage answer = (HtmlPage) jenkins.submit(form);

        assertThat(answer.asNormalizedText())
                .contains("Only one entry can be the default")
                .contains("nexus, lab");
        assertThat(configuration.getRegistries().get(0).getAddress()).isEqualTo("registry.example:5000");
        assertThat(configuration.getRegistries().get(1).isDefaultRegistry()).isFalse();
    }

    @Test
    void hasItsOwnEntryAndIsNotOnTheSystemPage(JenkinsRule jenkins) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        assertThat(client.goTo("manage/").asNormalizedText()).contains("Container builds");
        assertThat(client.goTo("manage/configure").asNormalizedText()).doesNotContain("Docker servers");
        assertThat(ManagementLink.all().get(ContainerBuildsLink.class).getCategory())
                .isEqualTo(ManagementLink.Category.CONFIGURATION);
    }

    @Test
    void isForAdministratorsAlone(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ, Jenkins.MANAGE)
                .everywhere()
                .to("manager"));
        JenkinsRule.WebClient client = jenkins.createWebClient().login("manager");
        client.assertFails("manage/containerBuilds/", 403);
        assertThat(client.goTo("manage/").asNormalizedText()).doesNotContain("Container builds");
    }

    @Test
    void showsForeignTextAsText(JenkinsRule jenkins) throws Exception {
        ConfiguredRegistry registry = registry();
        registry.setCredentialsId("<img src=x onerror=alert(1)>");
        ContainerBuildsConfiguration.get().setRegistries(List.of(registry));
        assertThat(page(jenkins).getWebResponse().getContentAsString()).doesNotContain("<img src=x");
    }
}

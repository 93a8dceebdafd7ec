package io.jenkins.plugins.containerbuild.registries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.DomainCredentials;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Items;
import hudson.model.Label;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AuthorizationStrategy;
import hudson.util.Secret;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestAuthority;
import io.jenkins.plugins.containerbuild.testkit.TestProxy;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Files;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerCredentials;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Registries of folders: which one counts, and a build that uses one. */
@WithJenkins
class FolderRegistriesIT {

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
        ConfiguredRegistry shared = new ConfiguredRegistry("shared", "registry.example");
        shared.setDefaultRegistry(true);
        ContainerBuildsConfiguration.get()
                .setRegistries(List.of(shared, new ConfiguredRegistry("nexus", "nexus.example")));
    }

    private static ConfiguredRegistry entry(String id, String address, boolean isDefault) {
        ConfiguredRegistry entry = new ConfiguredRegistry(id, address);
        entry.setDefaultRegistry(isDefault);
        return entry;
    }

    private Folder folder(String name, ConfiguredRegistry... entries) throws Exception {
        Folder folder = jenkins.createProject(Folder.class, name);
        folder.addProperty(new FolderRegistries(List.of(entries)));
        return folder;
    }

    @Test
    void nearerEntriesHideThoseWithTheirIdAndWinOtherwise() throws Exception {
        Folder outer = folder("outer", entry("nexus", "outer.example", false), entry("team", "registry.example", true));
        Folder inner = outer.createProject(Folder.class, "inner");
        inner.addProperty(new FolderRegistries(List.of(entry("own", "inner.example", false))));
        FreeStyleProject job = inner.createProject(FreeStyleProject.class, "job");
        FreeStyleProject outside = jenkins.createFreeStyleProject();

        Registries known = ContainerBuildsConfiguration.get().registriesFor(job);

        assertThat(known.entries())
                .extracting(RegistryEntry::id, entry -> entry.address().host())
                .containsExactly(
                        tuple("own", "inner.example"),
                        tuple("nexus", "outer.example"),
                        tuple("team", "registry.example"),
                        tuple("shared", "registry.example"));
        assertThat(known.filling())
                .hasValueSatisfying(entry -> assertThat(entry.id()).isEqualTo("team"));
        assertThat(known.entryFor(ImageReference.parse("registry.example/app:1"))
                        .id())
                .isEqualTo("team");
        assertThat(ContainerBuildsConfiguration.get().registryIds(outside)).containsExactly("shared", "nexus");
    }

    @Test
    void theFormKeepsWhatWasEnteredAndRefusesWhatIsWrong() throws Exception {
        ConfiguredRegistry team = entry("team", "registry.example", true);
        team.setMirror("mirror.example:5000");
        team.setProxy("http://proxy.example:3128");
        Folder folder = folder("forms", team);

        Folder saved = jenkins.configRoundtrip(folder);

        assertThat(saved.getProperties().get(FolderRegistries.class).getRegistries())
                .singleElement()
                .returns("team", ConfiguredRegistry::getId)
                .returns("mirror.example:5000", ConfiguredRegistry::getMirror)
                .returns("http://proxy.example:3128", ConfiguredRegistry::getProxy)
                .returns(true, ConfiguredRegistry::isDefaultRegistry);
        Folder loaded = (Folder) Items.load(jenkins.jenkins, saved.getRootDir());
        assertThat(loaded.getProperties().get(FolderRegistries.class).getRegistries())
                .extracting(ConfiguredRegistry::getId)
                .containsExactly("team");
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            HtmlForm form = client.getPage(folder, "configure").getFormByName("config");
            form.getInputByValue("registry.example").setValue("not an address");
            HtmlPage answer = jenkins.submit(form);
            assertThat(answer.asNormalizedText()).contains("not an address");
        }
        assertThat(folder.getProperties().get(FolderRegistries.class).getRegistries())
                .extracting(ConfiguredRegistry::getAddress)
                .containsExactly("registry.example");
    }

    @Test
    void onlyWhoMayConfigureTheFolderSeesItsCredentials() throws Exception {
        Folder folder = folder("guarded");
        folder.addProperty(new FolderCredentialsProperty(new DomainCredentials[] {
            new DomainCredentials(
                    Domain.global(),
                    List.of(new UsernamePasswordCredentialsImpl(
                            CredentialsScope.GLOBAL, "of-the-folder", null, "alice", "long enough")))
        }));
        ConfiguredRegistry.DescriptorImpl form = ExtensionList.lookupSingleton(ConfiguredRegistry.DescriptorImpl.class);
        AuthorizationStrategy before = jenkins.jenkins.getAuthorizationStrategy();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, Item.EXTENDED_READ)
                .everywhere()
                .to("owner"));
        try (ACLContext ignored = ACL.as2(User.getById("reader", true).impersonate2())) {
            assertThat(form.doFillCredentialsIdItems(folder, "", "registry.example"))
                    .extracting(option -> option.value)
                    .doesNotContain("of-the-folder");
            assertThat(form.doCheckAddress(folder, "not an address").getMessage())
                    .isNull();
        }
        try (ACLContext ignored = ACL.as2(User.getById("owner", true).impersonate2())) {
            assertThat(form.doFillCredentialsIdItems(folder, "", "registry.example"))
                    .extracting(option -> option.value)
                    .contains("of-the-folder");
            assertThat(form.doCheckAddress(folder, "not an address").getMessage())
                    .contains("not an address");
        } finally {
            jenkins.jenkins.setAuthorizationStrategy(before);
        }
    }

    @Test
    void aBuildOnAnAgentReachesARegistryByWhatItsFolderHas(
            @WithRegistry(RegistryKind.CLIENT_CERTIFICATE) TestRegistry registry) throws Exception {
        try (TestProxy proxy = TestProxy.start()) {
            TestAuthority.Identity client = registry.clientCertificate().orElseThrow();
            ConfiguredRegistry team = entry("team", registry.address(), true);
            team.setCredentialsId("login");
            team.setCaCertificate(Files.readString(registry.caCertificate().orElseThrow()));
            team.setClientCertificateId("client");
            team.setProxy("http://" + proxy.address());
            team.setProxyCredentialsId("proxy-login");
            Folder folder = folder("building", team);
            folder.addProperty(new FolderCredentialsProperty(new DomainCredentials[] {
                new DomainCredentials(
                        Domain.global(),
                        List.of(
                                account("login", TestRegistry.USERNAME, TestRegistry.PASSWORD),
                                account("proxy-login", TestProxy.USERNAME, TestProxy.PASSWORD),
                                new DockerServerCredentials(
                                        CredentialsScope.GLOBAL,
                                        "client",
                                        null,
                                        Secret.fromString(client.keyText()),
                                        client.certificateText(),
                                        null)))
            }));
            jenkins.createOnlineSlave(Label.get("linux"));
            String inspect = "node('linux') { containerInspect(image: '" + registry.address() + "/no/such:1') }";
            WorkflowJob job = folder.createProject(WorkflowJob.class, "job");
            job.setDefinition(new CpsFlowDefinition(inspect, true));
            WorkflowJob outside = jenkins.createProject(WorkflowJob.class);
            outside.setDefinition(new CpsFlowDefinition(inspect, true));

            jenkins.buildAndAssertStatus(Result.FAILURE, job);
            jenkins.buildAndAssertStatus(Result.FAILURE, outside);

            // Let through, trusted, let in, logged in, and there is no such image.
            assertThat(JenkinsRule.getLog(job.getLastBuild()))
                    .contains(registry.address() + "/no/such:1", "answered: status 404")
                    .doesNotContain(TestRegistry.PASSWORD, TestProxy.PASSWORD, "PRIVATE KEY");
            assertThat(proxy.log()).contains("CONNECT " + registry.address());
            assertThat(JenkinsRule.getLog(outside.getLastBuild()))
                    .contains("cannot be trusted")
                    .doesNotContain("status 404");
        }
    }

    private static UsernamePasswordCredentialsImpl account(String id, String username, String password)
            throws Exception {
        return new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, null, username, password);
    }
}

package io.jenkins.plugins.containerbuild.registries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.ExtensionList;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import jenkins.authentication.tokens.api.AuthenticationTokenSource;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryToken;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Needs Jenkins; one for all, since every test has items and ids of its own. */
@WithJenkins
class BuildCredentialsIT {

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private static RegistryEntry entry(String credentialsId) throws EngineException {
        ConfiguredRegistry registry = new ConfiguredRegistry("nexus", "registry.example:5000");
        registry.setCredentialsId(credentialsId);
        return registry.toEntry(false);
    }

    private static Run<?, ?> buildOf(FreeStyleProject project) throws Exception {
        return jenkins.buildAndAssertSuccess(project);
    }

    private static void addGlobally(StandardCredentials credentials) {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
    }

    private static UsernamePasswordCredentialsImpl account(String id, String name, String password) throws Exception {
        return new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, null, name, password);
    }

    private static void addToFolder(Folder folder, StandardCredentials credentials) throws Exception {
        for (CredentialsStore store : CredentialsProvider.lookupStores(folder)) {
            if (store.getContext() == folder) {
                store.addCredentials(Domain.global(), credentials);
                return;
            }
        }
        throw new AssertionError("the folder has no store");
    }

    private static RegistryCredentials login(Run<?, ?> run, String id) throws Exception {
        return new BuildCredentials(run).credentialsFor(entry(id)).orElseThrow();
    }

    @Test
    void givesNothingForAnEntryWithoutCredentials() throws Exception {
        Run<?, ?> run = buildOf(jenkins.createFreeStyleProject());
        assertThat(new BuildCredentials(run).credentialsFor(entry(null))).isEmpty();
    }

    @Test
    void splitsAtTheFirstColonOnlyAndTracksTheUse() throws Exception {
        UsernamePasswordCredentialsImpl account = account("colons", "alice", "a:b:c-and-some-more");
        addGlobally(account);
        FreeStyleBuild run = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("uses-colons"));

        RegistryCredentials login = login(run, "colons");

        assertThat(login.username()).isEqualTo("alice");
        assertThat(login.secret().reveal()).isEqualTo("a:b:c-and-some-more");
        assertThat(login.identityToken()).isFalse();
        assertThat(CredentialsProvider.getFingerprintOf(account).getUsages()).containsKey("uses-colons");
    }

    @Test
    void knowsIdentityTokens() throws Exception {
        addGlobally(account("identity", "<token>", "an-identity-token"));
        RegistryCredentials login = login(buildOf(jenkins.createFreeStyleProject()), "identity");
        assertThat(login.identityToken()).isTrue();
        assertThat(login.username()).isEmpty();
    }

    @Test
    void looksInTheFolderOfTheItem() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        addToFolder(folder, account("of-the-team", "bob", "something long enough"));
        Run<?, ?> inside = buildOf(folder.createProject(FreeStyleProject.class, "inside"));
        assertThat(login(inside, "of-the-team").username()).isEqualTo("bob");
    }

    @Test
    void tellsNobodyWhetherCredentialsElsewhereExist() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "others");
        addToFolder(folder, account("of-others", "bob", "something long enough"));
        Run<?, ?> outside = buildOf(jenkins.createFreeStyleProject());

        String there = messageFor(outside, "of-others");
        String nowhere = messageFor(outside, "not-there");

        assertThat(there).contains("'of-others'", "'nexus'", "registry.example:5000", "Add them");
        assertThat(there.replace("of-others", "not-there")).isEqualTo(nowhere);
    }

    private static String messageFor(Run<?, ?> run, String id) {
        try {
            login(run, id);
        } catch (Exception e) {
            assertThat(e).isInstanceOf(EngineException.class);
            return e.getMessage();
        }
        throw new AssertionError("it was found");
    }

    @Test
    void respectsTheDomainOfCredentials() throws Exception {
        CredentialsStore store =
                CredentialsProvider.lookupStores(jenkins.jenkins).iterator().next();
        store.addDomain(
                new Domain("elsewhere", null, List.of(new HostnameSpecification("elsewhere.example", null))),
                account("of-elsewhere", "carol", "something long enough"));
        Run<?, ?> run = buildOf(jenkins.createFreeStyleProject());
        assertThatThrownBy(() -> login(run, "of-elsewhere")).isInstanceOf(EngineException.class);
    }

    @Test
    void refusesCredentialsOfAnotherKind() throws Exception {
        addGlobally(new StringCredentialsImpl(
                CredentialsScope.GLOBAL, "only-text", null, Secret.fromString("keep-this-secret")));
        assertThatThrownBy(() -> login(buildOf(jenkins.createFreeStyleProject()), "only-text"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("'only-text'")
                .hasMessageContaining("Secret text")
                .hasMessageNotContaining("keep-this-secret");
    }

    @Test
    void asksACloudForAFreshLoginEveryTime() throws Exception {
        addGlobally(new CloudCredentials("cloud"));
        BuildCredentials source = new BuildCredentials(buildOf(jenkins.createFreeStyleProject()));
        assertThat(source.credentialsFor(entry("cloud")).orElseThrow().secret().reveal())
                .isEqualTo("token-1");
        assertThat(source.credentialsFor(entry("cloud")).orElseThrow().secret().reveal())
                .isEqualTo("token-2");
    }

    @Test
    void refusesALoginThatIsNoPairWithoutShowingIt() throws Exception {
        addGlobally(new CloudCredentials("strange"));
        Run<?, ?> run = buildOf(jenkins.createFreeStyleProject());
        ExtensionList.lookupSingleton(CloudTokens.class).strange = true;
        try {
            assertThatThrownBy(() -> login(run, "strange"))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("no user name with a password")
                    .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain("secret!"));
        } finally {
            ExtensionList.lookupSingleton(CloudTokens.class).strange = false;
        }
    }

    @Test
    void offersLoginsOnlyAndAlwaysWhatIsChosen() throws Exception {
        addGlobally(account("offered", "dave", "something long enough"));
        addGlobally(new CloudCredentials("offered-cloud"));
        addGlobally(new StringCredentialsImpl(
                CredentialsScope.GLOBAL, "not-offered", null, Secret.fromString("something")));
        ConfiguredRegistry.DescriptorImpl descriptor =
                ExtensionList.lookupSingleton(ConfiguredRegistry.DescriptorImpl.class);
        assertThat(descriptor.doFillCredentialsIdItems(null, "gone", "registry.example:5000"))
                .extracting(option -> option.value)
                .contains("", "offered", "offered-cloud", "gone")
                .doesNotContain("not-offered");
    }

    /** Stands for the credentials of a cloud's plugin. */
    public static class CloudCredentials extends BaseStandardCredentials {

        CloudCredentials(String id) {
            super(CredentialsScope.GLOBAL, id, null);
        }

        /** Needed for its name. */
        @TestExtension
        public static class DescriptorImpl extends BaseStandardCredentialsDescriptor {}
    }

    /** Stands for what a cloud's plugin makes of them. */
    @TestExtension
    public static class CloudTokens extends AuthenticationTokenSource<DockerRegistryToken, CloudCredentials> {

        private final AtomicInteger count = new AtomicInteger();
        private volatile boolean strange;

        public CloudTokens() {
            super(DockerRegistryToken.class, CloudCredentials.class);
        }

        @Override
        public DockerRegistryToken convert(CloudCredentials credentials) {
            String pair = "AWS:token-" + count.incrementAndGet();
            return new DockerRegistryToken(
                    null,
                    strange ? "secret!" : Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
    }
}

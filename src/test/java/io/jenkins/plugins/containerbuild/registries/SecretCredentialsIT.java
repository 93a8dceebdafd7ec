package io.jenkins.plugins.containerbuild.registries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.FreeStyleProject;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.SshKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Needs Jenkins; one for all, since every test has items and ids of its own. */
@WithJenkins
class SecretCredentialsIT {

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private static Run<?, ?> build() throws Exception {
        return jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
    }

    private static void add(StandardCredentials credentials) {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
    }

    private static String secret(Run<?, ?> run, String credentialsId) throws Exception {
        return new String(
                new SecretCredentials(run, Map.of("token", credentialsId), Map.of())
                        .secret("token")
                        .orElseThrow()
                        .reveal(),
                StandardCharsets.UTF_8);
    }

    private static BasicSSHUserPrivateKey key(String id, String passphrase) {
        return new BasicSSHUserPrivateKey(
                CredentialsScope.GLOBAL,
                id,
                "git",
                new BasicSSHUserPrivateKey.DirectEntryPrivateKeySource("the key's text"),
                passphrase,
                null);
    }

    @Test
    void knowsEveryKindThatHasOneValue() throws Exception {
        add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "text", null, Secret.fromString("a text")));
        add(new FileCredentialsImpl(
                CredentialsScope.GLOBAL,
                "file",
                null,
                "name.txt",
                SecretBytes.fromBytes("a file".getBytes(StandardCharsets.UTF_8))));
        add(new UsernamePasswordCredentialsImpl(
                CredentialsScope.GLOBAL, "account", null, "alice", "something long enough"));
        add(key("key", null));
        Run<?, ?> run = build();

        assertThat(secret(run, "text")).isEqualTo("a text");
        assertThat(secret(run, "file")).isEqualTo("a file");
        assertThat(secret(run, "account")).isEqualTo("alice:something long enough");
        assertThat(secret(run, "key")).startsWith("the key's text");
    }

    @Test
    void tracksTheUse() throws Exception {
        StringCredentialsImpl text =
                new StringCredentialsImpl(CredentialsScope.GLOBAL, "tracked", null, Secret.fromString("a text"));
        add(text);

        secret(jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("uses-a-secret")), "tracked");

        assertThat(CredentialsProvider.getFingerprintOf(text).getUsages()).containsKey("uses-a-secret");
    }

    @Test
    void handsOutKeysWithTheirPassphrase() throws Exception {
        add(key("with-passphrase", "a passphrase"));
        add(key("without", ""));
        SecretCredentials source =
                new SecretCredentials(build(), Map.of(), Map.of("default", "with-passphrase", "other", "without"));

        assertThat(source.sshKeys("default")).singleElement().satisfies(key -> {
            assertThat(key.name()).isEqualTo("with-passphrase");
            assertThat(new String(key.privateKey().reveal(), StandardCharsets.UTF_8))
                    .startsWith("the key's text");
            assertThat(key.passphrase().reveal()).isEqualTo("a passphrase");
        });
        assertThat(source.sshKeys("other")).extracting(SshKey::passphrase).containsOnlyNulls();
    }

    @Test
    void knowsNoIdsButThoseOfTheBuild() throws Exception {
        add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "there", null, Secret.fromString("a text")));
        add(key("key-there", null));
        SecretCredentials source = new SecretCredentials(build(), Map.of("token", "there"), Map.of());

        assertThat(source.secret("there")).isEmpty();
        assertThat(source.sshKeys("key-there")).isEmpty();
    }

    @Test
    void tellsNobodyWhetherCredentialsElsewhereExist() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "secretive");
        for (CredentialsStore store : CredentialsProvider.lookupStores(folder)) {
            if (store.getContext() == folder) {
                store.addCredentials(
                        Domain.global(),
                        new StringCredentialsImpl(
                                CredentialsScope.GLOBAL, "of-the-folder", null, Secret.fromString("a text")));
            }
        }
        Run<?, ?> inside = jenkins.buildAndAssertSuccess(folder.createProject(FreeStyleProject.class, "inside"));
        Run<?, ?> outside = build();

        assertThat(secret(inside, "of-the-folder")).isEqualTo("a text");
        assertThatThrownBy(() -> secret(outside, "of-the-folder"))
                .isInstanceOf(EngineException.class)
                .hasMessage("could not use the secret 'token': there are no credentials 'of-the-folder' that this item"
                        + " may use. Add them under Manage Jenkins, Credentials, or in the item's folder, with exactly"
                        + " this id");
    }

    @Test
    void refusesOtherKinds() throws Exception {
        add(new OtherCredentials("other-kind"));
        add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "no-key", null, Secret.fromString("hidden-value")));
        Run<?, ?> run = build();

        assertThatThrownBy(() -> secret(run, "other-kind"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("'other-kind'")
                .hasMessageContaining("Other kind");
        assertThatThrownBy(() -> new SecretCredentials(run, Map.of(), Map.of("default", "no-key")).sshKeys("default"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Use an SSH user name with private key")
                .hasMessageNotContaining("hidden-value");
    }

    /** Stands for a kind that has no one value. */
    public static class OtherCredentials extends BaseStandardCredentials {

        OtherCredentials(String id) {
            super(CredentialsScope.GLOBAL, id, null);
        }

        /** Needed for its name. */
        @TestExtension
        public static class DescriptorImpl extends BaseStandardCredentialsDescriptor {
            @Override
            public String getDisplayName() {
                return "Other kind";
            }
        }
    }
}

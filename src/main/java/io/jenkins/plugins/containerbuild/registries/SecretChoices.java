package io.jenkins.plugins.containerbuild.registries;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.springframework.security.core.Authentication;

/**
 * The drop-down lists of the credentials that {@link SecretCredentials} understands. Callers have checked the permission;
 * whoever has none sees no more than what is chosen already.
 */
public final class SecretChoices {

    private SecretChoices() {}

    /**
     * Credentials for secrets.
     *
     * @param allowed whether the user may know which ones there are
     * @param item whose builds use them; null for those of Jenkins itself
     */
    public static ListBoxModel secrets(boolean allowed, @CheckForNull Item item, @CheckForNull String current) {
        return choices(
                allowed,
                item,
                CredentialsMatchers.anyOf(
                        CredentialsMatchers.instanceOf(StringCredentials.class),
                        CredentialsMatchers.instanceOf(FileCredentials.class),
                        CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class),
                        CredentialsMatchers.instanceOf(SSHUserPrivateKey.class)),
                current);
    }

    /** Credentials for SSH agents; see {@link #secrets}. */
    public static ListBoxModel sshKeys(boolean allowed, @CheckForNull Item item, @CheckForNull String current) {
        return choices(allowed, item, CredentialsMatchers.instanceOf(SSHUserPrivateKey.class), current);
    }

    private static ListBoxModel choices(
            boolean allowed, @CheckForNull Item item, CredentialsMatcher matcher, @CheckForNull String current) {
        StandardListBoxModel choices = new StandardListBoxModel();
        choices.includeEmptyValue();
        if (allowed && item == null) {
            choices.includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), StandardCredentials.class, List.of(), matcher);
        } else if (allowed) {
            choices.includeMatchingAs(user(item), item, StandardCredentials.class, List.of(), matcher);
        }
        return choices.includeCurrentValue(Util.fixNull(current));
    }

    /** As whom the item's builds run. */
    private static Authentication user(Item item) {
        return item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }
}

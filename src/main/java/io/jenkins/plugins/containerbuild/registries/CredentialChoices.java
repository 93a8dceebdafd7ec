package io.jenkins.plugins.containerbuild.registries;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * A drop-down list of credentials for those who may save the form; nobody else sees more than what is chosen already.
 *
 * @param item the folder whose form it is, or null on the admin page
 * @param current what is chosen already, or null
 */
record CredentialChoices(
        @CheckForNull Item item, @CheckForNull String current) {

    static CredentialChoices of(@CheckForNull Item item, @CheckForNull String current) {
        return new CredentialChoices(item, current);
    }

    /** Those of a kind that fit. */
    <C extends StandardCredentials> ListBoxModel list(
            Class<C> kind, List<DomainRequirement> requirements, CredentialsMatcher matcher) {
        StandardListBoxModel choices = new StandardListBoxModel();
        if (!mayList()) {
            return choices.includeCurrentValue(Util.fixNull(current));
        }
        choices.includeEmptyValue();
        if (item == null) {
            choices.includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), kind, requirements, matcher);
        } else {
            choices.includeMatchingAs(ACL.SYSTEM2, item, kind, requirements, matcher);
        }
        return choices.includeCurrentValue(Util.fixNull(current));
    }

    private boolean mayList() {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }
}

package io.jenkins.plugins.containerbuild.registries;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.containerbuild.engine.socket.RepairMeans;
import io.jenkins.plugins.containerbuild.engine.socket.RepairPolicy;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * What may be done, and when, so that an agent's user can use its Docker socket. As an administrator says it; nothing is
 * allowed at first. No job can change it.
 */
public class ConfiguredSocketRepair extends AbstractDescribableImpl<ConfiguredSocketRepair> {

    private boolean acl;
    private boolean group;
    private boolean owner;
    private boolean world;
    private boolean createGroups;
    private boolean groupZero;
    private boolean sudo;
    private String helperServer;
    private boolean onConnect;
    private boolean beforeFirstStep;
    private boolean byJobs;
    private boolean reconnectAgents;

    /** Nothing is allowed. */
    @DataBoundConstructor
    public ConfiguredSocketRepair() {
        // all false
    }

    /** Whether just the agent's user may get an entry in the socket's access control list. */
    public boolean isAcl() {
        return acl;
    }

    /** See {@link #isAcl()}. */
    @DataBoundSetter
    public void setAcl(boolean acl) {
        this.acl = acl;
    }

    /** Whether the agent's user may join the socket's group. */
    public boolean isGroup() {
        return group;
    }

    /** See {@link #isGroup()}. */
    @DataBoundSetter
    public void setGroup(boolean group) {
        this.group = group;
    }

    /** Whether the agent's user may become the socket's owner. */
    public boolean isOwner() {
        return owner;
    }

    /** See {@link #isOwner()}. */
    @DataBoundSetter
    public void setOwner(boolean owner) {
        this.owner = owner;
    }

    /** Whether everybody on the machine may get access ({@code chmod 666}), which makes all of them root. */
    public boolean isWorld() {
        return world;
    }

    /** See {@link #isWorld()}. */
    @DataBoundSetter
    public void setWorld(boolean world) {
        this.world = world;
    }

    /** Whether a group may be made where none has the socket's number. */
    public boolean isCreateGroups() {
        return createGroups;
    }

    /** See {@link #isCreateGroups()}. */
    @DataBoundSetter
    public void setCreateGroups(boolean createGroups) {
        this.createGroups = createGroups;
    }

    /** Whether a user may be put into group 0 where that is the socket's. */
    public boolean isGroupZero() {
        return groupZero;
    }

    /** See {@link #isGroupZero()}. */
    @DataBoundSetter
    public void setGroupZero(boolean groupZero) {
        this.groupZero = groupZero;
    }

    /** Whether {@code sudo -n} may be used. */
    public boolean isSudo() {
        return sudo;
    }

    /** See {@link #isSudo()}. */
    @DataBoundSetter
    public void setSudo(boolean sudo) {
        this.sudo = sudo;
    }

    /** The name of the Docker server that may run the commands as root inside the agents' own containers, or null. */
    @CheckForNull
    public String getHelperServer() {
        return helperServer;
    }

    /** See {@link #getHelperServer()}. */
    @DataBoundSetter
    public void setHelperServer(@CheckForNull String helperServer) {
        this.helperServer = Util.fixEmptyAndTrim(helperServer);
    }

    /** Whether to repair whenever an agent connects. */
    public boolean isOnConnect() {
        return onConnect;
    }

    /** See {@link #isOnConnect()}. */
    @DataBoundSetter
    public void setOnConnect(boolean onConnect) {
        this.onConnect = onConnect;
    }

    /** Whether to repair before a build's first container step on a node. */
    public boolean isBeforeFirstStep() {
        return beforeFirstStep;
    }

    /** See {@link #isBeforeFirstStep()}. */
    @DataBoundSetter
    public void setBeforeFirstStep(boolean beforeFirstStep) {
        this.beforeFirstStep = beforeFirstStep;
    }

    /** Whether jobs may ask for a repair. */
    public boolean isByJobs() {
        return byJobs;
    }

    /** See {@link #isByJobs()}. */
    @DataBoundSetter
    public void setByJobs(boolean byJobs) {
        this.byJobs = byJobs;
    }

    /** Whether an agent whose user joined a group is disconnected and launched again once it is idle. */
    public boolean isReconnectAgents() {
        return reconnectAgents;
    }

    /** See {@link #isReconnectAgents()}. */
    @DataBoundSetter
    public void setReconnectAgents(boolean reconnectAgents) {
        this.reconnectAgents = reconnectAgents;
    }

    /** The engine's form of it, least privilege first. */
    public RepairPolicy toPolicy() {
        List<RepairMeans> means = new ArrayList<>();
        add(means, acl, RepairMeans.ACL);
        add(means, group, RepairMeans.GROUP);
        add(means, owner, RepairMeans.OWNER);
        add(means, world, RepairMeans.WORLD);
        return new RepairPolicy(means, createGroups, groupZero, sudo);
    }

    private static void add(List<RepairMeans> means, boolean allowed, RepairMeans one) {
        if (allowed) {
            means.add(one);
        }
    }

    /** Form and checks. Everything here is for administrators alone. */
    @Extension
    @Symbol("socketRepair")
    public static class DescriptorImpl extends Descriptor<ConfiguredSocketRepair> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ConfiguredSocketRepair_displayName();
        }

        /** The Docker servers that are saved on the page. */
        @POST
        public ListBoxModel doFillHelperServerItems(@QueryParameter String helperServer) {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.ConfiguredSocketRepair_noHelper(), "");
            if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                ContainerBuildsConfiguration.get().serverNames().forEach(items::add);
            }
            String current = Util.fixEmptyAndTrim(helperServer);
            if (current != null && items.stream().noneMatch(item -> item.value.equals(current))) {
                items.add(current);
            }
            return items;
        }

        /** Says what it means. */
        @POST
        public FormValidation doCheckWorld(@QueryParameter boolean value) {
            return FieldCheck.warnIf(value, Messages.ConfiguredSocketRepair_worldWarning());
        }

        /** Says what it means. */
        @POST
        public FormValidation doCheckGroupZero(@QueryParameter boolean value) {
            return FieldCheck.warnIf(value, Messages.ConfiguredSocketRepair_groupZeroWarning());
        }
    }
}

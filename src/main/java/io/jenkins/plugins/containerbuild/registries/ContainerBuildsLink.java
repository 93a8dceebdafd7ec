package io.jenkins.plugins.containerbuild.registries;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import hudson.util.FormApply;
import jakarta.servlet.ServletException;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The page "Container builds" under Manage Jenkins. */
@Extension
public class ContainerBuildsLink extends ManagementLink {

    @Override
    public String getIconFileName() {
        return "symbol-cube-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.ContainerBuildsConfiguration_displayName();
    }

    @Override
    public String getDescription() {
        return Messages.ContainerBuildsLink_description();
    }

    @Override
    public String getUrlName() {
        return ContainerBuildsConfiguration.NAME;
    }

    @NonNull
    @Override
    public Permission getRequiredPermission() {
        return Jenkins.ADMINISTER;
    }

    @NonNull
    @Override
    public Category getCategory() {
        return Category.CONFIGURATION;
    }

    /** For the view. */
    public ContainerBuildsConfiguration getConfiguration() {
        return ContainerBuildsConfiguration.get();
    }

    /** Saves the form. */
    @RequirePOST
    public HttpResponse doConfigSubmit(StaplerRequest2 request) throws ServletException, Descriptor.FormException {
        Jenkins jenkins = Jenkins.get();
        jenkins.checkPermission(Jenkins.ADMINISTER);
        getConfiguration().configure(request, request.getSubmittedForm());
        return FormApply.success(jenkins.getRootUrlFromRequest() + "manage/");
    }
}

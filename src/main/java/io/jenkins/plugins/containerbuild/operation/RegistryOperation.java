package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import java.io.Serializable;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Something that is done in registries themselves, from where the build runs. No Docker server takes part.
 *
 * @param <R> what the engine answers to it
 */
public abstract class RegistryOperation<R extends Serializable> extends ContainerOperation<R> {

    private static final long serialVersionUID = 1L;

    private String registry;

    /** The id of the registry that fills in missing hosts, or null. */
    @CheckForNull
    public String getRegistry() {
        return registry;
    }

    /** See {@link #getRegistry()}. */
    @DataBoundSetter
    public void setRegistry(@CheckForNull String registry) {
        this.registry = Util.fixEmptyAndTrim(registry);
    }

    @Override
    final String chosenRegistry() {
        return registry;
    }

    /** Whatever there is: nobody looks for it. */
    @Override
    final EndpointRequest endpoint(OperationContext context, Map<String, String> variables) {
        return EndpointRequest.fromEnvironment(Map.of());
    }
}

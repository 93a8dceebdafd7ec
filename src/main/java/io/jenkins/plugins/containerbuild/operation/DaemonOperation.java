package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import java.io.Serializable;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Something that a Docker server does.
 *
 * @param <R> what the engine answers to it
 */
public abstract class DaemonOperation<R extends Serializable> extends ContainerOperation<R> {

    private static final long serialVersionUID = 1L;

    private String server;

    /** The name of the Docker server that does the work, or null. */
    @CheckForNull
    public String getServer() {
        return server;
    }

    /** See {@link #getServer()}. */
    @DataBoundSetter
    public void setServer(@CheckForNull String server) {
        this.server = Util.fixEmptyAndTrim(server);
    }

    @Override
    EndpointRequest endpoint(OperationContext context, Map<String, String> variables)
            throws EngineException, InterruptedException {
        return ContainerBuildsConfiguration.get().endpointFor(context.text(server), context.run(), variables);
    }

    @Override
    String chosenServer() {
        return server;
    }

    @Override
    boolean usesDaemon() {
        return true;
    }
}

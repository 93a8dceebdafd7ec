package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.containerbuild.agent.ContainerTask;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.network.NetworkDetails;
import io.jenkins.plugins.containerbuild.engine.network.NetworkRequest;
import io.jenkins.plugins.containerbuild.engine.ownership.Scope;
import java.util.Map;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A network that is there for a block of steps. */
public final class NetworkOperation extends DaemonOperation<NetworkDetails> {

    private static final long serialVersionUID = 1L;

    private String name;
    private String driver;
    private boolean internal;
    private boolean joinAgent;
    private Map<String, String> labels;

    /** Every option is optional. */
    @DataBoundConstructor
    public NetworkOperation() {
        // all options are optional
    }

    /** The network's name; null for one that is made up. */
    @CheckForNull
    public String getName() {
        return name;
    }

    /** See {@link #getName()}. */
    @DataBoundSetter
    public void setName(@CheckForNull String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    /** The driver; null for bridge. */
    @CheckForNull
    public String getDriver() {
        return driver;
    }

    /** See {@link #getDriver()}. */
    @DataBoundSetter
    public void setDriver(@CheckForNull String driver) {
        this.driver = Util.fixEmptyAndTrim(driver);
    }

    /** Whether its containers reach nothing outside of it. */
    public boolean isInternal() {
        return internal;
    }

    /** See {@link #isInternal()}. */
    @DataBoundSetter
    public void setInternal(boolean internal) {
        this.internal = internal;
    }

    /** Whether the agent's own container joins it. */
    public boolean isJoinAgent() {
        return joinAgent;
    }

    /** See {@link #isJoinAgent()}. */
    @DataBoundSetter
    public void setJoinAgent(boolean joinAgent) {
        this.joinAgent = joinAgent;
    }

    /** Labels by name. */
    @NonNull
    public Map<String, String> getLabels() {
        return OptionValues.get(labels);
    }

    /** See {@link #getLabels()}. */
    @DataBoundSetter
    public void setLabels(@CheckForNull Map<String, String> labels) {
        this.labels = OptionValues.keep(labels);
    }

    @Override
    EngineTask<NetworkDetails> task(OptionReader options) throws EngineException {
        return new ContainerTask.CreateNetwork(
                new NetworkRequest(
                        options.text(name),
                        options.text(driver),
                        internal,
                        options.map(getLabels()),
                        options.maker("withContainerNetwork"),
                        Scope.BUILD),
                joinAgent);
    }

    @Override
    EngineTask<?> ending(OptionReader options, OperationResult made, boolean failed) {
        return new ContainerTask.RemoveNetwork(((MadeNetwork) made).getId());
    }

    @Override
    void report(OperationContext context, NetworkDetails answer) {
        // its making is in the log
    }

    @Override
    MadeNetwork result(NetworkDetails answer) {
        return MadeNetwork.of(answer);
    }

    /** The form. */
    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.NetworkOperation_DisplayName();
        }
    }
}

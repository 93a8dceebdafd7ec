package io.jenkins.plugins.containerbuild.operation;

import io.jenkins.plugins.containerbuild.engine.network.NetworkDetails;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** A network; what {@code withContainerNetwork} gives to its block. */
public final class MadeNetwork implements OperationResult {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final String name;
    private final String driver;

    private MadeNetwork(NetworkDetails answer) {
        id = answer.id();
        name = answer.name();
        driver = answer.driver();
    }

    static MadeNetwork of(NetworkDetails answer) {
        return new MadeNetwork(answer);
    }

    /** Its id in the daemon. */
    @Whitelisted
    public String getId() {
        return id;
    }

    /** Its name. */
    @Whitelisted
    public String getName() {
        return name;
    }

    /** Its driver. */
    @Whitelisted
    public String getDriver() {
        return driver;
    }

    @Override
    public Map<String, String> variables() {
        return Map.of(NETWORK, name);
    }

    /** The name, for use in a string. */
    @Override
    @Whitelisted
    public String toString() {
        return name;
    }
}

package io.jenkins.plugins.containerbuild.engine.network;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.engine.ownership.Scope;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A network that is to be made.
 *
 * @param name its name; null for one that is made up
 * @param driver its driver; null for {@value #BRIDGE}
 * @param internal whether its containers reach nothing outside of it
 * @param labels labels beside those that say whose it is
 * @param maker who asks; not null
 * @param scope how long it may stay; not null
 */
public record NetworkRequest(
        String name, String driver, boolean internal, Map<String, String> labels, Maker maker, Scope scope)
        implements Serializable {

    /** The driver that every daemon has. */
    public static final String BRIDGE = "bridge";

    private static final long serialVersionUID = 1L;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}");

    /** Copies the map. */
    public NetworkRequest {
        Objects.requireNonNull(maker, "maker");
        Objects.requireNonNull(scope, "scope");
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /** One with a made-up name that ends with its build. */
    public static NetworkRequest of(Maker maker) {
        return new NetworkRequest(null, null, false, Map.of(), maker, Scope.BUILD);
    }

    /**
     * Refuses a name or label that cannot be.
     *
     * @throws InvalidRequestException in one sentence for the user
     */
    public void check() throws InvalidRequestException {
        if (name != null && !NAME.matcher(name).matches()) {
            throw new InvalidRequestException(
                    "could not use '" + name + "' as a network's name",
                    "it is not made of letters, digits, dots, hyphens and underscores, the first one a letter or digit",
                    "Give a name such as tests, or none");
        }
        Ownership.checkLabels(labels);
    }
}

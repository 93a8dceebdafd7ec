package io.jenkins.plugins.containerbuild.engine.volume;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.engine.ownership.Scope;
import io.jenkins.plugins.containerbuild.engine.volume.spec.HostPathPolicy;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Asks for a volume that is to be there afterwards. Start with {@link #of}.
 *
 * @param name its name; null for one that the daemon chooses
 * @param driver its driver; null for {@value #LOCAL}, or whichever a volume has that is there already
 * @param driverOpts the driver's own options, such as {@code type}, {@code device} and {@code o} of {@value #LOCAL}; empty
 *     for none, or whichever a volume has that is there already
 * @param labels labels beside those that say whose it is
 * @param owner who is to own the root directory of a volume that is empty; null to leave it as the daemon makes it, which
 *     is root's
 * @param maker who asks
 * @param scope how long it lives
 * @param hostPaths which places on the daemon's host the driver's options may lead to
 * @param maxAge how long after its last use it may be pruned; null for as long as its scope says
 */
public record VolumeRequest(
        String name,
        String driver,
        Map<String, String> driverOpts,
        Map<String, String> labels,
        VolumeOwner owner,
        Maker maker,
        Scope scope,
        HostPathPolicy hostPaths,
        Duration maxAge)
        implements Serializable {

    /** The driver that every daemon has. */
    public static final String LOCAL = "local";

    private static final long serialVersionUID = 1L;

    /** Copies the maps. */
    public VolumeRequest {
        Objects.requireNonNull(maker, "maker");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(hostPaths, "hostPaths");
        driverOpts = Collections.unmodifiableMap(new LinkedHashMap<>(driverOpts));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /**
     * A volume of the driver {@value #LOCAL} that stays until somebody removes it.
     *
     * @param name its name, or null
     * @param maker who asks; not null
     */
    public static Builder of(String name, Maker maker) {
        return new Builder(name, maker);
    }

    /** Without the values of the driver's options: there are passwords of file servers among them. */
    @Override
    public String toString() {
        return "VolumeRequest[name=" + name + ", driver=" + driver + ", driverOpts=" + driverOpts.keySet() + ", owner="
                + owner + ", scope=" + scope + "]";
    }

    /** Collects what is not as usual; null means as usual. */
    public static final class Builder {

        private final String name;
        private final Maker maker;
        private String driver;
        private Map<String, String> driverOpts = Map.of();
        private Map<String, String> labels = Map.of();
        private VolumeOwner owner;
        private Scope scope = Scope.PERMANENT;
        private HostPathPolicy hostPaths = HostPathPolicy.ANYWHERE;
        private Duration maxAge;

        private Builder(String name, Maker maker) {
            this.name = name == null || name.isBlank() ? null : name.trim();
            this.maker = Objects.requireNonNull(maker, "maker");
        }

        /** See {@link VolumeRequest#driver()}. */
        public Builder driver(String value) {
            driver = value == null || value.isBlank() ? null : value.trim();
            return this;
        }

        /** See {@link VolumeRequest#driverOpts()}. */
        public Builder driverOpts(Map<String, String> values) {
            driverOpts = values == null ? Map.of() : values;
            return this;
        }

        /** See {@link VolumeRequest#labels()}. */
        public Builder labels(Map<String, String> values) {
            labels = values == null ? Map.of() : values;
            return this;
        }

        /** See {@link VolumeRequest#owner()}. */
        public Builder owner(VolumeOwner value) {
            owner = value;
            return this;
        }

        /** See {@link VolumeRequest#scope()}. */
        public Builder scope(Scope value) {
            scope = value == null ? Scope.PERMANENT : value;
            return this;
        }

        /** See {@link VolumeRequest#hostPaths()}; every place unless it is called. */
        public Builder hostPaths(HostPathPolicy value) {
            hostPaths = value;
            return this;
        }

        /** See {@link VolumeRequest#maxAge()}. */
        public Builder maxAge(Duration value) {
            maxAge = value;
            return this;
        }

        /**
         * The request.
         *
         * @throws InvalidRequestException when the name is none of a volume, or a label would say whose it is
         */
        public VolumeRequest build() throws InvalidRequestException {
            if (name != null) {
                VolumeName.check(name);
            }
            Ownership.checkLabels(labels);
            return new VolumeRequest(name, driver, driverOpts, labels, owner, maker, scope, hostPaths, maxAge);
        }
    }
}

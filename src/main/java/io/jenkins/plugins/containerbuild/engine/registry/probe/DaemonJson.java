package io.jenkins.plugins.containerbuild.engine.registry.probe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import java.util.Optional;

/** The setting by which a Docker daemon accepts a registry without TLS, or with a certificate it cannot check. */
final class DaemonJson {

    /** Reloading is enough for this setting (dockerd's manual, "configuration reload behavior"). */
    static final String HOW = "put this into /etc/docker/daemon.json on every machine with a daemon that uses the"
            + " registry, then run 'systemctl reload docker'. Restarting Docker instead stops its containers,"
            + " unless live-restore is on";

    private DaemonJson() {}

    /** The file's content for a registry, when the daemon needs one: it takes 127.0.0.0/8 as it is. */
    static Optional<String> neededFor(RegistryEntry entry) {
        boolean insecure = entry.plainHttp() || entry.skipTlsVerify();
        String host = entry.address().host();
        return insecure && !host.matches("127\\.[0-9.]+(:[0-9]+)?") ? Optional.of(insecure(host)) : Optional.empty();
    }

    static String insecure(String host) {
        return "{\n  \"insecure-registries\": [" + JsonNodeFactory.instance.textNode(host) + "]\n}\n";
    }
}

package io.jenkins.plugins.containerbuild.engine.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The lines by which daemons that this project does not start are told what it knows of registries: Docker's
 * {@code daemon.json} and {@code certs.d} (dockerd's manual), BuildKit's {@code buildkitd.toml} (its manual, section
 * "registry"). Immutable.
 */
public final class DaemonSettings {

    /** Reloading is enough for these settings (dockerd's manual, "configuration reload behavior"). */
    public static final String HOW =
            "put this into /etc/docker/daemon.json on every machine with a daemon that uses the"
                    + " registry, then run 'systemctl reload docker'. Restarting Docker instead stops its containers,"
                    + " unless live-restore is on";

    private static final String DOCKER_CERTIFICATES = "/etc/docker/certs.d/";
    private static final String BUILDKIT_CERTIFICATES = "/etc/buildkit/certs/";

    private final List<RegistryEntry> entries;

    private DaemonSettings(List<RegistryEntry> entries) {
        this.entries = entries;
    }

    /** For daemons that use all these registries. */
    public static DaemonSettings of(List<RegistryEntry> entries) {
        return new DaemonSettings(List.copyOf(entries));
    }

    /** Whether daemons need to be told nothing. */
    public boolean isEmpty() {
        return daemonJson().isEmpty()
                && certificateFiles().isEmpty()
                && buildkitdToml().isEmpty();
    }

    /** What {@code daemon.json} needs, as a whole document; empty when it needs nothing. */
    public String daemonJson() {
        ObjectNode settings = new ObjectMapper().createObjectNode();
        // The daemon takes 127.0.0.0/8 as it is.
        addAll(settings, "insecure-registries", hosts(entry -> isInsecure(entry) && !isLoopback(entry)));
        Set<String> mirrors = new TreeSet<>();
        for (RegistryEntry entry : entries) {
            // Docker knows mirrors of Docker Hub only.
            if (entry.mirror() != null && entry.address().isDockerHub()) {
                mirrors.add((isPlain(entry.mirror()) ? "http://" : "https://")
                        + entry.mirror().host());
            }
        }
        addAll(settings, "registry-mirrors", mirrors);
        if (settings.isEmpty()) {
            return "";
        }
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(settings) + '\n';
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain texts that are no JSON", e);
        }
    }

    private static void addAll(ObjectNode settings, String key, Set<String> values) {
        if (!values.isEmpty()) {
            ArrayNode array = settings.putArray(key);
            values.forEach(array::add);
        }
    }

    private boolean isPlain(RegistryAddress mirror) {
        return entries.stream().anyMatch(entry -> entry.address().equals(mirror) && entry.plainHttp());
    }

    /** The files that Docker needs for certificates, without a restart: one line for each, what goes where. */
    public List<String> certificateFiles() {
        List<String> lines = new ArrayList<>();
        for (String host : hosts(DaemonSettings::hasAuthority)) {
            lines.add(DOCKER_CERTIFICATES + host + "/ca.crt: the CA certificate of its entry");
        }
        for (String host : hosts(entry -> entry.transport().clientCertificateId() != null)) {
            lines.add(DOCKER_CERTIFICATES + host + "/client.cert and client.key: the client certificate of its entry");
        }
        return lines;
    }

    private static boolean hasAuthority(RegistryEntry entry) {
        return entry.transport().caCertificate() != null;
    }

    /** What {@code buildkitd.toml} needs; empty when it needs nothing. */
    public String buildkitdToml() {
        Map<String, List<RegistryEntry>> byHost = entries.stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.address().host(), LinkedHashMap::new, Collectors.toList()));
        StringBuilder toml = new StringBuilder();
        byHost.forEach((host, same) -> toml.append(section(host, same)));
        return toml.toString();
    }

    /** The grammar of addresses leaves nothing in a host that would end a TOML text. */
    private static String section(String host, List<RegistryEntry> entries) {
        StringBuilder lines = new StringBuilder();
        String mirrors = entries.stream()
                .filter(entry -> entry.mirror() != null)
                .map(entry -> '"' + entry.mirror().host() + '"')
                .distinct()
                .collect(Collectors.joining(", "));
        if (!mirrors.isEmpty()) {
            lines.append("  mirrors = [").append(mirrors).append("]\n");
        }
        if (entries.stream().anyMatch(RegistryEntry::plainHttp)) {
            lines.append("  http = true\n");
        }
        if (entries.stream().anyMatch(RegistryEntry::skipTlsVerify)) {
            lines.append("  insecure = true\n");
        }
        String folder = BUILDKIT_CERTIFICATES + host.replace(':', '_');
        if (entries.stream().anyMatch(DaemonSettings::hasAuthority)) {
            lines.append("  ca = [\"").append(folder).append("/ca.crt\"]\n");
        }
        if (entries.stream().anyMatch(entry -> entry.transport().clientCertificateId() != null)) {
            lines.append("  [[registry.\"").append(host).append("\".keypair]]\n");
            lines.append("    cert = \"").append(folder).append("/client.cert\"\n");
            lines.append("    key = \"").append(folder).append("/client.key\"\n");
        }
        return lines.isEmpty() ? "" : "[registry.\"" + host + "\"]\n" + lines;
    }

    private Set<String> hosts(Predicate<RegistryEntry> wanted) {
        return entries.stream()
                .filter(wanted)
                .map(entry -> entry.address().host())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isInsecure(RegistryEntry entry) {
        return entry.plainHttp() || entry.skipTlsVerify();
    }

    private static boolean isLoopback(RegistryEntry entry) {
        return entry.address().host().matches("127\\.[0-9.]+(:[0-9]+)?");
    }
}

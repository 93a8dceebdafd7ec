package io.jenkins.plugins.containerbuild.registries;

import hudson.Util;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderAddress;
import io.jenkins.plugins.containerbuild.engine.endpoint.PemReader;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.InvalidReferenceException;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryProxy;
import io.jenkins.plugins.containerbuild.engine.registry.direct.DeletionPolicy;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the entries of the page must be like, in one place for the form, its fields and configuration as code. A broken
 * rule is an {@link IllegalArgumentException} whose message can be shown.
 */
final class ConfigurationRules {

    private static final int LONGEST_SHOWN = 60;

    private ConfigurationRules() {}

    static void checkRegistries(List<ConfiguredRegistry> registries) {
        for (ConfiguredRegistry registry : registries) {
            checkName(registry.getId(), Messages.ConfiguredRegistry_id());
            within(registry.getId(), () -> {
                checkAddress(registry.getAddress());
                checkPrefix(registry.getPrefix());
                checkMirror(registry.getMirror());
                checkProxy(registry.getProxy());
                checkCaCertificate(registry.getCaCertificate());
            });
        }
        checkUnique(registries, ConfiguredRegistry::getId);
        checkOneDefault(registries, ConfiguredRegistry::isDefaultRegistry, ConfiguredRegistry::getId);
    }

    static void checkServers(List<ConfiguredServer> servers) {
        for (ConfiguredServer server : servers) {
            checkName(server.getName(), Messages.ConfiguredServer_name());
            within(server.getName(), () -> checkUri(server.getUri()));
        }
        checkUnique(servers, ConfiguredServer::getName);
        checkOneDefault(servers, ConfiguredServer::isDefaultServer, ConfiguredServer::getName);
    }

    static void checkBuilders(List<ConfiguredBuilder> builders) {
        for (ConfiguredBuilder builder : builders) {
            checkName(builder.getName(), Messages.ConfiguredBuilder_name());
            within(builder.getName(), () -> checkBuilderUris(builder.addresses()));
        }
        checkUnique(builders, ConfiguredBuilder::getName);
        checkOneDefault(builders, ConfiguredBuilder::isDefaultBuilder, ConfiguredBuilder::getName);
    }

    /** The paths without empty ones, each of them absolute. */
    static List<String> hostPaths(List<String> lines) {
        List<String> paths = new ArrayList<>();
        for (String line : lines) {
            String path = line.trim();
            if (path.isEmpty()) {
                continue;
            }
            if (!path.startsWith("/") || path.contains("/../") || path.endsWith("/..")) {
                throw new IllegalArgumentException(Messages.ConfigurationRules_hostPath(path));
            }
            paths.add(path);
        }
        return paths;
    }

    /** The patterns without empty ones. */
    static List<String> protectedImages(List<String> lines) {
        List<String> patterns =
                lines.stream().map(String::trim).filter(line -> !line.isEmpty()).toList();
        DeletionPolicy.of(patterns);
        return new ArrayList<>(patterns);
    }

    static void checkBuilderUris(List<String> uris) {
        if (uris.isEmpty()) {
            throw new IllegalArgumentException(Messages.ConfigurationRules_missing(Messages.ConfiguredBuilder_uris()));
        }
        Set<URI> seen = new HashSet<>();
        for (String uri : uris) {
            try {
                if (!seen.add(BuilderAddress.parse(uri))) {
                    throw new IllegalArgumentException(Messages.ConfigurationRules_addressTwice(shown(uri)));
                }
            } catch (InvalidRequestException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }

    private static void within(String entry, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + entry + "': " + e.getMessage(), e);
        }
    }

    private static <T> void checkUnique(List<T> entries, Function<T, String> name) {
        Set<String> seen = new HashSet<>();
        for (T entry : entries) {
            if (!seen.add(name.apply(entry))) {
                throw new IllegalArgumentException(Messages.ConfigurationRules_twice(name.apply(entry)));
            }
        }
    }

    private static <T> void checkOneDefault(List<T> entries, Predicate<T> isDefault, Function<T, String> name) {
        List<String> defaults = entries.stream().filter(isDefault).map(name).toList();
        if (defaults.size() > 1) {
            throw new IllegalArgumentException(Messages.ConfigurationRules_oneDefault(String.join(", ", defaults)));
        }
    }

    /**
     * @param what how the form calls this field
     */
    static void checkName(String name, String what) {
        String trimmed = Util.fixEmptyAndTrim(name);
        if (trimmed == null) {
            throw new IllegalArgumentException(Messages.ConfigurationRules_missing(what));
        }
        if (!trimmed.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new IllegalArgumentException(Messages.ConfigurationRules_badName(what, shown(trimmed)));
        }
    }

    static void checkAddress(String address) {
        if (Util.fixEmptyAndTrim(address) == null) {
            throw new IllegalArgumentException(
                    Messages.ConfigurationRules_missing(Messages.ConfiguredRegistry_address()));
        }
        try {
            RegistryAddress.parse(address);
        } catch (InvalidRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    static void checkPrefix(String prefix) {
        ConfiguredRegistry normalized = new ConfiguredRegistry("", "");
        normalized.setPrefix(prefix);
        if (normalized.getPrefix() == null) {
            return;
        }
        try {
            ImageReference read = ImageReference.parse("registry.example/" + normalized.getPrefix() + "/image");
            if (!read.path().equals(normalized.getPrefix() + "/image")) {
                throw new IllegalArgumentException(Messages.ConfigurationRules_badPrefix(shown(prefix)));
            }
        } catch (InvalidReferenceException e) {
            throw new IllegalArgumentException(
                    Messages.ConfigurationRules_badPrefix(shown(prefix)) + " " + e.reason(), e);
        }
    }

    static void checkMirror(String mirror) {
        if (Util.fixEmptyAndTrim(mirror) != null) {
            checkAddress(mirror);
        }
    }

    static void checkProxy(String proxy) {
        String trimmed = Util.fixEmptyAndTrim(proxy);
        if (trimmed == null) {
            return;
        }
        try {
            RegistryProxy.parse(trimmed, null);
        } catch (InvalidRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    static void checkCaCertificate(String pem) {
        String trimmed = Util.fixEmptyAndTrim(pem);
        if (trimmed == null) {
            return;
        }
        try {
            PemReader.certificates(trimmed);
        } catch (CertificateException e) {
            throw new IllegalArgumentException(Messages.ConfigurationRules_noCertificate(), e);
        }
    }

    static void checkUri(String uri) {
        String trimmed = Util.fixEmptyAndTrim(uri);
        if (trimmed == null) {
            throw new IllegalArgumentException(Messages.ConfigurationRules_missing(Messages.ConfiguredServer_uri()));
        }
        URI parsed;
        try {
            parsed = new URI(trimmed);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(Messages.ConfigurationRules_badUri(shown(trimmed)), e);
        }
        String scheme = Util.fixNull(parsed.getScheme());
        boolean usable =
                switch (scheme) {
                    case "unix", "npipe" ->
                        Util.fixEmpty(parsed.getHost()) == null
                                && Util.fixNull(parsed.getPath()).length() > 1;
                    case "tcp" -> parsed.getHost() != null && parsed.getUserInfo() == null;
                    default -> false;
                };
        if (!usable) {
            throw new IllegalArgumentException(Messages.ConfigurationRules_badUri(
                    parsed.getUserInfo() == null ? shown(trimmed) : scheme + "://****"));
        }
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }
}

package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options that say which registries there are and who logs in. */
final class RegistryOptions {

    @Option(
            names = "--registries",
            paramLabel = "FILE",
            description = "Registry entries in YAML, in the shape that Configuration as Code has for the admin page.")
    private Path file;

    @Option(
            names = "--registry",
            paramLabel = "ID",
            description = "The entry to use: its address fills in missing hosts, and the login is for it.")
    private String chosen;

    @Option(names = "--username", description = "Log in as this user; needs --password-stdin.")
    private String username;

    @Option(names = "--password-stdin", description = "Take the password from standard input.")
    private boolean passwordFromStandardInput;

    @Option(names = "--plain-http", description = "The registry speaks HTTP without TLS.")
    private boolean plainHttp;

    @Option(
            names = "--cert-dir",
            paramLabel = "DIR",
            description =
                    "Certificates for the registry: ca.crt, client.cert and client.key, as below /etc/docker/certs.d.")
    private Path certificateFolder;

    private Secret password;
    private TlsMaterial certificates;
    private Set<RegistryAddress> concerned = Set.of();

    /** The entries of the file, one of them chosen where --registry names it. */
    Registries configured() throws EngineException {
        if ((username != null) != passwordFromStandardInput) {
            throw new UsageException(
                    "could not log in", "--username and --password-stdin go together", "Give both or neither");
        }
        Registries all = file == null ? Registries.none() : RegistriesFile.read(file);
        return all.choosing(chosen);
    }

    /** Adds what the command line itself says of the registries that the command is about. */
    Registries withLogin(Registries configured, List<ImageReference> names) throws EngineException {
        if (username == null && !plainHttp && certificateFolder == null) {
            return configured;
        }
        certificates = certificateFolder == null ? null : CertificateFolder.read(certificateFolder);
        Set<RegistryEntry> named = new LinkedHashSet<>();
        configured.chosen().ifPresent(named::add);
        names.forEach(name -> named.add(configured.entryFor(name)));
        List<RegistryEntry> entries = new ArrayList<>();
        Set<RegistryAddress> addresses = new LinkedHashSet<>();
        for (RegistryEntry entry : named) {
            addresses.add(entry.address());
            RegistryEntry same = username == null ? entry : entry.withCredentials("--username " + username);
            entries.add(same.withTransport(transport(same.transport())));
        }
        configured.entries().stream()
                .filter(entry -> !addresses.contains(entry.address()))
                .forEach(entries::add);
        concerned = addresses;
        if (username != null) {
            password = Secret.of(firstLineOfStandardInput());
        }
        return Registries.of(entries).choosing(chosen);
    }

    /** Logs in where the command line says so, and nowhere else. */
    CredentialsSource credentials() {
        return new CredentialsSource() {

            @Override
            public Optional<RegistryCredentials> credentialsFor(RegistryEntry entry) {
                return password != null && concerned.contains(entry.address())
                        ? Optional.of(RegistryCredentials.password(username, password))
                        : Optional.empty();
            }

            @Override
            public Optional<TlsMaterial> clientCertificateFor(RegistryEntry entry) {
                return concerned.contains(entry.address()) ? Optional.ofNullable(certificates) : Optional.empty();
            }
        };
    }

    /** The transport of an entry, with what the command line says of it. */
    private RegistryTransport transport(RegistryTransport known) {
        RegistryTransport spoken = plainHttp ? known.withPlainHttp(true) : known;
        return certificates == null
                ? spoken
                : new RegistryTransport(
                        spoken.plainHttp(),
                        spoken.skipTlsVerify(),
                        spoken.caCertificate(),
                        "--cert-dir " + certificateFolder,
                        spoken.proxy());
    }

    private static String firstLineOfStandardInput() throws EngineException {
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            if (line == null || line.isEmpty()) {
                throw new UsageException(
                        "could not read the password",
                        "standard input is empty",
                        "Write it there, for example: container-build push ... --password-stdin < password.txt");
            }
            return line;
        } catch (IOException e) {
            throw new EngineException("could not read the password", e.getMessage(), "Write it to standard input", e);
        }
    }
}

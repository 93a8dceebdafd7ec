package io.jenkins.plugins.containerbuild.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/**
 * A real registry (the distribution project's) on a loopback address that belongs to the tests. Tests get a shared one with
 * {@link WithRegistry}; one that has to be stopped is started with {@link #plain}, {@link #withPassword} or {@link #tls}.
 */
public final class TestRegistry implements AutoCloseable {
    /** The one account of registries that want one. */
    public static final String USERNAME = "tester";

    /** Its password; no part of any message that a test may accept. */
    public static final String PASSWORD = "s3cret-of-the-registry";

    private final RegistryKind kind;
    private final HeldProcess process;
    private final Path folder;
    private final RegistryReader reader;

    private TestRegistry(RegistryKind kind, HeldProcess process, Path folder) {
        this.kind = kind;
        this.process = process;
        this.folder = folder;
        reader = new RegistryReader(process.address(), caCertificate(), clientCertificate());
    }

    /** Starts one over plain HTTP, open to everybody; close it. */
    public static TestRegistry plain() {
        return start(RegistryKind.PLAIN);
    }

    /** Starts one over plain HTTP that wants {@link #USERNAME} and {@link #PASSWORD}; close it. */
    public static TestRegistry withPassword() {
        return start(RegistryKind.PASSWORD);
    }

    /** Starts one over HTTPS with an authority of its own, which wants the same account; close it. */
    public static TestRegistry tls() {
        return start(RegistryKind.TLS);
    }

    /**
     * Starts a registry of the test's own; close it.
     *
     * @throws org.opentest4j.TestAbortedException when this machine cannot have it; says what is missing
     * @throws IllegalStateException when it failed to start; says why
     */
    public static TestRegistry start(RegistryKind kind) {
        return start(kind, List.of());
    }

    /** As {@link #start(RegistryKind)}, on another of this machine's own addresses than 127.0.0.1. */
    public static TestRegistry startAt(String ipAddress, RegistryKind kind) {
        return start(kind, List.of("--address", ipAddress));
    }

    /** The same at an address of this machine that a daemon does not take for its own: there it insists on TLS. */
    public static TestRegistry startWhereTlsIsWanted(RegistryKind kind) {
        try {
            // The oldest one: those of engines' bridges come and go.
            Optional<String> found = NetworkInterface.networkInterfaces()
                    .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                    .map(InetAddress::getHostAddress)
                    .findFirst();
            return startAt(
                    found.orElseThrow(() -> new TestAbortedException("this machine has no address besides 127.0.0.1")),
                    kind);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one over plain HTTP that takes the tokens of a service; close it. Its content cannot be read back here. */
    public static TestRegistry withTokensOf(TestTokenService tokens) {
        return start(
                RegistryKind.PLAIN,
                List.of("--token", tokens.realm(), tokens.certificate().toString()));
    }

    private static TestRegistry start(RegistryKind kind, List<String> options) {
        Path folder = Project.newFolder("registry");
        List<String> command =
                new ArrayList<>(List.of(Project.script("registry").toString(), "serve", folder.toString()));
        command.addAll(kind.scriptOptions());
        command.addAll(options);
        Map<String, String> account = Map.of("REGISTRY_USER", USERNAME, "REGISTRY_PASSWORD", PASSWORD);
        return new TestRegistry(kind, HeldProcess.start(folder, account, command), folder);
    }

    /** Which registry this is. */
    public RegistryKind kind() {
        return kind;
    }

    /** {@code host:port}, as in front of an image's name. */
    public String address() {
        return process.address();
    }

    /** The port alone. */
    public int port() {
        return Integer.parseInt(address().substring(address().lastIndexOf(':') + 1));
    }

    /** The certificate (PEM) of the authority that signed the registry's own; empty over plain HTTP. */
    public Optional<Path> caCertificate() {
        return kind == RegistryKind.TLS || kind == RegistryKind.CLIENT_CERTIFICATE
                ? Optional.of(folder.resolve("ca.crt"))
                : Optional.empty();
    }

    /** The certificate and key (PEM) of a client that the registry lets in; empty where it asks for none. */
    public Optional<TestAuthority.Identity> clientCertificate() {
        return kind == RegistryKind.CLIENT_CERTIFICATE
                ? Optional.of(new TestAuthority.Identity(folder.resolve("client.crt"), folder.resolve("client.key")))
                : Optional.empty();
    }

    /**
     * The digest that the registry has for a tag, asked with HEAD as every client does.
     *
     * @return empty when the registry has no such repository or tag
     */
    public Optional<String> manifestDigest(String repository, String tag) {
        return reader.digest(repository, tag);
    }

    /**
     * The manifest's JSON text.
     *
     * @param reference a tag or a digest
     * @return empty when the registry has no such repository or reference
     */
    public Optional<String> manifest(String repository, String reference) {
        return reader.manifest(repository, reference);
    }

    /** Puts a blob there, over plain HTTP; returns its digest. */
    public String putBlob(String repository, byte[] content) {
        return new RegistryWriter(address()).blob(repository, content);
    }

    /**
     * Puts a manifest or an index there, over plain HTTP.
     *
     * @param reference a tag; null for none
     * @return its digest
     */
    public String putManifest(String repository, String reference, String mediaType, String json) {
        return new RegistryWriter(address()).manifest(repository, reference, mediaType, json);
    }

    /** The registry goes away; connections are refused from now on. Only for one of the test's own. */
    public void stop() {
        process.stop();
    }

    /** The registry comes back at the same address with what it had. */
    public void start() {
        process.start();
    }

    /** What the registry logged so far, requests included. */
    public String log() {
        try {
            return Files.readString(folder.resolve("registry.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
        Project.delete(folder.resolve("data"));
    }

    @Override
    public String toString() {
        return kind + " registry at " + address();
    }
}

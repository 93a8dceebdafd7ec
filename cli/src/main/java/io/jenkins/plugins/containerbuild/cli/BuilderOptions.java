package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderAddress;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say on which BuildKit daemons of their own is built, instead of on a Docker Engine. */
final class BuilderOptions {

    @Option(
            names = "--builder",
            paramLabel = "URI",
            split = ",",
            description = "Build on this BuildKit daemon (buildkitd), without a Docker Engine: tcp://host:1234 or"
                    + " unix:///run/buildkit/buildkitd.sock. Several are tried in their order.")
    private List<String> uris = new ArrayList<>();

    @Option(
            names = "--builder-tls-ca",
            paramLabel = "FILE",
            description =
                    "The authority that signed the daemon's certificate, in PEM; default: those that Java trusts.")
    private Path ca;

    @Option(names = "--builder-tls-cert", paramLabel = "FILE", description = "The client's certificate, in PEM.")
    private Path certificate;

    @Option(names = "--builder-tls-key", paramLabel = "FILE", description = "The key to it, in PEM, unencrypted.")
    private Path key;

    /** The builders in their order; empty to build on a Docker Engine. */
    List<BuilderAddress> addresses() throws EngineException {
        boolean tls = ca != null || certificate != null || key != null;
        if (tls && uris.isEmpty()) {
            throw new UsageException(
                    "could not use the certificates", "--builder-tls-... goes with --builder", "Name the builder");
        }
        if ((certificate == null) != (key == null)) {
            throw new UsageException(
                    "could not use the client's certificate",
                    "--builder-tls-cert and --builder-tls-key go together",
                    "Give both or neither");
        }
        String privateKey = read(key);
        TlsMaterial material = tls
                ? new TlsMaterial(read(ca), read(certificate), privateKey == null ? null : Secret.of(privateKey))
                : null;
        List<BuilderAddress> addresses = new ArrayList<>();
        for (String uri : uris) {
            addresses.add(new BuilderAddress(BuilderAddress.parse(uri).toString(), material));
        }
        return addresses;
    }

    private static String read(Path file) throws EngineException {
        try {
            return file == null ? null : Files.readString(file);
        } catch (IOException e) {
            throw new EngineException(
                    "could not read " + file,
                    e.getMessage() == null || e.getMessage().equals(file.toString())
                            ? "there is no such file, or this user may not read it"
                            : e.getMessage(),
                    "Give a file in PEM",
                    e);
        }
    }
}

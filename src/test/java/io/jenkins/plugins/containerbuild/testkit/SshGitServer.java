package io.jenkins.plugins.containerbuild.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.shell.InvertedShellWrapper;
import org.apache.sshd.server.shell.ProcessShell;

/** An SSH server on a loopback address that lets the owner of one key read the Git repositories of a folder. */
public final class SshGitServer implements AutoCloseable {

    private static final Pattern READ = Pattern.compile("git-upload-pack '/?([a-z]+\\.git)'");

    private final SshServer server = SshServer.setUpDefaultServer();

    private SshGitServer(Path folder, String address, int port, PublicKey owner) {
        server.setHost(address);
        server.setPort(port);
        server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(owner, key));
        server.setPasswordAuthenticator(null);
        server.setKeyboardInteractiveAuthenticator(null);
        server.setCommandFactory((channel, command) -> reader(folder, channel, command));
    }

    /**
     * Starts one.
     *
     * @param folder with repositories named {@code NAME.git}
     * @param address a loopback address
     * @param port 0 for any
     * @param owner a line as in a key's file {@code .pub}
     * @throws org.opentest4j.TestAbortedException when the port is taken
     */
    public static SshGitServer start(Path folder, String address, int port, String owner) {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
            keys.initialize(new ECGenParameterSpec("secp256r1"));
            SshGitServer server = new SshGitServer(
                    folder,
                    address,
                    port,
                    PublicKeyEntry.parsePublicKeyEntry(owner).resolvePublicKey(null, null, null));
            server.server.setKeyPairProvider(KeyPairProvider.wrap(keys.generateKeyPair()));
            server.server.start();
            return server;
        } catch (java.net.BindException e) {
            throw new Unavailable("port " + port + " of " + address + " is taken: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("could not start an SSH server", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("could not make or read a key", e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return server.getPort();
    }

    private static Command reader(Path folder, ChannelSession channel, String command) throws IOException {
        Matcher read = READ.matcher(command);
        if (!read.matches()) {
            throw new IOException("this server lets nobody do " + command);
        }
        String repository = folder.resolve(read.group(1)).toString();
        List<String> git = List.of("git", "-c", "safe.directory=" + repository, "upload-pack", repository);
        return new InvertedShellWrapper(new ProcessShell(git));
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException("could not stop the SSH server", e);
        }
    }
}

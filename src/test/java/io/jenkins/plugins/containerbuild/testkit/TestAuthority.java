package io.jenkins.plugins.containerbuild.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority that signs certificates for servers and clients of tests. Its files are PEM, made by openssl. */
public final class TestAuthority {
    private static final String PASSWORD = "changeit";

    private final Path folder;

    private TestAuthority(Path folder) {
        this.folder = folder;
    }

    /** A certificate and its key, in PEM. */
    public record Identity(Path certificate, Path key) {
        /** The certificate's text. */
        public String certificateText() {
            return text(certificate);
        }

        /** The key's text. */
        public String keyText() {
            return text(key);
        }

        /** What shows it. */
        KeyManager[] keys() {
            Path store = key.resolveSibling(key.getFileName() + ".p12");
            openssl(
                    store.getParent(),
                    "pkcs12 -export -in " + certificate + " -inkey " + key + " -out " + store + " -passout pass:"
                            + PASSWORD);
            try (InputStream in = Files.newInputStream(store)) {
                KeyStore own = KeyStore.getInstance("PKCS12");
                own.load(in, PASSWORD.toCharArray());
                KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keys.init(own, PASSWORD.toCharArray());
                return keys.getKeyManagers();
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException("could not read the certificate " + certificate, e);
            }
        }
    }

    /** Makes one whose files are in the folder. */
    public static TestAuthority in(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TestAuthority authority = new TestAuthority(folder);
        authority.openssl(
                "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=testca -keyout authority-key.pem -out ca.pem");
        return authority;
    }

    /** The authority's own certificate. */
    public Path certificate() {
        return folder.resolve("ca.pem");
    }

    /** The authority's own certificate, its text. */
    public String certificateText() {
        return text(certificate());
    }

    /** Signs a server's certificate, {@code subject} as in {@code IP:127.0.0.1} or {@code DNS:host.example}. */
    public Identity server(String name, String subject) {
        try {
            Files.writeString(folder.resolve(name + ".cnf"), "subjectAltName=" + subject + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return signed(name, "-extfile " + name + ".cnf");
    }

    /** Signs a client's certificate. */
    public Identity client(String name) {
        return signed(name, "");
    }

    private Identity signed(String name, String options) {
        openssl("req -newkey rsa:2048 -nodes -subj /CN=" + name + " -keyout " + name + "-key.pem -out " + name
                + ".csr");
        openssl(("x509 -req -days 2 -in " + name + ".csr -CA ca.pem -CAkey authority-key.pem -CAcreateserial -out "
                        + name + "-cert.pem " + options)
                .strip());
        return new Identity(folder.resolve(name + "-cert.pem"), folder.resolve(name + "-key.pem"));
    }

    /** TLS for a server with this identity that knows clients of this authority. */
    SSLContext serving(Identity server) {
        try (InputStream ca = Files.newInputStream(certificate())) {
            KeyStore known = KeyStore.getInstance("PKCS12");
            known.load(null, null);
            known.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(ca));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(known);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(server.keys(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("could not set up TLS for a test", e);
        }
    }

    private void openssl(String arguments) {
        openssl(folder, arguments);
    }

    private static void openssl(Path folder, String arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.split(" ")));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("openssl " + arguments + " failed: " + output);
            }
        } catch (IOException e) {
            throw new Unavailable("openssl is missing on this machine (" + e.getMessage() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while openssl ran", e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.jenkins.plugins.containerbuild.engine.container;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Makes an account known in a container that does not run yet: a line in {@code /etc/passwd}, one in {@code /etc/group}, a
 * home directory. Without them, programs like ssh, git and maven stumble over a user without a name. The image is not
 * changed.
 */
final class AccountFiles {

    private static final int NOT_FOUND = 404;
    private static final long LARGEST = 1024L * 1024;
    private static final int FILE_MODE = 0100644;
    private static final int DIRECTORY_MODE = 040755;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** In a line of either file. */
    private static final int NUMBER = 2;

    private static final String PASSWD = "etc/passwd";
    private static final String GROUP = "etc/group";

    private final EngineConnection connection;
    private final ContainerStore store;

    AccountFiles(EngineConnection connection, ContainerStore store) {
        this.connection = connection;
        this.store = store;
    }

    /** Adds what is missing. */
    void add(String container, Account account) throws EngineException, InterruptedException {
        try {
            Optional<String> passwd = read(container, PASSWD)
                    .map(text -> withLine(
                            text,
                            account.uid(),
                            account.name() + ":x:" + account.uid() + ":" + account.gid() + "::" + account.home()
                                    + ":/bin/sh"));
            Optional<String> group = read(container, GROUP)
                    .map(text -> withLine(text, account.gid(), account.name() + ":x:" + account.gid() + ":"));
            connection.exchange(
                    DaemonRequest.put("/containers/" + container + "/archive")
                            .query("path", "/")
                            .header("Content-Type", "application/x-tar")
                            .body(new ByteArrayInputStream(archive(passwd, group, account))),
                    LIMIT,
                    body -> null);
        } catch (DaemonRefusal e) {
            throw store.refused("could not make the user " + account.name() + " known in the container", e);
        } catch (IOException e) {
            throw connection.lost(e);
        }
    }

    /** The file's text, with one line more unless one has the number already. */
    private static String withLine(String text, long number, String line) {
        boolean known = Arrays.stream(text.split("\n"))
                .map(entry -> entry.split(":", -1))
                .anyMatch(fields -> fields.length > NUMBER && fields[NUMBER].equals(Long.toString(number)));
        if (known) {
            return text;
        }
        return text + (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + line + "\n";
    }

    /** Nothing for what must stay as it is: a link to a file elsewhere, or one too large to be read here. */
    private Optional<String> read(String container, String path)
            throws DaemonRefusal, IOException, InterruptedException {
        try {
            return connection.exchange(
                    DaemonRequest.get("/containers/" + container + "/archive").query("path", "/" + path),
                    LIMIT,
                    body -> {
                        try (TarArchiveInputStream tar = new TarArchiveInputStream(body)) {
                            TarArchiveEntry entry = tar.getNextEntry();
                            return entry == null || !isPlain(entry) || entry.getSize() > LARGEST
                                    ? Optional.empty()
                                    : Optional.of(new String(tar.readAllBytes(), StandardCharsets.UTF_8));
                        }
                    });
        } catch (DaemonRefusal e) {
            if (e.status() == NOT_FOUND) {
                return Optional.of("");
            }
            throw e;
        }
    }

    /** {@link TarArchiveEntry#isFile()} holds for links, too. */
    private static boolean isPlain(TarArchiveEntry entry) {
        return entry.isFile() && !entry.isSymbolicLink() && !entry.isLink();
    }

    private static byte[] archive(Optional<String> passwd, Optional<String> group, Account account) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            if (passwd.isPresent()) {
                file(tar, PASSWD, passwd.get());
            }
            if (group.isPresent()) {
                file(tar, GROUP, group.get());
            }
            TarArchiveEntry home = new TarArchiveEntry(account.home().substring(1) + "/");
            home.setMode(DIRECTORY_MODE);
            home.setUserId(account.uid());
            home.setGroupId(account.gid());
            tar.putArchiveEntry(home);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static void file(TarArchiveOutputStream tar, String name, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(FILE_MODE);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}

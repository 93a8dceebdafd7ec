package io.jenkins.plugins.containerbuild.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real HTTP proxy (tinyproxy) on a loopback address that lets in {@link #USERNAME} alone. */
public final class TestProxy implements AutoCloseable {

    /** The one account. */
    public static final String USERNAME = "walker";

    /** Its password; no part of any message that a test may accept. */
    public static final String PASSWORD = "s3cret-of-the-proxy";

    private final HeldProcess process;
    private final Path folder;

    private TestProxy(HeldProcess process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /** Starts one; close it. */
    public static TestProxy start() {
        Path folder = Project.newFolder("proxy");
        return new TestProxy(
                HeldProcess.start(
                        folder,
                        Map.of("PROXY_USER", USERNAME, "PROXY_PASSWORD", PASSWORD),
                        List.of(Project.script("proxy").toString(), "serve", folder.toString())),
                folder);
    }

    /** {@code host:port}. */
    public String address() {
        return process.address();
    }

    /** It goes away; connections are refused from now on. */
    public void stop() {
        process.stop();
    }

    /** What it logged so far, requests included. */
    public String log() {
        try {
            return Files.readString(folder.resolve("proxy.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}

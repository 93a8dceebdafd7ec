package io.jenkins.plugins.containerbuild.agent;

import hudson.Extension;
import hudson.ExtensionPoint;
import hudson.remoting.Which;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What every agent is sent, packed when the first one needs it. */
@Extension
public final class PackedLibraries implements ExtensionPoint {

    private static final Logger LOGGER = Logger.getLogger(PackedLibraries.class.getName());

    /** One class of each library that comes from another plugin or from Jenkins itself. */
    private static final List<String> MARKS = List.of(
            "com.github.dockerjava.api.DockerClient",
            "com.github.dockerjava.core.DockerClientImpl",
            "com.github.dockerjava.transport.DockerHttpClient",
            "com.github.dockerjava.httpclient5.ApacheDockerHttpClient",
            "org.apache.hc.client5.http.classic.HttpClient",
            "org.apache.hc.core5.http.HttpHost",
            "org.apache.hc.core5.http2.HttpVersionPolicy",
            "com.fasterxml.jackson.annotation.JsonProperty",
            "com.fasterxml.jackson.core.JsonFactory",
            "com.fasterxml.jackson.databind.ObjectMapper",
            "com.google.common.base.Preconditions",
            "com.google.common.util.concurrent.internal.InternalFutureFailureAccess",
            "org.apache.commons.compress.archivers.ArchiveEntry",
            "org.apache.commons.lang3.StringUtils",
            "javax.annotation.CheckForNull",
            // The HTTP client looks whether these are there. Asked for one by one, each would bring its whole file,
            // too.
            "org.brotli.dec.BrotliInputStream",
            "org.tukaani.xz.XZInputStream",
            "com.github.luben.zstd.ZstdInputStream",
            "org.slf4j.LoggerFactory",
            "org.slf4j.jul.JULServiceProvider");

    private List<Path> parts = List.of();

    /** Packs them if nobody has; for when an agent is about to connect, since the first one would wait for it. */
    public void prepare() {
        parts();
    }

    /** The files to send; none where they cannot be packed. */
    synchronized List<Path> parts() {
        // Somebody may have swept the folder for temporary files.
        if (parts.isEmpty() || !parts.stream().allMatch(Files::exists)) {
            try {
                parts = pack();
            } catch (IOException e) {
                LOGGER.log(
                        Level.WARNING,
                        e,
                        () -> "could not pack the libraries for agents into " + System.getProperty("java.io.tmpdir")
                                + ": agents fetch class by class, and first builds on them take longer");
                parts = List.of();
            }
        }
        return parts;
    }

    private static List<Path> pack() throws IOException {
        Path folder = Files.createTempDirectory("container-build");
        folder.toFile().deleteOnExit();
        List<Path> packed = LibraryParts.pack(sources(), folder);
        packed.forEach(part -> part.toFile().deleteOnExit());
        return packed;
    }

    private static Set<File> sources() throws IOException {
        Set<File> files = new LinkedHashSet<>();
        ClassLoader loader = PackedLibraries.class.getClassLoader();
        if (loader instanceof URLClassLoader own) {
            for (URL url : own.getURLs()) {
                if (url.getProtocol().equals("file")) {
                    files.add(fileOf(url));
                }
            }
        }
        for (String mark : MARKS) {
            try {
                files.add(Which.jarFile(Class.forName(mark, false, loader)));
            } catch (ClassNotFoundException e) {
                LOGGER.log(Level.FINE, e, () -> "no library has " + mark);
            }
        }
        files.removeIf(file -> !file.exists());
        return files;
    }

    private static File fileOf(URL url) throws IOException {
        try {
            return new File(url.toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}

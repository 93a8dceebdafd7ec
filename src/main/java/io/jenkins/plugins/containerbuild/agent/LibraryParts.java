package io.jenkins.plugins.containerbuild.agent;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Libraries as an agent gets them: all classes of many files in few ones of about the same size, without what agents have no
 * use for. A class loader looks into each of its files for each class.
 */
final class LibraryParts implements Closeable {

    /** Bytes. All at once would keep a connection busy for seconds, and whatever else an agent needs would wait behind it. */
    private static final long PART = 2_000_000;

    /**
     * Of little use there: programs for many machines, which a library unpacks itself where it needs one, and pages of Jenkins.
     * Classes for newer versions of Java than all agents may have come a second time, for older ones.
     */
    private static final Pattern LEFT_OUT = Pattern.compile(
            "META-INF/.*|module-info\\.class|.*\\.(so|dll|dylib|jnilib|jelly|html|stapler|svg|png|css|js)|.*/");

    private final Path folder;
    private final List<Path> parts = new ArrayList<>();
    private final Set<String> packed = new HashSet<>();
    private ZipArchiveOutputStream out;

    private LibraryParts(Path folder) {
        this.folder = folder;
    }

    /**
     * Packs them.
     *
     * @param sources jars and folders with classes; the first one that has an entry gives it
     * @param folder for the parts
     * @return the parts, jars in that folder
     * @throws IOException when something cannot be read or written
     */
    static List<Path> pack(Collection<File> sources, Path folder) throws IOException {
        try (LibraryParts parts = new LibraryParts(folder)) {
            for (File source : sources) {
                if (source.isDirectory()) {
                    parts.addFolder(source.toPath());
                } else {
                    parts.addJar(source);
                }
            }
            return parts.parts;
        }
    }

    /** As it is compressed there. From memory, as it is read in some thousand small pieces. */
    private void addJar(File jar) throws IOException {
        byte[] all = Files.readAllBytes(jar.toPath());
        try (ZipFile file = ZipFile.builder().setByteArray(all).get()) {
            for (Enumeration<ZipArchiveEntry> entries = file.getEntriesInPhysicalOrder(); entries.hasMoreElements(); ) {
                ZipArchiveEntry entry = entries.nextElement();
                if (isWanted(entry.getName())) {
                    try (InputStream in = file.getRawInputStream(entry)) {
                        part().addRawArchiveEntry(entry, in);
                    }
                }
            }
        }
    }

    private void addFolder(Path top) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                String name = top.relativize(file).toString().replace(File.separatorChar, '/');
                if (isWanted(name)) {
                    part().putArchiveEntry(new ZipArchiveEntry(name));
                    Files.copy(file, out);
                    out.closeArchiveEntry();
                }
            }
        }
    }

    private boolean isWanted(String name) {
        return !LEFT_OUT.matcher(name).matches() && packed.add(name);
    }

    private ZipArchiveOutputStream part() throws IOException {
        if (out != null && out.getBytesWritten() > PART) {
            out.close();
            out = null;
        }
        if (out == null) {
            Path part = folder.resolve("container-build-" + parts.size() + ".jar");
            parts.add(part);
            out = new ZipArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(part)));
        }
        return out;
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}

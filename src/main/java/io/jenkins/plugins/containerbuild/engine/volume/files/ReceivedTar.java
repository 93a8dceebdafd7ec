package io.jenkins.plugins.containerbuild.engine.volume.files;

import io.jenkins.plugins.containerbuild.engine.image.Printable;
import io.jenkins.plugins.containerbuild.engine.volume.VolumePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An archive from somebody else, a daemon or a file: entry after entry, with paths that cannot lead out of where they are
 * written. Absolute names lose their slash; names with {@code ..} are refused. Closing it is left to who opened the stream.
 */
final class ReceivedTar {

    private final TarArchiveInputStream tar;
    private final String sender;
    private List<String> base;

    private ReceivedTar(InputStream in, String sender, List<String> base) {
        tar = new TarArchiveInputStream(in, StandardCharsets.UTF_8.name());
        this.sender = sender;
        this.base = base;
    }

    /** What the Engine sends of a path: names begin with the path's last part, whichever way the daemon writes that. */
    static ReceivedTar ofDaemon(InputStream in) {
        return new ReceivedTar(in, "the daemon", null);
    }

    /** An archive whose names begin with nothing. */
    static ReceivedTar ofFile(InputStream in) {
        return new ReceivedTar(in, "the archive", List.of());
    }

    /**
     * One entry.
     *
     * @param header as it came
     * @param path without a slash at its ends; empty for what was asked for itself
     * @param link the path of the entry that a hard link leads to; for other links as it came; else null
     */
    record Item(TarArchiveEntry header, String path, String link) {

        /** Bytes of its content. */
        long size() {
            return header.isSparse() ? header.getRealSize() : header.getSize();
        }

        /** Whether it is neither file, directory nor link, and is left out. */
        boolean isSpecial() {
            return header.isCharacterDevice() || header.isBlockDevice() || header.isFIFO();
        }
    }

    /** The next one, or null at the end. */
    Item next() throws IOException {
        try {
            TarArchiveEntry header = tar.getNextEntry();
            if (header == null) {
                return null;
            }
            List<String> names = names(header.getName());
            if (base == null) {
                base = names;
            }
            String link = header.getLinkName();
            if (header.isLink()) {
                link = path(names(link), link);
            }
            return new Item(
                    header, path(names, header.getName()), header.isLink() || header.isSymbolicLink() ? link : null);
        } catch (IllegalArgumentException e) {
            throw new IOException(sender + " sent something that is no archive: " + e.getMessage(), e);
        }
    }

    private List<String> names(String name) throws IOException {
        try {
            return VolumePath.names(name);
        } catch (IllegalArgumentException e) {
            throw refused(name, e.getMessage());
        }
    }

    private String path(List<String> names, String name) throws IOException {
        if (names.size() < base.size() || !names.subList(0, base.size()).equals(base)) {
            throw refused(name, "it is not in what was asked for");
        }
        return String.join("/", names.subList(base.size(), names.size()));
    }

    private IOException refused(String name, String why) {
        return new IOException(sender + " has an entry '" + Printable.shortened(name) + "': " + why);
    }

    /** The content of the entry that was told last; ends with it. Not to be closed. */
    InputStream content() {
        return tar;
    }
}

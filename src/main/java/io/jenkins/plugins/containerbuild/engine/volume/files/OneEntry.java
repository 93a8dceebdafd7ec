package io.jenkins.plugins.containerbuild.engine.volume.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** The source of an archive of one entry. */
final class OneEntry implements TarStream.Source {

    private TarStream.Entry entry;

    OneEntry(TarStream.Entry entry) {
        this.entry = entry;
    }

    /** A file of zeros. */
    static TarStream.Entry file(String name, int size) {
        TarArchiveEntry header = new TarArchiveEntry(name);
        header.setSize(size);
        return new TarStream.Entry(header, new ByteArrayInputStream(new byte[size]));
    }

    @Override
    public TarStream.Entry next() {
        TarStream.Entry next = entry;
        entry = null;
        return next;
    }

    @Override
    public void close() throws IOException {
        TarStream.Entry open = entry;
        entry = null;
        if (open != null && open.content() != null) {
            open.content().close();
        }
    }
}

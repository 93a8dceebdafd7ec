package io.jenkins.plugins.containerbuild.engine.build.context;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A file's content in the size that it was announced with; trouble of reading it names the file. */
final class AnnouncedContent extends FilterInputStream {

    private final Path directory;
    private final String path;
    private final long size;
    private long read;

    private AnnouncedContent(Path directory, String path, long size, InputStream content) {
        super(content);
        this.directory = directory;
        this.path = path;
        this.size = size;
    }

    static InputStream open(Path directory, String path, long size) throws IOException {
        try {
            InputStream content = Files.newInputStream(directory.resolve(path), LinkOption.NOFOLLOW_LINKS);
            return new AnnouncedContent(directory, path, size, content);
        } catch (IOException e) {
            throw ReadTrouble.sending(directory, path, e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (read == size && length > 0) {
            return -1;
        }
        int count = readContent(buffer, offset, (int) Math.min(length, size - read));
        if (count < 0) {
            throw ReadTrouble.shrunk(directory, path, size, read);
        }
        read += count;
        return count;
    }

    private int readContent(byte[] buffer, int offset, int length) throws IOException {
        try {
            return in.read(buffer, offset, length);
        } catch (IOException e) {
            throw ReadTrouble.sending(directory, path, e);
        }
    }

    @Override
    public long skip(long count) throws IOException {
        throw new IOException("only reading is supported");
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}

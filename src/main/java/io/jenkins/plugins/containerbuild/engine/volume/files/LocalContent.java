package io.jenkins.plugins.containerbuild.engine.volume.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A file's content; trouble of reading it names the file. */
final class LocalContent extends FilterInputStream {

    private final Path file;

    LocalContent(Path file, InputStream content) {
        super(content);
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return super.read(target, offset, length);
        } catch (IOException e) {
            throw LocalTree.trouble(file, e);
        }
    }
}

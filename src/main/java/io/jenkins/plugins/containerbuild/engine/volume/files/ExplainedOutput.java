package io.jenkins.plugins.containerbuild.engine.volume.files;

import io.jenkins.plugins.containerbuild.engine.file.NewFile;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A file that is written; trouble of writing it names the file. */
final class ExplainedOutput extends FilterOutputStream {

    private final NewFile file;

    ExplainedOutput(OutputStream out, NewFile file) {
        super(out);
        this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw new LocalFileException(file.explain(e));
        }
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } catch (IOException e) {
            throw new LocalFileException(file.explain(e));
        }
    }
}

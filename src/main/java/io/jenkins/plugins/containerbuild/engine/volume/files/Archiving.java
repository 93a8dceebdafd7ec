package io.jenkins.plugins.containerbuild.engine.volume.files;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.file.NewFile;
import io.jenkins.plugins.containerbuild.engine.file.TargetPlace;
import io.jenkins.plugins.containerbuild.engine.file.WriteTrouble;
import io.jenkins.plugins.containerbuild.engine.volume.ArchiveRequest;
import io.jenkins.plugins.containerbuild.engine.volume.TransferResult;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes a volume's files into an archive. */
final class Archiving {

    private static final WriteTrouble TROUBLE = new WriteTrouble("the archive", "file");
    private static final int BUFFER = 64 * 1024;

    private final String what;
    private final TargetPlace place;
    private final TransferCount count;

    private Archiving(String what, TargetPlace place, TransferCount count) {
        this.what = what;
        this.place = place;
        this.count = count;
    }

    /**
     * Looks at the place of the file.
     *
     * @throws EngineException when it is outside of the root or cannot be written
     */
    static Archiving of(ArchiveRequest request, TransferCount count) throws EngineException {
        TargetPlace place = TargetPlace.of(TROUBLE, request.file(), request.root());
        place.file();
        return new Archiving("could not archive the volume " + request.volume(), place, count);
    }

    TransferResult run(HelperContainer helper) throws EngineException, InterruptedException {
        NewFile file = new NewFile(place);
        try {
            helper.read("", body -> write(body, file));
            return count.complete(Files.size(Path.of(file.keep())));
        } catch (DaemonRefusal e) {
            throw helper.refused(what, e);
        } catch (IOException e) {
            EngineException local = LocalFileException.in(e);
            throw local == null ? helper.lost(e) : local;
        } finally {
            file.discard();
        }
    }

    private Void write(InputStream body, NewFile file) throws IOException {
        ReceivedTar received = ReceivedTar.ofDaemon(body);
        // Trouble of the disk is told here, whoever flushes or closes later; all other trouble is the daemon's.
        try (OutputStream disk = new ExplainedOutput(open(file), file);
                TarArchiveOutputStream tar =
                        TarStream.posix(new GZIPOutputStream(new BufferedOutputStream(disk, BUFFER), BUFFER))) {
            byte[] buffer = new byte[BUFFER];
            for (ReceivedTar.Item item = received.next(); item != null; item = received.next()) {
                if (item.isSpecial()) {
                    count.skip(item.path());
                } else {
                    copy(received, item, tar, buffer);
                }
            }
            tar.finish();
        }
        return null;
    }

    private static OutputStream open(NewFile file) throws IOException {
        try {
            return file.open();
        } catch (EngineException e) {
            throw new LocalFileException(e);
        } catch (IOException e) {
            throw new LocalFileException(file.explain(e));
        }
    }

    private void copy(ReceivedTar received, ReceivedTar.Item item, TarArchiveOutputStream tar, byte[] buffer)
            throws IOException {
        TarArchiveEntry header = ArchiveEntries.renamed(item, "./");
        count.entry(header);
        tar.putArchiveEntry(header);
        if (ArchiveEntries.hasContent(header)) {
            for (int read = received.content().read(buffer);
                    read >= 0;
                    read = received.content().read(buffer)) {
                tar.write(buffer, 0, read);
                count.bytes(read);
            }
        }
        tar.closeArchiveEntry();
    }
}

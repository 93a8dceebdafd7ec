package io.jenkins.plugins.containerbuild.engine.volume.files;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.context.Confinement;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import io.jenkins.plugins.containerbuild.engine.volume.ArchiveRequest;
import io.jenkins.plugins.containerbuild.engine.volume.TransferResult;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** Writes the files of an archive into a volume. */
final class Restoring {

    private static final int BUFFER = 64 * 1024;

    private final String what;
    private final Path file;
    private final TransferCount count;

    private Restoring(String what, Path file, TransferCount count) {
        this.what = what;
        this.file = file;
        this.count = count;
    }

    /**
     * Looks at the file.
     *
     * @throws InvalidRequestException when it is not there, outside of the root or no file
     */
    static Restoring of(ArchiveRequest request, TransferCount count) throws InvalidRequestException {
        String what = "could not restore the volume " + request.volume() + " from " + Printable.escaped(request.file());
        Confinement confinement = Confinement.of(request.root() == null ? null : Path.of(request.root()));
        Path file = confinement.real(what, confinement.absolute(what, request.file()));
        if (!Files.isRegularFile(file)) {
            throw new InvalidRequestException(
                    what, "it is no file", "Give an archive that containerVolumeArchive wrote");
        }
        return new Restoring(what, file, count);
    }

    TransferResult run(HelperContainer helper) throws EngineException, InterruptedException {
        try (InputStream disk = Files.newInputStream(file);
                InputStream unzipped = new GZIPInputStream(disk, BUFFER)) {
            ReceivedTar archive = ReceivedTar.ofFile(unzipped);
            VolumeFiles.write(what, helper, new TarStream(new Entries(archive, helper.prefix()), count));
            return count.complete(Files.size(file));
        } catch (ZipException | EOFException e) {
            throw noArchive(e);
        } catch (IOException e) {
            EngineException local = LocalFileException.in(LocalTree.trouble(file, e));
            throw local == null ? new EngineException(what, VolumeFiles.reason(e), "Try again", e) : local;
        }
    }

    private EngineException noArchive(IOException e) {
        return new EngineException(
                what,
                "it is no gzip-compressed tar archive, or broken (" + VolumeFiles.reason(e) + ")",
                "Give an archive that containerVolumeArchive or tar -cz wrote. What came before the fault is in the volume",
                e);
    }

    /** The archive's entries with names for the daemon. */
    private final class Entries implements TarStream.Source {

        private final ReceivedTar archive;
        private final String prefix;

        Entries(ReceivedTar archive, String prefix) {
            this.archive = archive;
            this.prefix = prefix;
        }

        @Override
        public TarStream.Entry next() throws IOException {
            ReceivedTar.Item item = read(archive::next);
            while (item != null && item.isSpecial()) {
                count.skip(item.path());
                item = read(archive::next);
            }
            if (item == null) {
                return null;
            }
            TarArchiveEntry header = ArchiveEntries.renamed(item, prefix);
            return new TarStream.Entry(
                    header, ArchiveEntries.hasContent(header) ? new Content(archive.content()) : null);
        }

        @Override
        public void close() {
            // Whoever opened the file closes it.
        }
    }

    /** Something that is read of the archive. */
    private interface Read<T> {
        T read() throws IOException;
    }

    private <T> T read(Read<T> step) throws IOException {
        try {
            return step.read();
        } catch (IOException e) {
            throw new LocalFileException(noArchive(e));
        }
    }

    /** An entry's content, which must not close the archive. */
    private final class Content extends FilterInputStream {

        Content(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return Restoring.this.read(() -> in.read(target, offset, length));
        }

        @Override
        public void close() {
            // The archive goes on behind it.
        }
    }
}

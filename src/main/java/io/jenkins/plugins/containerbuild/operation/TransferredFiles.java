package io.jenkins.plugins.containerbuild.operation;

import io.jenkins.plugins.containerbuild.engine.volume.TransferResult;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What was copied, archived or restored. */
public final class TransferredFiles implements OperationResult {

    private static final long serialVersionUID = 1L;

    private final long files;
    private final long bytes;
    private final long skipped;
    private final long durationMillis;

    private TransferredFiles(TransferResult answer) {
        files = answer.files();
        bytes = answer.bytes();
        skipped = answer.skipped();
        durationMillis = answer.duration().toMillis();
    }

    static TransferredFiles of(TransferResult answer) {
        return new TransferredFiles(answer);
    }

    /** How many files; links count, directories do not. */
    @Whitelisted
    public long getFiles() {
        return files;
    }

    /** Their contents. */
    @Whitelisted
    public long getBytes() {
        return bytes;
    }

    /** Devices, pipes and sockets that were left out. */
    @Whitelisted
    public long getSkipped() {
        return skipped;
    }

    /** How long it took, in milliseconds. */
    @Whitelisted
    public long getDurationMillis() {
        return durationMillis;
    }

    @Override
    public Map<String, String> variables() {
        return Map.of();
    }
}

package io.jenkins.plugins.containerbuild.engine.build.context;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what is sent, altogether and by the context's top directories. Any thread may count and look. Keeps a bounded
 * number of directories: where there are very many, the small ones among them are forgotten.
 */
public final class Tally {

    private static final int LARGEST = 5;
    private static final int MOST_DIRECTORIES = 2048;
    private static final Comparator<DirectorySize> BY_SIZE =
            Comparator.comparingLong(DirectorySize::bytes).reversed().thenComparing(DirectorySize::name);

    private final Map<String, Long> directories = new HashMap<>();
    private long files;
    private long bytes;

    /** A file or link is sent. */
    public synchronized void file() {
        files++;
    }

    /** So many bytes of the file with this path were sent. */
    public synchronized void sent(String path, int count) {
        bytes += count;
        int slash = path.indexOf('/');
        if (slash > 0 && count > 0) {
            directories.merge(path.substring(0, slash), (long) count, Long::sum);
            if (directories.size() > MOST_DIRECTORIES) {
                directories.keySet().retainAll(names(MOST_DIRECTORIES / 2));
            }
        }
    }

    private List<String> names(int most) {
        return sorted(most).stream().map(DirectorySize::name).toList();
    }

    private List<DirectorySize> sorted(int most) {
        return directories.entrySet().stream()
                .map(entry -> new DirectorySize(entry.getKey(), entry.getValue()))
                .sorted(BY_SIZE)
                .limit(most)
                .toList();
    }

    /** What was sent so far. */
    public synchronized ContextTotals totals() {
        return new ContextTotals(files, bytes);
    }

    /** The top directories of which most was sent so far, the largest first; at most five. */
    public synchronized List<DirectorySize> largest() {
        return sorted(LARGEST);
    }
}

package io.jenkins.plugins.containerbuild.engine.build.context;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts what is sent. One thread counts, others may look. */
final class Tally {

    private static final int LARGEST = 5;
    private static final Comparator<DirectorySize> BY_SIZE =
            Comparator.comparingLong(DirectorySize::bytes).reversed();

    private final List<DirectorySize> largest = new ArrayList<>();
    private long files;
    private long bytes;
    private String directory = "";
    private long directoryBytes;

    /** A thing of this path comes next. Those of one directory come one after the other. */
    synchronized void next(ContextEntry entry) {
        if (!entry.isDirectory()) {
            files++;
        }
        int slash = entry.path().indexOf('/');
        String top = slash < 0 ? "" : entry.path().substring(0, slash);
        if (!top.equals(directory)) {
            keep();
            directory = top;
            directoryBytes = 0;
        }
    }

    synchronized void sent(int count) {
        bytes += count;
        directoryBytes += count;
    }

    synchronized ContextTotals totals() {
        return new ContextTotals(files, bytes);
    }

    /** At most five, the largest first. */
    synchronized List<DirectorySize> largest() {
        List<DirectorySize> all = new ArrayList<>(largest);
        addCurrentTo(all);
        return List.copyOf(all.subList(0, Math.min(LARGEST, all.size())));
    }

    private void keep() {
        addCurrentTo(largest);
        if (largest.size() > LARGEST) {
            largest.remove(LARGEST);
        }
    }

    private void addCurrentTo(List<DirectorySize> sizes) {
        if (!directory.isEmpty() && directoryBytes > 0) {
            sizes.add(new DirectorySize(directory, directoryBytes));
            sizes.sort(BY_SIZE);
        }
    }
}

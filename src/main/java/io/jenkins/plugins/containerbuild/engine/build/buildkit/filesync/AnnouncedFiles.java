package io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the regular files that a daemon was told of by their numbers. Keeps about thirty bytes and the name for each, the
 * path of its directory only once.
 */
final class AnnouncedFiles {

    private final List<String> directories = new ArrayList<>();
    private int[] ids = new int[64];
    private int[] directory = new int[64];
    private int[] nameEnd = new int[64];
    private long[] size = new long[64];
    private byte[] names = new byte[1024];
    private int count;

    /**
     * One file.
     *
     * @param path as announced
     * @param size as announced
     */
    record Announced(String path, long size) {}

    /** Remembers a file; the numbers must rise. */
    void add(int id, String path, long bytes) {
        if (count == ids.length) {
            grow();
        }
        int slash = path.lastIndexOf('/');
        ids[count] = id;
        directory[count] = directory(path.substring(0, slash + 1));
        size[count] = bytes;
        addName(path.substring(slash + 1).getBytes(StandardCharsets.UTF_8));
        count++;
    }

    /** The file with this number, or null when there is none. */
    Announced find(int id) {
        int i = Arrays.binarySearch(ids, 0, count, id);
        if (i < 0) {
            return null;
        }
        int start = i == 0 ? 0 : nameEnd[i - 1];
        String name = new String(names, start, nameEnd[i] - start, StandardCharsets.UTF_8);
        return new Announced(directories.get(directory[i]) + name, size[i]);
    }

    private int directory(String path) {
        int last = directories.size() - 1;
        if (last < 0 || !directories.get(last).equals(path)) {
            directories.add(path);
            last++;
        }
        return last;
    }

    private void addName(byte[] name) {
        int start = count == 0 ? 0 : nameEnd[count - 1];
        int end = Math.addExact(start, name.length);
        if (end > names.length) {
            names = Arrays.copyOf(names, Math.max(end, names.length + (names.length >> 1)));
        }
        System.arraycopy(name, 0, names, start, name.length);
        nameEnd[count] = end;
    }

    private void grow() {
        int length = count + (count >> 1);
        ids = Arrays.copyOf(ids, length);
        directory = Arrays.copyOf(directory, length);
        nameEnd = Arrays.copyOf(nameEnd, length);
        size = Arrays.copyOf(size, length);
    }
}

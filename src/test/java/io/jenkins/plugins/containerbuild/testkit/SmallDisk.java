package io.jenkins.plugins.containerbuild.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A file system of one megabyte, for a test that fills it. */
public final class SmallDisk {

    private SmallDisk() {}

    /** Mounts it in a directory that is made for it; skips the test where this user may not. */
    public static Path mount(Path directory) throws Exception {
        Files.createDirectory(directory);
        assumeTrue(
                run(List.of("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", directory.toString())) == 0,
                "only root can mount a small disk");
        return directory;
    }

    /** Ends what {@link #mount} began. */
    public static void unmount(Path directory) throws Exception {
        run(List.of("umount", directory.toString()));
    }

    private static int run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }
}

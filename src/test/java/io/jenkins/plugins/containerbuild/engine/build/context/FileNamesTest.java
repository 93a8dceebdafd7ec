package io.jenkins.plugins.containerbuild.engine.build.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.file.FileNames;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The locale decides when the virtual machine starts, so each test starts one. */
class FileNamesTest {

    @TempDir
    Path directory;

    @BeforeEach
    void writeDockerfile() throws IOException {
        Files.writeString(directory.resolve("Dockerfile"), "FROM scratch\n");
    }

    @Test
    void sendsUnicodeNamesInAUtf8Locale() throws Exception {
        shell("printf x > \"$(printf 'caf\\303\\251')\"; ln -s \"$(printf 'caf\\303\\251')\" link");

        assertThat(namesIn("C.UTF-8")).containsExactly("Dockerfile", "caf\\u00e9", "link -> caf\\u00e9");
    }

    @Test
    void refusesUnicodeNamesInTheCLocale() throws Exception {
        shell("printf x > \"$(printf 'caf\\303\\251')\"");

        assertThat(namesIn("C"))
                .singleElement()
                .asString()
                .contains("of the build context " + directory.toRealPath() + ": its name cannot be read")
                .contains("file name encoding is ANSI_X3.4-1968. Start the agent or the command in a UTF-8 locale");
    }

    @Test
    void refusesLinksToUnicodeNamesInTheCLocale() throws Exception {
        shell("ln -s \"$(printf 'caf\\303\\251')\" link");

        assertThat(namesIn("C")).singleElement().asString().contains("'link'", "the name that the link leads to");
    }

    @Test
    void refusesNamesThatAreNoUtf8() throws Exception {
        shell("printf x > \"$(printf 'caf\\351')\"");

        assertThat(namesIn("C.UTF-8")).singleElement().asString().contains("its name cannot be read");
    }

    @Test
    void passesOverUnreadableNamesThatAreExcluded() throws Exception {
        shell("mkdir latin; printf x > \"$(printf 'latin/caf\\351')\"; printf x > \"$(printf 'caf\\351.tmp')\"");
        Files.writeString(directory.resolve(".dockerignore"), "latin\n*.tmp\n");

        assertThat(namesIn("C.UTF-8")).containsExactly(".dockerignore", "Dockerfile");
    }

    @Test
    void sendsTheReplacementCharacterWhereItStandsOnDisk() throws Exception {
        shell("printf x > \"$(printf '\\357\\277\\275')\"");

        assertThat(namesIn("C.UTF-8")).containsExactly("Dockerfile", "\\ufffd");
    }

    @Test
    void sortsByBytes() {
        List<String> sorted = Stream.of("\uFF5E", "\uD83D\uDE00", "z", "a", "ab", "\u00e9")
                .sorted(FileNames.BY_BYTES)
                .toList();

        assertThat(sorted).containsExactly("a", "ab", "z", "\u00e9", "\uFF5E", "\uD83D\uDE00");
        assertThat(sorted)
                .isSortedAccordingTo((left, right) -> Arrays.compareUnsigned(
                        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8)));
    }

    private void shell(String script) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", script)
                .directory(directory.toFile())
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private List<String> namesIn(String locale) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Lister.class.getName(),
                directory.toString());
        builder.environment().put("LC_ALL", locale);
        builder.redirectErrorStream(true);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output.lines().toList();
    }

    /** Prints what a context's archive has inside, in ASCII, or why there is none. */
    static final class Lister {

        private Lister() {}

        public static void main(String[] arguments) {
            try {
                Tree.read(new Tree(new File(arguments[0]).toPath()).tar()).forEach((name, entry) -> {
                    String target = entry.header().getLinkName();
                    System.out.println(ascii(target.isEmpty() ? name : name + " -> " + target));
                });
            } catch (IOException | UncheckedIOException e) {
                System.out.println(e.getMessage());
            } catch (Exception e) {
                e.printStackTrace();
            }
        }

        private static String ascii(String text) {
            StringBuilder out = new StringBuilder();
            for (char c : text.toCharArray()) {
                out.append(c < 128 ? String.valueOf(c) : String.format("\\u%04x", (int) c));
            }
            return out.toString();
        }
    }
}

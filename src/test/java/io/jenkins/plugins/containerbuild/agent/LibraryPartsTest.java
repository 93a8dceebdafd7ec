package io.jenkins.plugins.containerbuild.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryPartsTest {

    @TempDir
    private Path folder;

    private Path target;

    @BeforeEach
    void makeTarget() throws IOException {
        target = Files.createDirectory(folder.resolve("parts"));
    }

    @Test
    void partsHaveTheClassesOfJarsAndFolders() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes/org/one"));
        Files.writeString(classes.resolve("Own.class"), "own");

        List<Path> parts = pack(
                folder.resolve("classes").toFile(),
                jar("a.jar", Map.of("org/two/A.class", "a".repeat(5000), "org/two/names.txt", "names")),
                jar("b.jar", Map.of("org/three/B.class", "")));

        assertThat(parts).hasSize(1);
        assertThat(contents(parts))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "org/one/Own.class",
                        "own",
                        "org/two/A.class",
                        "a".repeat(5000),
                        "org/two/names.txt",
                        "names",
                        "org/three/B.class",
                        ""));
    }

    @Test
    void theFirstSourceGivesAClass() throws IOException {
        assertThat(contents(pack(jar("a.jar", Map.of("A.class", "first")), jar("b.jar", Map.of("A.class", "second")))))
                .containsExactly(Map.entry("A.class", "first"));
    }

    @Test
    void whatAgentsHaveNoUseForStaysBehind() throws IOException {
        Map<String, String> content = new LinkedHashMap<>();
        for (String name : List.of(
                "META-INF/MANIFEST.MF",
                "META-INF/services/org.Service",
                "META-INF/versions/21/A.class",
                "module-info.class",
                "linux/amd64/libzstd.so",
                "win/zstd.dll",
                "darwin/libzstd.dylib",
                "org/Page/config.jelly",
                "org/Page/help-name.html")) {
            content.put(name, "content");
        }
        content.put("A.class", "content");

        assertThat(contents(pack(jar("a.jar", content)))).containsOnlyKeys("A.class");
    }

    @Test
    void aLargeLibraryComesInSeveralParts() throws IOException {
        Map<String, String> content = new LinkedHashMap<>();
        Random random = new Random(1);
        for (int i = 0; i < 60; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(50_000, 'a', 'z').forEach(letter -> text.append((char) letter));
            random.ints(50_000, 'A', 'Z').forEach(letter -> text.append((char) letter));
            content.put("A" + i + ".class", text.toString());
        }

        List<Path> parts = pack(jar("a.jar", content));

        assertThat(parts).hasSizeBetween(2, 3);
        assertThat(parts).allSatisfy(part -> assertThat(part).isNotEmptyFile());
        assertThat(contents(parts)).containsExactlyInAnyOrderEntriesOf(content);
    }

    private List<Path> pack(File... sources) throws IOException {
        return LibraryParts.pack(List.of(sources), target);
    }

    private File jar(String name, Map<String, String> content) throws IOException {
        Path jar = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> entry : content.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(UTF_8));
                out.closeEntry();
            }
        }
        return jar.toFile();
    }

    private static Map<String, String> contents(List<Path> parts) throws IOException {
        Map<String, String> contents = new LinkedHashMap<>();
        for (Path part : parts) {
            try (JarFile file = new JarFile(part.toFile())) {
                for (JarEntry entry : file.stream().toList()) {
                    try (InputStream in = file.getInputStream(entry)) {
                        assertThat(contents.put(entry.getName(), new String(in.readAllBytes(), UTF_8)))
                                .isNull();
                    }
                }
            }
        }
        return contents;
    }
}

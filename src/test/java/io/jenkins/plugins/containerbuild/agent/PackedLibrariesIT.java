package io.jenkins.plugins.containerbuild.agent;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class PackedLibrariesIT {

    @Test
    void agentsGetWholeLibrariesAgainAfterTheirFilesWereSweptAway(JenkinsRule rule) throws IOException {
        PackedLibraries libraries = ExtensionList.lookupSingleton(PackedLibraries.class);
        List<Path> parts = libraries.parts();
        Set<String> packed = names(parts);
        assertThat(packed)
                .contains(
                        "com/github/dockerjava/core/DockerClientImpl.class",
                        "com/google/common/base/Preconditions.class",
                        "com/github/luben/zstd/ZstdInputStream.class",
                        "org/slf4j/jul/JULServiceProvider.class")
                .noneMatch(name -> name.endsWith(".so") || name.endsWith(".jelly"));
        assertThat(libraries.parts()).isEqualTo(parts);

        Files.delete(parts.get(0));

        assertThat(names(libraries.parts())).isEqualTo(packed);
    }

    private static Set<String> names(List<Path> parts) throws IOException {
        Set<String> names = new HashSet<>();
        for (Path part : parts) {
            try (JarFile file = new JarFile(part.toFile())) {
                file.stream().forEach(entry -> names.add(entry.getName()));
            }
        }
        return names;
    }
}

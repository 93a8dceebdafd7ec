package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.testkit.DockerCommand;
import io.jenkins.plugins.containerbuild.testkit.ImageArchive;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Builds each Dockerfile of the corpus with the engine and with the docker command's own BuildKit client, on the same
 * daemon without its cache, and expects the same image of both. Subclasses name the daemon and, in a method {@code cases},
 * the corpora.
 */
abstract class ReferenceBuilds {

    @TempDir
    Path folder;

    /** The cases in folders of this package's resources. */
    static Stream<Path> casesIn(String... corpora) throws Exception {
        List<Path> cases = new ArrayList<>();
        for (String corpus : corpora) {
            Path folder = Path.of(ReferenceBuilds.class.getResource(corpus).toURI());
            try (Stream<Path> found = Files.list(folder)) {
                found.sorted().forEach(cases::add);
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void buildsWhatTheDockerCommandBuilds(Path source, TestEngine daemon) throws Exception {
        DockerCommand docker = DockerCommand.fitting(daemon);
        String image = "corpus-" + source.getFileName();
        try (ReferenceCase reference = ReferenceCase.in(folder, source);
                EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            Instant begin = Instant.now().minusSeconds(60);

            docker.run(daemon, reference.command(image + ":docker"));
            under.engine().build(reference.request(image + ":ours"));

            ImageArchive expected = ImageArchive.of(daemon, image + ":docker", folder.resolve("docker"), begin);
            ImageArchive actual = ImageArchive.of(daemon, image + ":ours", folder.resolve("ours"), begin);
            assertThat(actual.configuration()).isEqualTo(expected.configuration());
            assertThat(actual.layers()).hasSameSizeAs(expected.layers());
            for (int i = 0; i < actual.layers().size(); i++) {
                assertThat(actual.layers().get(i))
                        .as("layer " + i)
                        .containsExactlyElementsOf(expected.layers().get(i));
            }
        }
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.testkit.DockerCommand;
import io.jenkins.plugins.containerbuild.testkit.ImageArchive;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Builds each Dockerfile of the corpus with the engine and with the docker command's own BuildKit client, on the same
 * daemon without its cache, and expects the same image of both. A file {@code options} in a case's folder has lines like
 * {@code build-arg A=1}. Subclasses name the daemon and, in a method {@code cases}, the corpora.
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
        DockerCommand docker = DockerCommand.withBuildKit();
        Path context = Files.createDirectories(folder.resolve("context"));
        copy(source, context);
        Options options = Options.of(context);
        CorpusContext.fill(context);
        Instant begin = Instant.now().minusSeconds(60);
        String image = "corpus-" + source.getFileName();

        docker.run(daemon, options.command(context, image + ":docker"));
        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            under.engine().build(options.request(context, image + ":ours"));
        }

        ImageArchive expected = ImageArchive.of(daemon, image + ":docker", folder.resolve("docker"), begin);
        ImageArchive actual = ImageArchive.of(daemon, image + ":ours", folder.resolve("ours"), begin);
        assertThat(actual.configuration()).isEqualTo(expected.configuration());
        assertThat(actual.layers()).isEqualTo(expected.layers());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }

    /** What a case says of how it is to be built, for the two sides. */
    private record Options(List<String[]> lines) {

        static Options of(Path context) throws IOException {
            Path file = context.resolve("options");
            List<String[]> lines = new ArrayList<>();
            if (Files.exists(file)) {
                Files.readAllLines(file).forEach(line -> lines.add(line.split(" ", 2)));
                Files.delete(file);
            }
            return new Options(lines);
        }

        List<String> command(Path context, String tag) {
            List<String> command = new ArrayList<>(List.of("build", "-q", "--no-cache", "-t", tag));
            for (String[] line : lines) {
                if (line[0].equals("file")) {
                    command.addAll(List.of("--file", context.resolve(line[1]).toString()));
                } else {
                    command.addAll(List.of("--" + line[0], line[1]));
                }
            }
            command.add(context.toString());
            return command;
        }

        BuildRequest request(Path context, String tag) {
            BuildRequest.Builder request =
                    BuildRequest.of(context.toString()).noCache(true).tags(List.of(ImageReference.parse(tag)));
            for (String[] line : lines) {
                String[] pair = line[1].split("=", 2);
                switch (line[0]) {
                    case "build-arg" -> request.buildArgs(Map.of(pair[0], pair[1]));
                    case "label" -> request.labels(Map.of(pair[0], pair[1]));
                    case "target" -> request.target(line[1]);
                    case "file" -> request.file(line[1]);
                    default -> throw new IllegalArgumentException("unknown option " + line[0]);
                }
            }
            return request.build();
        }
    }
}

package io.jenkins.plugins.containerbuild.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Docker Compose 2 as Debian 13 has it, as a plugin in a configuration folder of the test's own, so that no other one of this
 * machine is found before it.
 */
public final class TestCompose {

    private final Path program;
    private final Path configuration;

    private TestCompose(Path program, Path configuration) {
        this.program = program;
        this.configuration = configuration;
    }

    /**
     * Finds it.
     *
     * @throws org.opentest4j.TestAbortedException when it is not there; says how to get it
     */
    public static TestCompose find() {
        Path program = Path.of(ScriptRun.run(Project.script("compose"), "path"));
        Path configuration = Project.newFolder("compose");
        try {
            Path plugins = Files.createDirectory(configuration.resolve("cli-plugins"));
            Files.createSymbolicLink(plugins.resolve("docker-compose"), program);
        } catch (IOException e) {
            throw new UncheckedIOException("could not write to " + configuration, e);
        }
        return new TestCompose(program, configuration);
    }

    /** The program itself. */
    public Path program() {
        return program;
    }

    /** The variables by which it is found. */
    public Map<String, String> variables() {
        return Map.of("DOCKER_CONFIG", configuration.toString());
    }
}

package io.jenkins.plugins.containerbuild.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A machine of an agent's own: the programs of this machine with accounts, groups and a sudo apart, seen by one unprivileged
 * user. An engine's folder is {@code /run/engine} there, this object's {@code /run/agent}. See {@code dev/agent}.
 */
public final class AgentMachine implements AutoCloseable {

    /** The address of the engine's socket, as the machine sees it. */
    public static final String ENGINE = "unix:///run/engine/engine.sock";

    private static final int CANNOT_HAVE = 3;
    private static final int PATIENCE_SECONDS = 180;

    private final Path folder;
    private final Map<String, String> settings;

    private AgentMachine(Path folder, Map<String, String> settings) {
        this.folder = folder;
        this.settings = settings;
    }

    /**
     * What a command left behind.
     *
     * @param code its exit code
     * @param out what it printed on standard output
     * @param err what it printed on standard error
     */
    public record Run(int code, String out, String err) {}

    /**
     * Makes one with the users jenkins (1000) and builder (1001), whom sudo asks for a password.
     *
     * @throws org.opentest4j.TestAbortedException when this machine cannot have it; says what is missing
     */
    public static AgentMachine furnish() {
        AgentMachine machine = new AgentMachine(Project.newFolder("agent"), Map.of());
        Run run = machine.script(List.of("furnish", machine.folder.toString()));
        if (run.code() == CANNOT_HAVE) {
            throw new Unavailable(run.err().strip());
        }
        if (run.code() != 0) {
            throw new IllegalStateException(run.err());
        }
        return machine;
    }

    /** The same machine without some programs of {@code /usr/bin} and {@code /usr/sbin}. */
    public AgentMachine without(String... programs) {
        return with("AGENT_WITHOUT", String.join(" ", programs));
    }

    /**
     * The same machine where a program of {@code /usr/bin} or {@code /usr/sbin} does its work and then kills the Java
     * process that has it run, directly or through sudo.
     */
    public AgentMachine killedAfter(String program) {
        Path programs = folder.resolve("programs");
        try {
            Files.createDirectories(programs);
            for (String place : List.of("/usr/bin/", "/usr/sbin/")) {
                if (Files.isExecutable(Path.of(place + program))) {
                    Files.copy(
                            Path.of(place + program),
                            programs.resolve(program + ".real"),
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Path killer = Files.writeString(programs.resolve(program), """
                    #!/bin/sh
                    /run/agent/programs/%s.real "$@" || exit
                    pid=$PPID
                    while [ "$(cat /proc/$pid/comm)" != java ]; do
                      pid=$(cut -d ' ' -f 4 /proc/$pid/stat)
                    done
                    kill -9 $pid
                    """.formatted(program));
            Files.setPosixFilePermissions(killer, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return with("AGENT_REPLACED", program);
    }

    /** The same machine with the engine's folder mounted read-only. */
    public AgentMachine readOnly() {
        return with("AGENT_READ_ONLY", "1");
    }

    /** The same machine with the engine's socket where everybody looks, {@code /var/run/docker.sock}. */
    public AgentMachine withUsualSocket() {
        return with("AGENT_USUAL_SOCKET", "1");
    }

    /** The same machine for another of its users. */
    public AgentMachine as(String user) {
        return with("AGENT_USER", user);
    }

    private AgentMachine with(String setting, String value) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(setting, value);
        return new AgentMachine(folder, all);
    }

    /** Where it keeps its files; {@code /run/agent} for its users. */
    public Path folder() {
        return folder;
    }

    /** What sudo allows without a password from now on, as in {@code sudoers(5)}: {@code jenkins ALL=(root) NOPASSWD: ALL}. */
    public void sudoers(String... lines) {
        write("etc/sudoers.d/tests", List.of(lines));
        try {
            Files.setPosixFilePermissions(
                    folder.resolve("etc/sudoers.d/tests"), PosixFilePermissions.fromString("r--r-----"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of {@code /etc/group}. */
    public List<String> groups() {
        try {
            return Files.readAllLines(folder.resolve("etc/group"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a line to {@code /etc/group}. */
    public void addGroup(String line) {
        List<String> lines = new ArrayList<>(groups());
        lines.add(line);
        write("etc/group", lines);
    }

    /** Adds a line, as in {@code /etc/group}, to the groups that the system knows from somewhere else, such as LDAP. */
    public void addDirectoryGroup(String line) {
        write("directory/group", List.of(line));
    }

    private void write(String file, List<String> lines) {
        try {
            Files.write(folder.resolve(file), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command as the machine's user, in {@code /run/agent}. */
    public Run run(Path engineFolder, List<String> command) {
        return script(arguments(engineFolder, command));
    }

    /** What starts a command as the machine's user, for somebody else to run. */
    public List<String> command(Path engineFolder, List<String> command) {
        List<String> all = new ArrayList<>(List.of(Project.script("agent").toString()));
        all.addAll(arguments(engineFolder, command));
        return all;
    }

    private List<String> arguments(Path engineFolder, List<String> command) {
        List<String> all = new ArrayList<>(List.of("run", folder.toString(), engineFolder.toString()));
        all.addAll(command);
        return all;
    }

    private Run script(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Project.script("agent").toString()));
        command.addAll(arguments);
        try {
            Path out = Files.createTempFile(folder, "out", ".txt");
            Path err = Files.createTempFile(folder, "err", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(settings);
            builder.environment().keySet().removeIf(name -> name.startsWith("DOCKER_"));
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("did not end in time: " + command);
            }
            return new Run(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("could not run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command, e);
        }
    }

    @Override
    public void close() {
        Project.delete(folder);
    }
}

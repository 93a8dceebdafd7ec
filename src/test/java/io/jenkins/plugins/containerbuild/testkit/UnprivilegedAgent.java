package io.jenkins.plugins.containerbuild.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The user {@code jenkins} (1000) of a machine with accounts of its own, who may do nothing that root may. Sees the folder
 * of an engine's socket as {@code /run/engine}. See the first lines of {@code dev/agent}.
 */
public final class UnprivilegedAgent {

    /** What the user finds at {@code /run/agent}. */
    private final Path folder;

    private final Path engine;

    private UnprivilegedAgent(Path folder, Path engine) {
        this.folder = folder;
        this.engine = engine;
    }

    /** Makes the machine in a new folder, with a sudo that asks for a password. */
    public static UnprivilegedAgent in(Path folder, TestEngine engine) {
        ScriptRun.run(Project.script("agent"), "prepare");
        ScriptRun.run(Project.script("agent"), "furnish", folder.toString());
        Path sockets = Path.of(engine.uri().getPath()).toAbsolutePath().getParent();
        try {
            // Temporary folders are their owner's alone; /run, which this one stands for, is everybody's to enter.
            Files.setPosixFilePermissions(sockets, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException("could not open " + sockets, e);
        }
        return new UnprivilegedAgent(folder, sockets);
    }

    /** Lets the user become root without a password. */
    public UnprivilegedAgent withSudo() {
        Path rule = folder.resolve("etc/sudoers.d/jenkins");
        try {
            Files.writeString(rule, "jenkins ALL=(root) NOPASSWD: ALL\n");
        } catch (IOException e) {
            throw new UncheckedIOException("could not write " + rule, e);
        }
        return this;
    }

    /** The engine's address, as the user sees it. */
    public String uri() {
        return "unix:///run/engine/engine.sock";
    }

    /** Where the user may write. */
    public String home() {
        return "/run/agent/home";
    }

    /** Puts a file where the user sees it, and says where that is. */
    public String give(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            Files.copy(file, folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("could not copy " + file, e);
        }
        return "/run/agent/" + name;
    }

    /** What starts a program there as the user. */
    public List<String> command(String... program) {
        List<String> command = new ArrayList<>(
                List.of(Project.script("agent").toString(), "run", folder.toString(), engine.toString()));
        command.addAll(List.of(program));
        return command;
    }
}

package io.jenkins.plugins.containerbuild.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The engine of the Container Build plugin as a command line. Options are spelled as the docker CLI spells them. Exit
 * codes: 0 done, 1 failed (the reason is on standard error), 2 wrong usage.
 */
@Command(
        name = "container-build",
        description =
                "Builds, tags, pushes and pulls container images through the Docker Engine's API, merges, copies and deletes them in"
                        + " registries, runs containers, keeps volumes, and brings up projects of Docker Compose.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            BuildCommand.class,
            TagCommand.class,
            PushCommand.class,
            PullCommand.class,
            MergeCommand.class,
            CopyCommand.class,
            ImagesCommand.class,
            DeleteCommand.class,
            TagsCommand.class,
            InspectCommand.class,
            InfoCommand.class,
            SocketCommand.class,
            RunCommand.class,
            VolumeCommand.class,
            ComposeCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main {

    private static final int CLEARING_SECONDS = 10;

    @Option(
            names = {"-H", "--host"},
            paramLabel = "URI",
            scope = ScopeType.INHERIT,
            description = "The daemon: unix:///var/run/docker.sock, tcp://host:2376. Default: DOCKER_HOST,"
                    + " DOCKER_CONTEXT, else the first usable socket.")
    private String host;

    private final PrintStream out;
    private final PrintStream err;

    private Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Standard output, for what is no text. */
    PrintStream out() {
        return out;
    }

    /** Standard error, for what is no text. */
    PrintStream err() {
        return err;
    }

    /** The daemon's address; null for that of the environment. */
    String host() {
        return host;
    }

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        // The libraries' own chatter (about proxies, retries, native code) is no business of whoever reads a build log.
        Logger.getLogger("").setLevel(Level.WARNING);
        CountDownLatch ended = new CountDownLatch(1);
        clearAwayWhenTold(ended);
        int code;
        try {
            code = run(System.out, System.err, arguments);
        } finally {
            ended.countDown();
        }
        System.exit(code);
    }

    /** Ctrl-C and SIGTERM interrupt the command, which has a moment to stop the daemon's work and remove what it made. */
    private static void clearAwayWhenTold(CountDownLatch ended) {
        Thread work = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            work.interrupt();
            try {
                if (!ended.await(CLEARING_SECONDS, TimeUnit.SECONDS)) {
                    System.err.println("ERROR: could not clear away within " + CLEARING_SECONDS + " seconds");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    /** Runs one command; for tests. */
    static int run(PrintStream out, PrintStream err, String... arguments) {
        CommandLine command = new CommandLine(new Main(out, err));
        command.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        command.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        command.setExpandAtFiles(false);
        // What follows the image is the container's command, whatever it looks like.
        command.getSubcommands().get("run").setStopAtPositional(true);
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setParameterExceptionHandler(Main::explain);
        return command.execute(arguments);
    }

    /** What is wrong, and where to read on: a page of options behind it would push it out of sight. */
    private static int explain(CommandLine.ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("ERROR: " + wrong.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
        if (command.getParent() == null) {
            command.usage(err);
        } else {
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"container-build " + (version == null ? "(development)" : version)};
        }
    }
}

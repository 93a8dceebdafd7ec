package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildFailedException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.image.InvalidReferenceException;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What all commands share: finding the daemon and the registries, events on standard error, the result on standard
 * output, one message and exit code 1 for a failure.
 */
@Command(
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        abbreviateSynopsis = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed; the reason is on standard error", "2:wrong usage"})
abstract class EngineCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON document on standard output, all else on standard error.")
    private boolean json;

    @ArgGroup(validate = false, heading = "%nRegistries:%n")
    private final RegistryOptions registryOptions = new RegistryOptions();

    /** Reads arguments that can be wrong before anybody is contacted. */
    abstract void prepare(Registries registries) throws EngineException;

    /** The names that the command pushes to or pulls from; a login given on the command line is for their registry. */
    List<ImageReference> remoteNames() {
        return List.of();
    }

    @Override
    public final Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter out = spec.commandLine().getOut();
        try {
            Report report = report(err);
            String text = json ? report.json().toPrettyString() : report.text();
            if (text != null) {
                out.println(text);
            }
            return report.exitCode();
        } catch (EngineException e) {
            err.println("ERROR: " + e.getMessage());
            if (json) {
                out.println(failure(e).toPrettyString());
            }
            return e instanceof UsageException ? spec.exitCodeOnInvalidInput() : failed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            err.println("ERROR: interrupted; the daemon was told to stop");
            return failed();
        }
    }

    private int failed() {
        return spec.exitCodeOnExecutionException();
    }

    /** The whole command line. */
    final Main main() {
        return (Main) spec.root().userObject();
    }

    /** Whether one document is all that standard output gets. */
    final boolean isJson() {
        return json;
    }

    private Report report(PrintWriter err) throws EngineException, InterruptedException {
        Registries configured = registryOptions.configured();
        prepare(configured);
        Registries registries = registryOptions.withLogin(configured, remoteNames());
        EndpointRequest endpoint = new EndpointRequest(main().host(), null, System.getenv());
        return open(endpoint, registries, registryOptions.credentials(), event -> tell(event, err));
    }

    /** Opens what the command works on, does the work there, and returns the document that tells of it. */
    abstract Report open(
            EndpointRequest endpoint, Registries registries, CredentialsSource credentials, EngineListener listener)
            throws EngineException, InterruptedException;

    private static void tell(EngineEvent event, PrintWriter err) {
        String text = EventText.of(event);
        if (text != null) {
            err.println(text);
        }
    }

    private static ObjectNode failure(EngineException e) {
        ObjectNode document = Report.object();
        ObjectNode error = document.putObject("error")
                .put("what", e.what())
                .put("why", e.why())
                .put("advice", e.advice())
                .put("message", e.getMessage());
        if (e instanceof BuildFailedException failed) {
            error.put("instruction", failed.instruction());
            error.put("exitCode", failed.exitCode());
            if (failed.excerpt() != null) {
                error.put("file", failed.excerpt().file())
                        .put("line", failed.excerpt().from());
            }
        }
        return document;
    }

    static List<ImageReference> references(Registries registries, List<String> names) throws EngineException {
        List<ImageReference> references = new ArrayList<>();
        for (String name : names) {
            references.add(registries.parse(name));
        }
        return references;
    }

    /** Names that tags are put behind; a registry knows them in small letters alone. */
    static List<ImageReference> images(Registries registries, List<String> names) throws EngineException {
        return references(
                registries,
                names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
    }

    static ImageSelector image(Registries registries, String text) throws InvalidRequestException {
        try {
            String domain =
                    registries.filling().map(RegistryEntry::domainWithPrefix).orElse(null);
            return ImageSelector.parse(text, domain);
        } catch (InvalidReferenceException e) {
            throw new InvalidRequestException(
                    "could not read the image", e.getMessage(), "Give an image id or a name", e);
        }
    }

    static Platform platform(String text) throws InvalidRequestException {
        try {
            return text == null ? null : Platform.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(
                    "could not read the platform '" + text + "'", e.getMessage(), "Write for example linux/arm64", e);
        }
    }
}

package io.jenkins.plugins.containerbuild.engine;

import io.jenkins.plugins.containerbuild.engine.build.buildkit.session.SessionRehearsal;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointProbe;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.nio.file.Files;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Does what a build begins with, and nothing else: whoever builds first in a JVM that has just started then does not wait
 * until some thousand classes are loaded. It asks the daemon two small questions, and changes nothing.
 */
public final class Rehearsal {

    /** An image that no daemon has. */
    private static final Digest NONE = Digest.parse("sha256:" + "0".repeat(64));

    private final EndpointRequest endpoint;

    private Rehearsal(EndpointRequest endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Rehearses, if there may be a daemon.
     *
     * @param endpoint which daemon
     * @throws EngineException when none answers
     * @throws InterruptedException when the thread was interrupted
     */
    public static void of(EndpointRequest endpoint) throws EngineException, InterruptedException {
        if (EndpointProbe.of(endpoint).stream().anyMatch(Rehearsal::mayAnswer)) {
            new Rehearsal(endpoint).run();
        }
    }

    private static boolean mayAnswer(EndpointProbe probe) {
        return probe.socket() == null || Files.isWritable(probe.socket());
    }

    /** Both halves at the same time, as they load different libraries. */
    private void run() throws EngineException, InterruptedException {
        FutureTask<Void> session = new FutureTask<>(() -> {
            SessionRehearsal.run();
            return null;
        });
        Thread thread = new Thread(session, "container engine rehearsal");
        thread.setDaemon(true);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
        try {
            askDaemon();
            session.get();
        } catch (ExecutionException e) {
            throw new EngineException(
                    "could not rehearse a session", e.getCause().toString(), "", e.getCause());
        } finally {
            session.cancel(true);
            thread.join();
        }
    }

    private void askDaemon() throws EngineException, InterruptedException {
        try (ContainerEngine engine =
                ContainerEngine.open(endpoint, Registries.none(), CredentialsSource.ANONYMOUS, event -> {})) {
            engine.inspect(ImageSelector.ofId(NONE));
        } catch (InvalidRequestException e) {
            // As expected: there is no such image.
        }
    }
}

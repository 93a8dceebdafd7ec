package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.AbilityProbe;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.BuilderAbilities;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitChannel;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitEndpoint;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitRefusedException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.Workers;
import java.io.IOException;
import java.io.InterruptedIOException;

/**
 * A connection over which the daemon has answered once.
 *
 * @param channel the connection
 * @param daemon what the daemon can do
 */
record AnsweredChannel(BuildKitChannel channel, BuilderAbilities daemon) implements AutoCloseable {

    /**
     * Connects, and once more where the connection is lost before the first answer: Engines hang up on whoever needs ten
     * seconds for the first words (golang.org/x/net/http2, prefaceTimeout), as an agent may that gets its classes meanwhile.
     * The second time it has them.
     *
     * @throws BuildKitRefusedException when the daemon offers no BuildKit
     * @throws EngineException when the daemon does not answer as a BuildKit should
     * @throws IOException when the connection fails twice
     * @throws InterruptedException when the thread was interrupted
     */
    static AnsweredChannel open(BuildKitEndpoint endpoint, Workers workers)
            throws EngineException, IOException, InterruptedException {
        try {
            return ask(endpoint, workers);
        } catch (BuildKitRefusedException | InterruptedIOException e) {
            throw e;
        } catch (IOException lost) {
            return ask(endpoint, workers);
        }
    }

    private static AnsweredChannel ask(BuildKitEndpoint endpoint, Workers workers)
            throws EngineException, IOException, InterruptedException {
        BuildKitChannel channel = BuildKitChannel.open(endpoint, workers);
        boolean answered = false;
        try {
            AnsweredChannel open = new AnsweredChannel(channel, new AbilityProbe(endpoint).ask(channel));
            answered = true;
            return open;
        } finally {
            if (!answered) {
                channel.close();
            }
        }
    }

    @Override
    public void close() {
        channel.close();
    }
}

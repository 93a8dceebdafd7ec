package io.jenkins.plugins.containerbuild.engine.build.buildkit.transport;

import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderDialer;
import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderLostException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DuplexStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/** A BuildKit daemon of its own, on this machine or another one. */
public final class RemoteBuildKit implements BuildKitEndpoint {

    private final BuilderDialer dialer;
    private final AtomicReference<Closeable> dialling = new AtomicReference<>();

    /** @param dialer to the daemon */
    public RemoteBuildKit(BuilderDialer dialer) {
        this.dialer = dialer;
    }

    @Override
    public DuplexStream connect() throws IOException {
        return dialer.dial(dialling::set);
    }

    /** Ends a {@link #connect()} that another thread waits in; also the connection that it made. */
    public void abandon() {
        Closeable begun = dialling.get();
        if (begun != null) {
            try {
                begun.close();
            } catch (IOException e) {
                System.getLogger(RemoteBuildKit.class.getName())
                        .log(System.Logger.Level.DEBUG, "giving up a connection to a builder failed", e);
            }
        }
    }

    /** The address. */
    public String uri() {
        return dialer.uri();
    }

    @Override
    public String name() {
        return "builder at " + dialer.uri();
    }

    @Override
    public BuilderLostException lost(IOException cause) {
        return dialer.lost(cause);
    }

    /** It cannot be used, which was noticed before a build was given to it. */
    BuilderLostException unusable(Throwable cause) {
        return dialer.unusable(cause);
    }

    /** As {@link #unusable(Throwable)}, for a reason that is known. */
    BuilderLostException unusable(String why, String advice) {
        return dialer.unusable(why, advice);
    }
}

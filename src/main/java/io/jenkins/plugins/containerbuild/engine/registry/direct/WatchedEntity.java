package io.jenkins.plugins.containerbuild.engine.registry.direct;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** A request's body that tells how it gets on its way. */
final class WatchedEntity extends HttpEntityWrapper {

    private final Watchdog.Watch watch;

    WatchedEntity(HttpEntity body, Watchdog.Watch watch) {
        super(body);
        this.watch = watch;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        super.writeTo(new FilterOutputStream(out) {
            @Override
            public void write(int one) throws IOException {
                out.write(one);
                watch.moved();
            }

            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                out.write(bytes, from, count);
                watch.moved();
            }
        });
    }
}

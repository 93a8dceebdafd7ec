package io.jenkins.plugins.containerbuild.engine.build.buildkit.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.BytesMessage;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How sure one can be that a daemon has forgotten a session. */
class SessionTunnelTest {

    private final SessionTunnel tunnel = new SessionTunnel();

    @Test
    void theDaemonHasForgottenItOnceItHasEndedTheCall() {
        Call call = begin(() -> CompletableFuture.runAsync(tunnel::onCompleted));

        tunnel.close();

        assertThat(tunnel.hasEnded()).isTrue();
        assertThat(call.cancelled).isFalse();
    }

    @Test
    void nobodyKnowsWhereTheConnectionWasLost() {
        begin(() -> {});
        tunnel.onError(Status.UNAVAILABLE.asRuntimeException());

        tunnel.close();

        assertThat(tunnel.hasEnded()).isFalse();
    }

    @Test
    void nobodyKnowsWhereTheCallHadToBeCancelled() {
        Call call = begin(() -> {});
        Thread.currentThread().interrupt();

        tunnel.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(call.cancelled).isTrue();
        assertThat(tunnel.hasEnded()).isFalse();
    }

    private Call begin(Runnable whenHalfClosed) {
        Call call = new Call(whenHalfClosed);
        tunnel.beforeStart(call);
        return call;
    }

    /** A call that tells of its cancellation, as gRPC's do. */
    private final class Call extends ClientCallStreamObserver<BytesMessage> {

        private final Runnable whenHalfClosed;
        private boolean cancelled;

        Call(Runnable whenHalfClosed) {
            this.whenHalfClosed = whenHalfClosed;
        }

        @Override
        public void onCompleted() {
            whenHalfClosed.run();
        }

        @Override
        public void cancel(String message, Throwable cause) {
            cancelled = true;
            tunnel.onError(Status.CANCELLED.asRuntimeException());
        }

        @Override
        public void onNext(BytesMessage message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void onError(Throwable cause) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setOnReadyHandler(Runnable handler) {
            // always ready
        }

        @Override
        public void disableAutoInboundFlowControl() {
            // nothing is received
        }

        @Override
        public void disableAutoRequestWithInitial(int count) {
            // nothing is received
        }

        @Override
        public void request(int count) {
            // nothing is received
        }

        @Override
        public void setMessageCompression(boolean enable) {
            // nothing is sent
        }
    }
}

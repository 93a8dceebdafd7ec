package io.jenkins.plugins.containerbuild.testkit;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Which requests a {@link FaultProxy} spoils, and how. Made by {@link FaultProxy#on}. */
public final class FaultRule {
    private final String method;
    private final String pathPart;
    private final int from;
    private final int until;
    private final Fault fault;
    private final AtomicInteger seen = new AtomicInteger();

    private FaultRule(Times times, int from, int until, Fault fault) {
        method = times.method;
        pathPart = times.pathPart;
        this.from = from;
        this.until = until;
        this.fault = fault;
    }

    /** Whether the request is one to spoil; counts it when it matches. */
    boolean appliesTo(String requestMethod, String path) {
        if (!(method.equals("*") || method.equals(requestMethod)) || !path.contains(pathPart)) {
            return false;
        }
        int number = seen.getAndIncrement();
        return number >= from && number < until;
    }

    Fault fault() {
        return fault;
    }

    /** Which of the matching requests. */
    public static final class Times {
        private final String method;
        private final String pathPart;
        private final Consumer<FaultRule> rules;
        private final CountDownLatch closing;

        Times(String method, String pathPart, Consumer<FaultRule> rules, CountDownLatch closing) {
            this.method = method;
            this.pathPart = pathPart;
            this.rules = rules;
            this.closing = closing;
        }

        /** All of them. */
        public How always() {
            return new How(this, 0, Integer.MAX_VALUE);
        }

        /** The first {@code count} of them. */
        public How first(int count) {
            return new How(this, 0, count);
        }

        /** Only the {@code number}-th of them, counted from 1. */
        public How onlyNumber(int number) {
            return new How(this, number - 1, number);
        }
    }

    /** What happens to them. */
    public static final class How {
        private final Times times;
        private final int from;
        private final int until;

        private How(Times times, int from, int until) {
            this.times = times;
            this.from = from;
            this.until = until;
        }

        /** An answer in the shape of registries' errors, with no advice in it. */
        public void answer(int status) {
            answer(
                    status,
                    Map.of(),
                    "application/json",
                    "{\"errors\":[{\"code\":\"UNKNOWN\",\"message\":\"spoilt\"}]}");
        }

        /** An answer as web servers in front of a registry give it. */
        public void answerHtml(int status) {
            answer(status, Map.of(), "text/html", "<html><body><h1>This is not a registry</h1></body></html>");
        }

        /** An answer of one's own. */
        public void answer(int status, Map<String, String> headers, String contentType, String body) {
            add(Fault.answer(status, headers, contentType, body));
        }

        /** The connection ends, without an answer, once this much of the request's body has come. */
        public void cutRequestAfter(long bytes) {
            add(Fault.cutRequestAfter(bytes));
        }

        /** The connection ends once this much of the answer's body was passed back. */
        public void cutResponseAfter(long bytes) {
            add(Fault.cutResponseAfter(bytes));
        }

        /** The request is passed on only after a while. */
        public void delay(Duration duration) {
            CountDownLatch closing = times.closing;
            add((exchange, forwarder) -> {
                if (!closing.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                    Fault.NONE.apply(exchange, forwarder);
                }
            });
        }

        /** The request waits until the test lets it go on: for tests that want to do something just then. */
        public Held hold() {
            Held held = new Held();
            add((exchange, forwarder) -> {
                held.reached.countDown();
                held.released.await();
                Fault.NONE.apply(exchange, forwarder);
            });
            return held;
        }

        private void add(Fault fault) {
            times.rules.accept(new FaultRule(times, from, until, fault));
        }
    }

    /** Requests that wait. Closing the proxy ends them too. */
    public static final class Held {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        /**
         * Waits until a request waits here.
         *
         * @return false when none came in time
         */
        public boolean awaitReached(Duration patience) throws InterruptedException {
            return reached.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        }

        /** Lets all that wait, and all that come, go on. */
        public void release() {
            released.countDown();
        }
    }
}

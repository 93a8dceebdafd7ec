package io.jenkins.plugins.containerbuild.testkit;

/** A BuildKit daemon that clients reach as they reach {@code buildkitd}. */
public interface TestBuilder extends AutoCloseable {

    /** Where it listens, as {@code tcp://} or {@code unix://}. */
    String address();

    /** It dies in the middle of what it does. */
    void stop();

    /** It comes back at the same address. */
    void start();

    @Override
    void close();
}

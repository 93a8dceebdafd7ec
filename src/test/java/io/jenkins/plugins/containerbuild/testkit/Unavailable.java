package io.jenkins.plugins.containerbuild.testkit;

import org.opentest4j.TestAbortedException;

/** This machine cannot have what the test needs. JUnit reports the test as skipped, with the message. */
final class Unavailable extends TestAbortedException {
    private static final long serialVersionUID = 1L;

    Unavailable(String reason) {
        super(reason);
    }
}

package io.jenkins.plugins.containerbuild.console;

/** What a line of an engine's log tells. */
enum LineKind {
    /** A step of a build began. */
    STARTED,
    /** A step ended that another line had told of. */
    ENDED,
    /** A step ended, and this is the only line on it. */
    ONLY,
    /** A step failed. */
    FAILED,
    /** A step's row in the summary. */
    ROW,
    /** Something is not as it should be. */
    WARNING
}

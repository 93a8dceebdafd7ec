package io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync;

/** The daemon ended the synchronisation early, or asked for what cannot be; it is no failure of ours. */
final class SyncOverException extends Exception {

    private static final long serialVersionUID = 1L;

    SyncOverException(String reason) {
        super(reason);
    }
}

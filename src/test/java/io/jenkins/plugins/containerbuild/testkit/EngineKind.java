package io.jenkins.plugins.containerbuild.testkit;

/** The container engines that tests can ask for. */
public enum EngineKind {
    /** The {@code dockerd} of this machine; Engine 20.10 on Debian 12. */
    INSTALLED("installed"),
    /** Engine 26.1 out of a folder with Debian 13. */
    ENGINE_26("engine26"),
    /** The same with its images in containerd's store, which is what new installations of Engine 29 have. */
    ENGINE_26_CONTAINERD("engine26containerd"),
    /** The newest Engine that Debian has, classic image store; 28.5 in 2026. */
    ENGINE_NEWEST("enginenewest"),
    /** Podman 5 out of the same folder. */
    PODMAN_5("podman5");

    private final String scriptName;

    EngineKind(String scriptName) {
        this.scriptName = scriptName;
    }

    /** The name that {@code dev/engine} knows it by. */
    String scriptName() {
        return scriptName;
    }
}

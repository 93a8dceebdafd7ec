package io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities;

/** Where a BuildKit daemon keeps the images that it builds. */
public enum ImageHome {
    /** In a Docker Engine's own store, which knows one platform an image and no index; the Engine pushes. */
    CLASSIC,
    /** In the store of containerd, which a Docker Engine uses; BuildKit pushes. */
    CONTAINERD,
    /** With itself: it is no part of a Docker Engine; BuildKit pushes. */
    STANDALONE
}

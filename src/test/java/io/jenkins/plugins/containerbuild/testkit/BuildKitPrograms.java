package io.jenkins.plugins.containerbuild.testkit;

import java.nio.file.Path;

/** The programs of BuildKit's own that {@code dev/buildkit} compiles. */
final class BuildKitPrograms {

    private BuildKitPrograms() {}

    /**
     * Where one of them is.
     *
     * @throws Unavailable when it has not been compiled; says how
     */
    static Path find(String name) {
        return Path.of(ScriptRun.run(Project.script("buildkit"), "path")).resolve(name);
    }
}

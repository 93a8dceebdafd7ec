package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.testkit.WithEngine;

/** Engine 20.10 knows SSH only as {@code user@host:path}, where no port can stand. */
@WithEngine
class SshContextsIT extends SshContextBuilds {

    @Override
    String host() {
        return "127.20.10.22";
    }

    @Override
    int port() {
        return 22;
    }

    @Override
    String address(int port) {
        return "git@" + host() + ":app.git";
    }
}

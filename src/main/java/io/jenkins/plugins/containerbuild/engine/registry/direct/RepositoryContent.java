package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.Blob;

/** What a repository has. */
record RepositoryContent(Repository repository, String name, Tries tries) implements SmallContent {

    @Override
    public byte[] manifest(Digest digest) throws EngineException, InterruptedException {
        return tries.run(
                "read " + digest + " of " + name,
                () -> repository.manifest(digest.toString(), digest).bytes());
    }

    @Override
    public byte[] blob(Digest digest, long size) throws EngineException, InterruptedException {
        return tries.run("read " + digest + " of " + name, () -> repository.small(new Blob(digest, size)));
    }
}

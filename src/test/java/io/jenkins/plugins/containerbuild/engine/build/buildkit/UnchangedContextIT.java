package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Builds again on the installed Engine's BuildKit, 0.8, which has one session for everything. */
@WithEngine
class UnchangedContextIT extends UnchangedContextBuilds {

    @Test
    void seesWhatHasChangedInFilesThatOneTargetAloneTakes(TestEngine daemon) throws Exception {
        build(daemon, request().target("first"));
        buildWithoutFiles(daemon, request().target("first"));

        Outcome all = build(daemon, request());
        buildWithoutFiles(daemon, request());
        Files.writeString(context.resolve("second/b"), "other! b\n");
        Outcome changed = build(daemon, request());
        Files.writeString(context.resolve("first/a"), "other a\n");
        Outcome first = build(daemon, request().target("first"));

        assertThat(all.output()).contains("second b");
        assertThat(changed.output()).contains("other! b");
        assertThat(first.output()).contains("other a");
    }

    @Test
    void doesNotTakeOneDockerfileForAnother(TestEngine daemon) throws Exception {
        dockerfile(context.resolve("first"), "FROM base:1", "COPY second /second", "RUN echo one " + unique);
        dockerfile(context.resolve("second"), "FROM base:1", "COPY second /second", "RUN echo two " + unique);
        String one = context.resolve("first/Dockerfile").toString();
        String two = context.resolve("second/Dockerfile").toString();
        build(daemon, request().file(one));
        buildWithoutFiles(daemon, request().file(one));

        Outcome other = build(daemon, request().file(two));
        Outcome inline = build(
                daemon,
                request().dockerfileInline("FROM base:1\nCOPY second /second\nRUN echo three " + unique + "\n"));

        assertThat(other.output()).contains("two " + unique);
        assertThat(inline.output()).contains("three " + unique);
    }

    @Test
    void sendsTheFilesAgainToADaemonThatHasThemNoMore(TestEngine daemon) throws Exception {
        build(daemon, request());
        buildWithoutFiles(daemon, request());
        ContextServer.run(
                folder,
                "curl",
                "-sf",
                "-X",
                "POST",
                "--unix-socket",
                daemon.uri().getPath(),
                "http://engine/build/prune?all=1");

        Outcome again = build(daemon, request());

        assertThat(again.askedForFiles()).isTrue();
        assertThat(again.output()).contains("first a").contains("second b");
    }

    @Test
    void sendsTheFilesWhereNoCacheIsWanted(TestEngine daemon) throws Exception {
        build(daemon, request());
        buildWithoutFiles(daemon, request());

        Outcome fresh = build(daemon, request().noCache(true));

        assertThat(fresh.askedForFiles()).isTrue();
        assertThat(fresh.output()).contains("first a");
    }

    /** The daemon keeps a login for as long as the session that it came from: no build may go on in such a one. */
    @Test
    void everyBuildNeedsItsOwnLogin(TestEngine daemon, @WithRegistry(RegistryKind.PASSWORD) TestRegistry registry)
            throws Exception {
        String base = needLogin(daemon, registry);

        build(daemon, request().pull(true));

        assertThat(remembered()).isEmpty();
        assertRefusedWithoutLogin(daemon, base);
    }

    /** It keeps the lack of one, too. */
    @Test
    void aBuildThatFailedIsNotGoneOnWith(TestEngine daemon, @WithRegistry(RegistryKind.PASSWORD) TestRegistry registry)
            throws Exception {
        String base = needLogin(daemon, registry);

        assertRefusedWithoutLogin(daemon, base);

        assertThat(remembered()).isEmpty();
        logIn();
        assertThat(build(daemon, request().pull(true)).result().imageId()).isNotNull();
    }
}

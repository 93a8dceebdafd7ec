package io.jenkins.plugins.containerbuild.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is remembered outlives a restart. Needs Jenkins. */
@WithJenkins
class UsedDaemonsIT {

    private static final UsedDaemon DAEMON =
            new UsedDaemon("agent", "build-host", Map.of("DOCKER_HOST", "tcp://docker.example:2376"));

    @Test
    void aBuildsDaemonsAreSavedWithIt(JenkinsRule jenkins) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        UsedDaemon other = new UsedDaemon("agent", null, Map.of());
        BuildDaemons.add(build, DAEMON);
        BuildDaemons.add(build, DAEMON);
        BuildDaemons.add(build, other);

        build.reload();

        assertThat(BuildDaemons.of(build)).containsExactly(DAEMON, other);
    }

    @Test
    void aDaemonThatIsUsedAmongLoginsIsFoundWithoutThem(JenkinsRule jenkins) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        WrittenLogins logins = WrittenLogins.get();
        Map<String, String> own = Map.of("DOCKER_CONFIG", "/own", "DOCKER_CONTEXT", "remote");
        logins.add(build, "", "/tmp/outer", own);
        logins.add(build, "", "/tmp/inner", Map.of("DOCKER_CONFIG", "/tmp/outer", "DOCKER_CONTEXT", "remote"));
        logins.add(build, "", "/tmp/alone", Map.of());

        WrittenLogins read = new WrittenLogins();

        assertThat(read.outside("", Map.of("DOCKER_CONFIG", "/tmp/inner", "DOCKER_CONTEXT", "remote")))
                .isEqualTo(own);
        assertThat(read.outside("", Map.of("DOCKER_CONFIG", "/tmp/alone"))).isEmpty();
        assertThat(read.outside("", own)).isEqualTo(own);
        assertThat(read.outside("agent", Map.of("DOCKER_CONFIG", "/tmp/inner")))
                .isEqualTo(Map.of("DOCKER_CONFIG", "/tmp/inner"));
    }

    @Test
    void aJobsDaemonsAreSavedApartFromIt(JenkinsRule jenkins) throws Exception {
        JobDaemons.get().add("team/app", DAEMON);
        JobDaemons.get().add("team/app", DAEMON);
        JobDaemons.get().rename("team/app", "team/renamed");

        JobDaemons read = new JobDaemons();

        assertThat(read.remove("team/app")).isEmpty();
        assertThat(read.remove("team/renamed")).containsExactly(new JobDaemon("team/renamed", "team/app", DAEMON));
        assertThat(new JobDaemons().remove("team/renamed")).isEmpty();
    }
}

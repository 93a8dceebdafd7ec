package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BuildKitAdviceTest {

    private static String advice(String said, String... lastLines) {
        return BuildKitAdvice.onFailure(FailureReason.of(said, null), List.of(lastLines));
    }

    @Test
    void knowsWhatAnOldFrontendNeeds() {
        assertThat(advice("unknown instruction: ECHO")).contains("# syntax=docker/dockerfile:1");
        assertThat(advice("Unknown flag: link")).contains("# syntax=docker/dockerfile:1");
    }

    @Test
    void seesAFullDiskInTheStepsOwnWords() {
        assertThat(advice("process \"a\" did not complete successfully: exit code: 1", "cp: No space left on device"))
                .contains("disk is full");
    }

    @Test
    void saysNothingOfRegistriesAboutACommandThatFailed() {
        assertThat(advice("process \"a\" did not complete successfully: exit code: 1", "unauthorized"))
                .isEmpty();
    }

    @Test
    void knowsTheExitCodesThatSayMore() {
        assertThat(advice("process \"a\" did not complete successfully: exit code: 137"))
                .contains("memory");
        assertThat(advice("process \"a\" did not complete successfully: exit code: 127"))
                .contains("not found");
    }

    @Test
    void knowsWhatGitMeans() {
        String fetch = "failed to fetch remote ssh://xxxxx@host/app.git: git stderr:\n";
        assertThat(advice(fetch + "git@host: Permission denied (publickey)."))
                .contains("option ssh", "--ssh default=KEY");
        assertThat(advice(fetch + "fatal: could not read Username for 'https://host': terminal prompts disabled"))
                .contains("GIT_AUTH_TOKEN");
        assertThat(advice(fetch + "fatal: couldn't find remote ref absent")).contains("behind the #");
        assertThat(advice("failed to init repo: exec: \"git\": executable file not found in $PATH"))
                .contains("Install git");
        assertThat(advice(fetch + "error: cannot run ssh: No such file or directory"))
                .contains("SSH client");
    }
}

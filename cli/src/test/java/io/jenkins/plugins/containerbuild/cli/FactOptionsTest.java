package io.jenkins.plugins.containerbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.image.tagging.BuildFacts;
import io.jenkins.plugins.containerbuild.engine.image.tagging.GitRef;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What tag rules are told by flags. */
class FactOptionsTest {

    private static BuildFacts read(String... flags) throws UsageException {
        FactOptions options = new FactOptions();
        CommandLine.populateCommand(options, flags);
        return options.read();
    }

    @Test
    void areTheFlagsAlone() throws Exception {
        BuildFacts facts = read(
                "--git-tag=v1",
                "--base-branch=main",
                "--commit=abc",
                "--commit-date=2026-01-31T12:00:00+01:00",
                "--default-branch=main",
                "--scheduled",
                "--repository=https://git.example/app",
                "--started=2026-02-01T00:00:00Z");

        assertThat(facts)
                .isEqualTo(new BuildFacts(
                        Instant.parse("2026-02-01T00:00:00Z"),
                        GitRef.tag("v1"),
                        "main",
                        "abc",
                        Instant.parse("2026-01-31T11:00:00Z"),
                        "main",
                        true,
                        "https://git.example/app"));
        assertThat(read("--branch=main").ref()).isEqualTo(GitRef.branch("main"));
        assertThat(read("--pull-request=7").ref()).isEqualTo(GitRef.pullRequest("7"));
        assertThat(read().ref()).isEqualTo(GitRef.NONE);
    }

    @Test
    void areRefusedWhereTheyMakeNoSense() {
        assertThatThrownBy(() -> read("--branch=main", "--git-tag=v1"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("it is one of a branch, a tag and a pull request");
        assertThatThrownBy(() -> read("--commit-date=yesterday"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("could not read --commit-date 'yesterday': it is no time with a zone");
    }
}

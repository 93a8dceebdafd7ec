package io.jenkins.plugins.containerbuild.engine.image.tagging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JenkinsVariablesTest {

    private static BuildFacts facts(String variables) {
        Map<String, String> all = Stream.of(variables.split(" "))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return new JenkinsVariables(all).addTo(BuildFacts.at(Instant.EPOCH)).build();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # variables                                       | kind         | name
            BRANCH_NAME=main                                  | BRANCH       | main
            BRANCH_NAME=feature/a GIT_BRANCH=feature/a        | BRANCH       | feature/a
            BRANCH_NAME=v1.0 TAG_NAME=v1.0                    | TAG          | v1.0
            BRANCH_NAME=PR-12 CHANGE_ID=12 CHANGE_TARGET=main | PULL_REQUEST | 12
            GIT_BRANCH=origin/main                            | BRANCH       | main
            GIT_BRANCH=origin/feature/a                       | BRANCH       | feature/a
            GIT_BRANCH=upstream/main                          | BRANCH       | main
            GIT_BRANCH=refs/remotes/origin/main               | BRANCH       | main
            GIT_BRANCH=refs/heads/main                        | BRANCH       | main
            GIT_BRANCH=refs/tags/v1.0                         | TAG          | v1.0
            GIT_BRANCH=origin/main GIT_LOCAL_BRANCH=work      | BRANCH       | work
            GIT_BRANCH=detached                               | UNKNOWN      | ''
            BRANCH_NAME= TAG_NAME=                            | UNKNOWN      | ''
            OTHER=x                                           | UNKNOWN      | ''
            """)
    void sayWhatIsBuilt(String variables, GitRef.Kind kind, String name) {
        assertThat(facts(variables).ref()).isEqualTo(new GitRef(kind, name));
    }

    @Test
    void sayWhereItComesFrom() {
        BuildFacts facts = facts("BRANCH_NAME=PR-1 CHANGE_ID=1 CHANGE_TARGET=main GIT_COMMIT=abc GIT_URL=https://a/b");

        assertThat(facts.baseBranch()).isEqualTo("main");
        assertThat(facts.commit()).isEqualTo("abc");
        assertThat(facts.repository()).isEqualTo("https://a/b");
        assertThat(facts("GIT_URL_1=https://a/c").repository()).isEqualTo("https://a/c");
    }

    @Test
    void sayWhichBranchIsTheDefaultOne() {
        assertThat(facts("BRANCH_NAME=main BRANCH_IS_PRIMARY=true").defaultBranch())
                .isEqualTo("main");
        assertThat(facts("BRANCH_NAME=main").defaultBranch()).isNull();
        assertThat(facts("BRANCH_NAME=PR-1 CHANGE_ID=1 BRANCH_IS_PRIMARY=true").defaultBranch())
                .isNull();
    }
}

package io.jenkins.plugins.containerbuild.engine.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class ChallengeTest {

    private static List<Challenge> parse(String... headers) {
        return Challenge.parse(List.of(headers));
    }

    @Test
    void readsQuotedParametersWithCommasAndEscapes() {
        Challenge challenge = parse(
                        "Bearer realm=\"https://a/token\",service=\"one, \\\"two\\\"\", scope=repository:x:pull")
                .get(0);
        assertThat(challenge.scheme()).isEqualTo("bearer");
        assertThat(challenge.parameter("realm")).isEqualTo("https://a/token");
        assertThat(challenge.parameter("service")).isEqualTo("one, \"two\"");
        assertThat(challenge.parameter("scope")).isEqualTo("repository:x:pull");
    }

    @Test
    void separatesSeveralChallengesInOneHeader() {
        assertThat(parse("Negotiate, Basic realm=\"x\", Bearer realm=y"))
                .extracting(Challenge::scheme)
                .containsExactly("negotiate", "basic", "bearer");
    }

    @Test
    void readsEveryHeader() {
        assertThat(parse("Basic realm=a", "BEARER Realm = b"))
                .extracting(c -> c.scheme() + " " + c.parameter("realm"))
                .containsExactly("basic a", "bearer b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",,,", "=", "\"", "Bearer realm=\"", "Bearer realm=\"a\\", "a b c", "\"\"\"\"=,=,"})
    void survivesNonsense(String header) {
        assertThat(parse(header)).allSatisfy(c -> assertThat(c.scheme()).isNotEmpty());
    }
}

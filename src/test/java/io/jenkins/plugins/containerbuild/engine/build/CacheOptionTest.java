package io.jenkins.plugins.containerbuild.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheOptionTest {

    private static CacheOption branch(String name) throws Exception {
        return CacheOption.parse("cacheTo", "type=registry,ref=registry.example:5000/team/app,mode=max,branch=" + name);
    }

    @Test
    void keepsACacheForEachBranch() throws Exception {
        assertThat(branch("main"))
                .isEqualTo(new CacheOption(
                        "registry", Map.of("ref", "registry.example:5000/team/app:cache-main", "mode", "max")));
        assertThat(branch("PR-12").reference()).endsWith(":cache-PR-12");
    }

    @Test
    void keepsBranchesApartWhoseNamesNoTagCanHold() throws Exception {
        String one = branch("feature/a").reference();
        String other = branch("feature-a").reference();

        assertThat(one).matches(".*:cache-feature-a-[0-9a-f]{8}");
        assertThat(one).isEqualTo(branch("feature/a").reference()).isNotEqualTo(other);
        assertThat(other).endsWith(":cache-feature-a");
        assertThat(branch("feature:a").reference()).isNotEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00e4", "a b", "-", ".", "x/y/z", "@{-1}", "\uD83D\uDE00"})
    void makesTagsOfEveryName(String name) throws Exception {
        assertThat(ImageReference.parse(branch(name).reference()).tag()).startsWith("cache-");
        assertThat(ImageReference.parse(branch(name.repeat(300)).reference()).tag())
                .hasSizeLessThanOrEqualTo(128);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type=registry,ref=registry.example/app:1,branch=main",
                "type=registry,ref=registry.example/app,branch=",
                "type=registry,branch=main",
            })
    void saysWhatABranchNeeds(String text) {
        assertThatThrownBy(() -> CacheOption.parse("cacheTo", text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("cacheTo");
    }

    @Test
    void leavesABranchOfOtherTypesAlone() throws Exception {
        assertThat(CacheOption.parse("cacheTo", "type=other,branch=a/b").attributes())
                .isEqualTo(Map.of("branch", "a/b"));
    }
}

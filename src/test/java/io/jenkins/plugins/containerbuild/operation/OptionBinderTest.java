package io.jenkins.plugins.containerbuild.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionBinderTest {

    @Test
    void takesASingleTextForAList() {
        assertThat(build(Map.of("tags", "team/app:1")).getTags()).containsExactly("team/app:1");
    }

    @Test
    void takesNumbersAndTruthValuesAsTexts() {
        BuildOperation build = build(Map.of("buildArgs", Map.of("PORT", 8080, "DEBUG", true), "noCache", "true"));

        assertThat(build.getBuildArgs()).containsEntry("PORT", "8080").containsEntry("DEBUG", "true");
        assertThat(build.isNoCache()).isTrue();
    }

    @Test
    void tellsAnUnsetTruthValueFromFalse() {
        assertThat(build(Map.of()).getLoad()).isNull();
        assertThat(build(Map.of("load", false)).getLoad()).isFalse();
        assertThat(build(Map.of("load", "true")).getLoad()).isTrue();
        assertThatThrownBy(() -> build(Map.of("load", "sometimes")))
                .hasMessage("containerBuild: the option 'load' takes true or false, but was given String");
    }

    @Test
    void leavesANullOptionAtItsDefault() {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("target", null);

        assertThat(build(options).getTarget()).isNull();
    }

    @Test
    void namesTheNearestOptionForAnUnknownOne() {
        assertThatThrownBy(() -> build(Map.of("buildArg", Map.of())))
                .hasMessageStartingWith("containerBuild has no option 'buildArg'. Did you mean 'buildArgs'?");
    }

    @Test
    void doesNotShowTheValuesOfAMistypedOption() {
        assertThatThrownBy(() -> build(Map.of("buildArgs", Map.of("TOKEN", List.of("s3cret")))))
                .hasMessageContaining("the value of TOKEN in containerBuild: the option 'buildArgs'")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> build(Map.of("tags", Arrays.asList("a", null))))
                .hasMessageContaining("null");
    }

    @Test
    void missesARequiredOption() {
        assertThatThrownBy(() -> new OptionBinder<>(PushOperation.class).bind(Map.of(), "containerPush"))
                .hasMessage("containerPush needs the option 'image'");
    }

    private static BuildOperation build(Map<?, ?> options) {
        return new OptionBinder<>(BuildOperation.class).bind(options, "containerBuild");
    }
}

package io.jenkins.plugins.containerbuild.console;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.MarkupText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LineNoteTest {

    private static final String LONG = "[3/7] RUN " + "make ".repeat(40);

    private static String html(LineKind kind, String line) {
        MarkupText text = new MarkupText(line + "\n");
        new LineNote(kind, "c1").annotate(null, text, 0);
        return text.toString(true);
    }

    private static String found(String html, String attribute) {
        Matcher matcher = Pattern.compile(attribute + "=\"#?([a-z0-9-]+)\"").matcher(html);
        assertThat(matcher.find()).as(html).isTrue();
        return matcher.group(1);
    }

    @Test
    void leadsFromTheEndOfAStepToItsBeginning() {
        String started = html(LineKind.STARTED, LONG.strip());
        String ended = html(LineKind.ENDED, LONG.substring(0, 117) + "...  12.3 s");

        assertThat(started).startsWith("<b id=\"container-build-c1-").endsWith("</b>\n");
        assertThat(found(ended, "href")).isEqualTo(found(started, "id"));
        assertThat(ended).contains("...</a>  12.3 s</span>");
    }

    @Test
    void leadsFromTheSummaryToTheStep() {
        String row = String.format("  %-60s %10s", LONG.substring(0, 57) + "...", "12.3 s");

        assertThat(found(html(LineKind.ROW, row), "href"))
                .isEqualTo(found(html(LineKind.ONLY, LONG.substring(0, 117) + "...  12.3 s"), "id"))
                .isEqualTo(
                        found(html(LineKind.FAILED, "[3/7] RUN " + "make ".repeat(20) + "  FAILED after 1.0 s"), "id"));
        assertThat(html(LineKind.ROW, String.format("  %-60s %10s", "[1/2] FROM a", "CACHED")))
                .matches("  <a href=\"#container-build-c1-[0-9a-f]+-end\">\\[1/2] FROM a</a> +CACHED\n");
    }

    @Test
    void staysTextWhateverTheDaemonSays() {
        String line = "[1/1] RUN echo '\"><script>alert(1)</script>'  1.0 s";
        for (LineKind kind : LineKind.values()) {
            assertThat(html(kind, line)).doesNotContain("<script>").contains("&lt;script&gt;");
        }
    }

    @Test
    void livesWithLinesOfAnyForm() {
        for (LineKind kind : LineKind.values()) {
            assertThat(html(kind, "")).isEqualTo("\n");
            assertThat(html(kind, "x")).contains("x");
        }
    }
}
